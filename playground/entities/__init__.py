"""Formatted text as Telegram's server reads it: given markup, and what it finds. Pure."""
