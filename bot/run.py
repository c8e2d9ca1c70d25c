"""`paperboy run`: the bot on Telegram, until it is told to stop."""

import asyncio
import logging
import signal
from datetime import UTC, datetime

from bot.app import compose, running
from bot.config import Settings
from storage.sqlite import open_store

log = logging.getLogger(__name__)


async def serve(settings: Settings) -> None:
    """Run the bot until SIGTERM or Ctrl-C.

    Raises ConfigurationError (before anything is opened) or StorageError.
    """
    token = settings.secret()
    store = await open_store(settings.database)
    try:
        application = compose(
            store, lambda: datetime.now(UTC), token, settings.base_url, settings.base_file_url
        )
        async with running(application):
            log.info("Paperboy runs as @%s on %s", application.bot.username, settings.database)
            await stopped()
            log.info("stopping")
    finally:
        await store.close()


async def stopped() -> None:
    """Wait for SIGTERM or Ctrl-C."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    for number in signals:
        loop.add_signal_handler(number, stop.set)
    try:
        await stop.wait()
    finally:
        for number in signals:
            loop.remove_signal_handler(number)
