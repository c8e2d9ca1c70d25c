"""What people do in this Telegram, grouped by noun. Each action takes the Telegram and its
arguments."""
