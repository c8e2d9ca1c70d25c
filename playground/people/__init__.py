"""What people do here, grouped by noun. Each action takes the Telegram and arguments."""
