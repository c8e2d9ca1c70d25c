"""`paperboy run`: the bot on Telegram, until it is told to stop."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from bot.app import App, Engine, Tuning, compose, running
from bot.config import Settings
from bot.garbage import seldom_collected
from bot.health import Health
from bot.indexing import kept_sound
from bot.schedule import watching
from bot.signals import forever
from storage.sqlite import open_store
from storage.store import Store

log = logging.getLogger(__name__)


async def serve(settings: Settings) -> None:
    """Run the bot until cancelled.

    Raises ConfigurationError (before anything is opened) or StorageError.
    """
    token, limits = settings.secret(), settings.limits()
    store = await open_store(settings.database)
    try:
        tuning = Tuning(limits, settings.paid_broadcasts)
        application = compose(store, _now, token, settings.base_url, settings.base_file_url, tuning)
        watched = _watched(application, store, settings.metrics_port)
        with seldom_collected():
            async with (
                watched,
                kept_sound(store.search),
                watching(application, store, settings, _now),
                running(application),
            ):
                name = application.bot.username
                log.info("Paperboy runs as @%s on %s", name, settings.database)
                await forever()
    finally:
        await store.close()
        log.info("stopped")


@asynccontextmanager
async def _watched(application: App, store: Store, port: int | None) -> AsyncIterator[None]:
    """Serve metrics and health while the block runs, when a port is set for them."""
    if port is None:
        yield
        return
    engine: Engine = application.bot_data["engine"]
    async with Health(store, engine.metrics, _now).serving(port) as taken:
        log.info("metrics are at http://127.0.0.1:%d/metrics, health at /healthz", taken)
        yield


def _now() -> datetime:
    return datetime.now(UTC)
