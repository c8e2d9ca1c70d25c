"""What is done by itself while the bot runs: looking for lists and digests, alarms, upkeep.

The application's job queue gives the beat; what is due is told by the store's account and ledger.
A beat only wakes the round and never waits for it, so that no beat is missed and none piles up.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from datetime import UTC

from telegram import Bot
from telegram.error import TelegramError
from telegram.ext import JobQueue

from bot.alarms import amiss
from bot.app import App
from bot.arxiv import Arxiv, Sites
from bot.config import Settings
from bot.feeds import OtherFeeds
from bot.fetch import Fetcher
from bot.sandbox import Sandbox
from bot.sources import Folder, Pages, complete
from bot.watch import Watch
from handlers.days import day_name
from handlers.desk import Clock, Context
from papers.errors import PaperboyError
from storage.account import Day
from storage.store import Store

log = logging.getLogger(__name__)

EVERY = 60.0  # seconds between beats
_NIGHT = 3  # hour (UTC) from which upkeep is done

Step = Callable[[], Awaitable[None]]


class Rounds:
    """Does its steps in order, again at each beat, one round at a time."""

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._round: asyncio.Task[None] | None = None

    def begin(self) -> None:
        """Begin a round, unless one is under way."""
        if self._round is None or self._round.done():
            self._round = asyncio.create_task(self.go(), name="round")

    async def go(self) -> None:
        """One round."""
        for step in self._steps:
            try:
                await step()
            except PaperboyError as error:
                log.warning("%s", error)
            except Exception:
                # Whatever goes wrong with one step, the others (and the next round) are wanted.
                log.exception("a step of the schedule failed")

    async def stop(self) -> None:
        """Leave the round that is under way; what it was at is taken up by the next program."""
        if self._round is not None:
            self._round.cancel()
            await asyncio.gather(self._round, return_exceptions=True)


def arm(queue: "JobQueue[Context]", rounds: Rounds) -> None:
    """Let the job queue begin rounds. A beat that is late is still wanted, and one makes up for all
    that were missed; intervals know no daylight saving, and so the zone is UTC."""

    async def beat(_context: Context) -> None:
        rounds.begin()

    kept = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1, "timezone": UTC}
    queue.run_repeating(beat, EVERY, first=0.1, name="rounds", job_kwargs=kept)


@asynccontextmanager
async def watching(
    application: App, store: Store, settings: Settings, clock: Clock
) -> AsyncIterator[Rounds]:
    """Have rounds made while `application` runs within the block."""
    async with Fetcher(settings.contact) as fetcher:
        with closing(Sandbox()) as sandbox:
            rounds = Rounds(_steps(application.bot, store, settings, clock, fetcher, sandbox))
            assert application.job_queue is not None
            application.bot_data["admins"] = settings.admins
            arm(application.job_queue, rounds)
            try:
                yield rounds
            finally:
                await rounds.stop()


def _steps(
    bot: Bot, store: Store, settings: Settings, clock: Clock, fetcher: Fetcher, sandbox: Sandbox
) -> list[Step]:
    arxiv = Arxiv(fetcher, sandbox, Sites.at(settings.arxiv_url))
    watch = Watch(store, arxiv, clock, settings.categories)
    pages = Pages(settings.digest_urls, fetcher, sandbox)
    others = OtherFeeds(settings.feeds, fetcher, sandbox)
    folders = [Folder(settings.digest_folder)] if settings.digest_folder else []

    async def alarm() -> None:
        if late := await watch.overdue():
            await warn(bot, settings.admins, "Lists that should have come hours ago:", late)
        if wrong := await amiss(store, clock(), settings.feeds):
            await warn(bot, settings.admins, "Feeds that need a look:", wrong)

    async def upkeep() -> None:
        now = clock().astimezone(UTC)
        if now.hour >= _NIGHT and await store.days.begin("upkeep", now.date()):
            await store.upkeep(now)
            await complete(store, arxiv, clock)

    return [
        watch.round,
        *(lambda folder=folder: folder.round(store, clock) for folder in folders),
        lambda: pages.round(store, clock),
        lambda: others.round(store, clock),
        alarm,
        upkeep,
    ]


async def warn(bot: Bot, admins: Sequence[int], heading: str, days: Sequence[Day]) -> None:
    """Tell operators which lists are missing or amiss, and why."""
    lines = [f"{day.category}, {day_name(day.day)}: {day.state}, {day.reason}" for day in days]
    words = "\n".join([heading, *lines])
    log.warning("%s", words)
    for admin in admins:
        try:
            await bot.send_message(admin, words[:4000])
        except TelegramError as error:
            log.warning("chat %d of PAPERBOY_ADMINS can't be told: %s", admin, error.message)
