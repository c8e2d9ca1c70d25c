"""Composing the program: one function puts it together, one keeps it running.

The application is python-telegram-bot's; what each update means is left to `handlers`.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from telegram import BotCommand
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
from bot.courier import Courier
from bot.delivery import AT_ONCE, LEASE, Delivery
from bot.dispatch import Failures, commanded, member_changed, migrated, pressed, spoken, unknown
from bot.intake import Intake
from bot.limiter import RateLimiter
from bot.limits import UNLIMITED, Limits
from bot.metrics import Metrics
from bot.transport import Transport
from handlers.commands import COMMANDS
from handlers.desk import Clock, Context, Desk
from storage.store import Store

log = logging.getLogger(__name__)

App = Application[Any, Context, Any, Any, Any, Any]
_SPEECH = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
_LONGEST_PAUSE = 60.0  # seconds between attempts to reach Telegram at the start


@dataclass(frozen=True)
class Engine:
    """What runs beside the handlers; kept in the application's `bot_data`."""

    intake: Intake
    delivery: Delivery
    metrics: Metrics


@dataclass(frozen=True)
class Tuning:
    """How fast things go: the limits (none, as for a playground of one's own), whether messages
    beyond Telegram's free pace are paid for, how many alerts are in flight, and for how long an
    alert stays with a process that may have crashed."""

    limits: Limits = UNLIMITED
    paid: bool = False
    at_once: int = AT_ONCE
    lease: timedelta = LEASE


def compose(
    store: Store,
    clock: Clock,
    token: str,
    base_url: str,
    base_file_url: str,
    tuning: Tuning | None = None,
) -> App:
    """The application: its handlers, its intake and its delivery. Nothing is opened yet.

    `base_url` is what Telegram's address is without the token: `https://api.telegram.org/bot`.
    """
    tuned = tuning or Tuning()
    limiter = RateLimiter(tuned.limits)
    polling = Transport(1)
    builder = ApplicationBuilder().token(token).base_url(base_url).base_file_url(base_file_url)
    builder = builder.request(Transport(2 * tuned.at_once)).get_updates_request(polling)
    builder = builder.updater(None).rate_limiter(limiter)
    application: App = builder.context_types(ContextTypes(context=Context)).build()
    desk = application.bot_data["desk"] = Desk(store, clock)
    _add_handlers(application)
    metrics = Metrics()
    courier = Courier(store, application.bot, clock, limiter, metrics, desk.entries, tuned.paid)
    application.bot_data["engine"] = Engine(
        Intake(application, polling, store, clock, metrics),
        Delivery(store, courier, limiter, clock, tuned.at_once, tuned.lease),
        metrics,
    )
    return application


def _add_handlers(application: App) -> None:
    for command in COMMANDS:
        handler = commanded(command.handler)
        application.add_handler(CommandHandler(command.name, handler, filters=_SPEECH))
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(ChatMemberHandler(member_changed))
    application.add_handler(MessageHandler(filters.StatusUpdate.MIGRATE, migrated))
    talk = filters.UpdateType.MESSAGE & filters.TEXT
    application.add_handler(MessageHandler(talk & ~filters.COMMAND, spoken))
    application.add_handler(MessageHandler(talk & filters.ChatType.PRIVATE, unknown))
    application.add_error_handler(Failures().told)


@asynccontextmanager
async def running(application: App) -> AsyncIterator[None]:
    """Sign in, receive updates and deliver alerts until the block is left; then stop in order.

    Raises ConfigurationError when Telegram refuses the token, then or later.
    """
    try:
        await _sign_in(application)
        await application.start()
        async with _working(application.bot_data["engine"]):
            yield
    finally:
        if application.running:
            await application.stop()
        await application.shutdown()


@asynccontextmanager
async def _working(engine: Engine) -> AsyncIterator[None]:
    """Intake and delivery at work. When one of them can't go on, the block is left with its error.

    (A TaskGroup would put the block's own errors into a group, too.)
    """
    block = asyncio.current_task()
    assert block is not None
    errors: list[BaseException] = []

    def ended(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            errors.append(error)
            block.cancel()

    tasks = [asyncio.create_task(part.run()) for part in (engine.intake, engine.delivery)]
    for task in tasks:
        task.add_done_callback(ended)
    try:
        yield
    except asyncio.CancelledError:
        if not errors:
            raise
        block.uncancel()
    finally:
        for task in tasks:
            task.remove_done_callback(ended)
        tasks[0].cancel()
        await asyncio.gather(engine.intake.stop(), engine.delivery.stop())
        tasks[1].cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    if errors:
        raise errors[0]


async def _sign_in(application: App) -> None:
    """Ask Telegram who we are, again and again while it can't be reached."""
    menu = [BotCommand(command.name, command.summary) for command in COMMANDS]
    pause = 1.0
    while True:
        try:
            await application.initialize()
            await application.bot.delete_webhook()  # it would keep polling out
            await application.bot.set_my_commands(menu)
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
