"""Formatted text as Telegram's server reads it: HTML, MarkdownV2, and what it finds by itself.
Pure."""
