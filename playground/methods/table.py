"""All methods by name. The only place that knows every group."""

from collections.abc import Awaitable, Callable
from typing import Any

from playground.args import Args
from playground.methods import (
    bot,
    callbacks,
    chats,
    commands,
    editing,
    files,
    inline,
    messages,
    topics,
    updates,
)
from playground.telegram import Telegram

Method = Callable[[Telegram, Args], Any]
AsyncMethod = Callable[[Telegram, Args], Awaitable[Any]]

METHODS: dict[str, tuple[str, Method]] = {
    name.lower(): (name, function)
    for group in (
        bot.METHODS,
        callbacks.METHODS,
        chats.METHODS,
        commands.METHODS,
        editing.METHODS,
        files.METHODS,
        inline.METHODS,
        messages.METHODS,
        topics.METHODS,
        updates.METHODS,
    )
    for name, function in group.items()
}
"""By lower-case name: the name as documented, and the function. Method names are
case-insensitive."""

WAITING: dict[str, AsyncMethod] = {"getupdates": updates.get_updates}
"""The methods that may take their time."""
