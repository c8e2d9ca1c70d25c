"""The Bot API's methods, grouped by noun. Each takes the Telegram and arguments."""
