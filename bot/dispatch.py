"""From Telegram's updates to handlers: each update becomes a Request and goes to who answers it."""

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update

from handlers import chats
from handlers.commands import BUTTONS, Handler
from handlers.desk import Context
from handlers.html import text
from handlers.request import press_of, request_of
from handlers.start import said

log = logging.getLogger(__name__)

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]


def commanded(handler: Handler) -> Callback:
    """What python-telegram-bot calls for a command: `handler` with the words after it."""

    async def callback(update: Update, context: Context) -> None:
        message = update.effective_message
        words = (message.text or "").split(maxsplit=1) if message else []
        request = request_of(update, context, words[1] if len(words) > 1 else "")
        if request is not None:
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


async def failed(update: object, context: Context) -> None:
    """An update could not be handled: the log has why, the person a short word without it."""
    log.error("an update could not be handled", exc_info=context.error)
    if isinstance(update, Update) and update.effective_chat and update.effective_message:
        if update.callback_query:
            await update.callback_query.answer("Sorry, that went wrong. Try again in a moment.")
        elif update.effective_chat.type == "private":
            await update.effective_message.reply_text("Sorry, that went wrong. Try again soon.")
