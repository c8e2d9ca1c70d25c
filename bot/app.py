"""Composing the program: one function puts it together, one keeps it running.

The application is python-telegram-bot's; what each update means is left to `handlers`.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from telegram import BotCommand, Update
from telegram.error import BadRequest, InvalidToken, NetworkError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from bot.config import ConfigurationError
from bot.delivery import Delivery
from bot.dispatch import commanded, failed, member_changed, migrated, pressed, spoken, unknown
from handlers.commands import COMMANDS
from handlers.desk import Clock, Context, Desk
from storage.store import Store

log = logging.getLogger(__name__)

App = Application[Any, Context, Any, Any, Any, Any]
UPDATES = [Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
_EVERY = 1.0  # seconds between looks into the outbox
_SPEECH = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
_LONGEST_PAUSE = 60.0  # seconds between attempts to reach Telegram at the start


def compose(store: Store, clock: Clock, token: str, base_url: str, base_file_url: str) -> App:
    """The application: its handlers, and the job that drains the outbox. Nothing is opened yet.

    `base_url` is what Telegram's address is without the token: `https://api.telegram.org/bot`.
    """
    builder = ApplicationBuilder().token(token).base_url(base_url).base_file_url(base_file_url)
    application: App = builder.context_types(ContextTypes(context=Context)).build()
    application.bot_data["desk"] = Desk(store, clock)
    for command in COMMANDS:
        handler = commanded(command.handler)
        application.add_handler(CommandHandler(command.name, handler, filters=_SPEECH))
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(ChatMemberHandler(member_changed))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, migrated))
    talk = filters.UpdateType.MESSAGE & filters.TEXT
    application.add_handler(MessageHandler(talk & ~filters.COMMAND, spoken))
    application.add_handler(MessageHandler(talk & filters.ChatType.PRIVATE, unknown))
    application.add_error_handler(failed)
    _schedule(application, Delivery(store, application.bot, clock))
    return application


@asynccontextmanager
async def running(application: App) -> AsyncIterator[None]:
    """Sign in, receive updates and deliver alerts until the block is left; then stop in order.

    Raises ConfigurationError when Telegram refuses the token.
    """
    await _sign_in(application)
    try:
        menu = [BotCommand(command.name, command.summary) for command in COMMANDS]
        await application.bot.set_my_commands(menu)
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(allowed_updates=UPDATES, bootstrap_retries=-1)
        yield
    finally:
        if application.updater is not None and application.updater.running:
            await application.updater.stop()
        if application.running:
            await application.stop()
        await application.shutdown()


async def _sign_in(application: App) -> None:
    """Ask Telegram who we are, again and again while it can't be reached."""
    pause = 1.0
    while True:
        try:
            await application.initialize()
        except InvalidToken:
            raise ConfigurationError(
                "Telegram refuses the token in TELEGRAM_TOKEN: copy it again from @BotFather"
            ) from None
        except BadRequest:
            raise
        except NetworkError as error:
            log.warning("Telegram can't be reached (%s); again in %.0f s", error.message, pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return


def _schedule(application: App, delivery: Delivery) -> None:
    async def deliver(_context: Context) -> None:
        await delivery.drain()

    assert application.job_queue is not None
    # A job that is late is still wanted, and one run makes up for all those missed.
    kept = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    application.job_queue.run_repeating(deliver, _EVERY, first=0.1, name="deliver", job_kwargs=kept)
