"""From Telegram's updates to handlers: each update becomes a Request and goes to who answers it."""

import logging
import traceback
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.error import TelegramError

from bot.sparing import Sparing
from handlers import chats
from handlers.commands import BUTTONS, Handler
from handlers.desk import Context
from handlers.html import text
from handlers.request import press_of, request_of
from handlers.start import said
from storage.errors import StorageError

log = logging.getLogger(__name__)

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def commanded(handler: Handler) -> Callback:
    """What python-telegram-bot calls for a command: `handler` with the words after it."""

    async def callback(update: Update, context: Context) -> None:
        message = update.effective_message
        words = (message.text or "").split(maxsplit=1) if message else []
        request = request_of(update, context, words[1] if len(words) > 1 else "")
        if request is not None:
            # Who writes can be written to again, whatever happened before.
            await context.desk.store.subscribers.back(request.chat.id)
            await handler(request)

    return callback


async def pressed(update: Update, context: Context) -> None:
    """A button: its callback data names the handler, and what it is about."""
    query = update.callback_query
    name, _, about = (query.data or "" if query else "").partition(":")
    request = press_of(update, context, about)
    handler = BUTTONS.get(name)
    try:
        if request is None or handler is None:
            raise ValueError(name)
        await handler(request)
    except ValueError:  # data that no button of ours carries: from an older version, or made up
        if query is not None:
            await query.answer("This button is too old. Ask again with a command.")


async def spoken(update: Update, context: Context) -> None:
    """A text that is no command."""
    message = update.effective_message
    request = request_of(update, context, (message.text or "") if message else "")
    if request is not None:
        await said(request)


async def unknown(update: Update, context: Context) -> None:
    """A command there isn't, in a private chat; in groups it may be meant for another bot."""
    request = request_of(update, context, "")
    if request is not None:
        await request.reply(text("I don't know that command. /help lists those I do."))


async def member_changed(update: Update, context: Context) -> None:
    """Paperboy was blocked, unblocked, added or removed."""
    if update.my_chat_member is not None:
        await chats.membership(context.desk, update.my_chat_member)


async def migrated(update: Update, context: Context) -> None:
    """A group became a supergroup."""
    if update.effective_message is not None:
        await chats.moved(context.desk, update.effective_message)


class Failures:
    """What happens when an update could not be handled: the log says why, and the person a word."""

    def __init__(self) -> None:
        self._sparing = Sparing(log)

    async def told(self, update: object, context: Context) -> None:
        """Say it in the log, at most once a minute for each place, and to the person."""
        error = context.error
        trouble = isinstance(error, TelegramError | StorageError)  # tells itself in a line
        self._sparing.say(
            _place(error),
            "an update could not be handled: %r",
            error,
            level=logging.WARNING if trouble else logging.ERROR,
            error=None if trouble else error,
        )
        try:
            await _apologise(update)
        except TelegramError as refused:
            self._sparing.say("apology", "and the person could not be told: %s", refused)


async def _apologise(update: object) -> None:
    if isinstance(update, Update) and update.effective_chat and update.effective_message:
        if update.callback_query:
            await update.callback_query.answer("Sorry, that went wrong. Try again in a moment.")
        elif update.effective_chat.type == "private":
            await update.effective_message.reply_text("Sorry, that went wrong. Try again soon.")


def _place(error: Exception | None) -> str:
    """The kind of an error and the line it comes from."""
    if error is None or error.__traceback__ is None:
        return type(error).__name__
    *_, (frame, line) = traceback.walk_tb(error.__traceback__)
    return f"{type(error).__name__} {frame.f_code.co_filename}:{line}"
