"""`paperboy run`: the bot on Telegram, until it is told to stop."""

import logging
from datetime import UTC, datetime

from bot.app import compose, running
from bot.config import Settings
from bot.schedule import watching
from bot.signals import forever
from storage.sqlite import open_store

log = logging.getLogger(__name__)


async def serve(settings: Settings) -> None:
    """Run the bot until cancelled.

    Raises ConfigurationError (before anything is opened) or StorageError.
    """
    token = settings.secret()
    store = await open_store(settings.database)
    try:
        application = compose(store, _now, token, settings.base_url, settings.base_file_url)
        async with watching(application, store, settings, _now), running(application):
            log.info("Paperboy runs as @%s on %s", application.bot.username, settings.database)
            await forever()
    finally:
        await store.close()
        log.info("stopped")


def _now() -> datetime:
    return datetime.now(UTC)
