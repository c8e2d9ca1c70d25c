"""A world for what watches: a database, a played arXiv, a clock, and programs that come and go.

Ada is subscribed to all of cs.CV, so that whatever is announced is announced to her.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from bot.arxiv import Arxiv, Sites
from bot.fetch import Fetcher
from bot.sandbox import Sandbox
from bot.watch import Watch
from papers.calendar import due_at
from papers.keyword import parse
from storage.account import Day
from storage.sqlite import open_store
from storage.store import Chat, Store
from tests.bot.arxiv_played import DAYS, Clock, PlayedArxiv
from tests.bot.web import Web

ADA = Chat(101, "private", "Ada")
FIRST, LAST = min(DAYS), max(DAYS)
HOUR = timedelta(hours=1)


@dataclass
class Program:
    """One run of what watches: on a store of its own, from start to stop."""

    store: Store
    watch: Watch


@dataclass
class World:
    """A database file, a played arXiv, and a clock."""

    path: Path
    clock: Clock
    arxiv: PlayedArxiv
    web: Web
    sent: list[tuple[str, ...]] = field(default_factory=list)

    @asynccontextmanager
    async def program(self) -> AsyncIterator[Program]:
        store = await open_store(self.path)
        with closing(Sandbox()) as sandbox:
            async with Fetcher("", paced=()) as fetcher:
                arxiv = Arxiv(fetcher, sandbox, Sites.at(self.web.at))
                yield Program(store, Watch(store, arxiv, self.clock, ["cs.CV"]))
        await store.close()

    async def deliver(self, store: Store) -> None:
        """What delivery does, but for Telegram."""
        for alert in await store.alerts.lease(self.clock(), self.clock() + HOUR, 10):
            content = (await store.alerts.contents([alert.number])).get(alert.number)
            assert content
            self.sent.append(tuple(item.paper.id for item in content.items))
            await store.alerts.sent(alert.number, 1, self.clock())

    async def until(self, moment: datetime, step: timedelta = HOUR / 2) -> None:
        """Run the program up to `moment`."""
        async with self.program() as program:
            while self.clock() < moment:
                await program.watch.round()
                await self.deliver(program.store)
                self.clock.now += step

    async def broken_off(self) -> None:
        """A program that is stopped just when it has asked for a list."""
        async with self.program() as program:
            asked = len(self.web.requests)
            running = asyncio.create_task(program.watch.round())
            while len(self.web.requests) == asked and not running.done():
                await asyncio.sleep(0.001)
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def account(self) -> dict[date, Day]:
        async with self.program() as program:
            return {day.day: day for day in await program.store.days.listed("cs.CV")}


@asynccontextmanager
async def opened(path: Path) -> AsyncIterator[World]:
    """A world at the beginning of the first mirrored day."""
    clock = Clock(due_at(FIRST))
    arxiv = PlayedArxiv(clock)
    async with Web(arxiv) as web:
        world = World(path, clock, arxiv, web)
        async with world.program() as program:
            await program.store.subscribers.welcome(ADA, clock())
            await program.store.subscribers.add(ADA.id, parse("cat:cs.CV"))
        yield world
