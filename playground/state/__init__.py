"""What this Telegram holds: people, chats, messages, files, the bot's profile. Pure."""
