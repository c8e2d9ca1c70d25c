"""Who lives behind the page: a playground with Paperboy running on it, or with nothing at all."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from telegram import Bot

from bot.app import compose, running
from bot.ingest import Report, ingest
from bot.stage import Clock, morning, samples
from playground import Playground
from playground.client import PlaygroundClient
from storage.sqlite import open_store
from storage.store import Store


@dataclass
class House:
    """A playground and who lives there; `bot` speaks to its people with no program behind."""

    telegram: Playground
    client: PlaygroundClient
    bot: Bot
    clock: Clock = field(default_factory=Clock)
    store: Store | None = None

    async def ingest(self, number: int = 0) -> Report:
        """Let one of the bundled digests arrive."""
        assert self.store is not None
        return await ingest(self.store, samples()[number], self.clock)


def _bot(telegram: Playground) -> Bot:
    return Bot(telegram.token, base_url=telegram.base_url, base_file_url=telegram.base_file_url)


@asynccontextmanager
async def bare_house() -> AsyncIterator[House]:
    """A playground with nothing behind it: whoever asked for it is the bot."""
    async with (
        Playground(name="Scribe", username="scribe_bot") as telegram,
        PlaygroundClient(telegram.url) as client,
        _bot(telegram) as bot,
    ):
        yield House(telegram, client, bot)


@asynccontextmanager
async def paperboys_house(folder: Path) -> AsyncIterator[House]:
    """A running Paperboy on a playground, on the morning of the bundled digest."""
    clock = Clock()
    clock.set(morning(date(2020, 2, 25)))
    store = await open_store(folder / "paperboy.db")
    async with Playground(clock=clock.unix, name="Paperboy", username="paperboy_bot") as telegram:
        application = compose(
            store, clock, telegram.token, telegram.base_url, telegram.base_file_url
        )
        async with (
            running(application),
            PlaygroundClient(telegram.url) as client,
            _bot(telegram) as bot,
        ):
            yield House(telegram, client, bot, clock, store)
    await store.close()
