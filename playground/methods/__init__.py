"""The Bot API's methods, grouped by noun. Each takes the Telegram and its arguments, and gives the
result."""
