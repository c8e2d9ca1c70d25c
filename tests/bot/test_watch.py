"""Real days through the schedule, with a set clock: every list once, whatever goes wrong."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.arxiv import Arxiv, Sites
from bot.fetch import Fetcher
from bot.sandbox import Sandbox
from bot.watch import Watch
from papers.calendar import due_at
from papers.digest import AnnounceType
from papers.keyword import parse
from storage.account import Day, DayState
from storage.sqlite import open_store
from storage.store import Chat, Store
from tests.bot.arxiv_played import DAYS, ERROR_PAGE, Clock, PlayedArxiv, cut, hangs_up, stale
from tests.bot.web import Web, says
from tests.papers.feeds_rendered import atom

ADA = Chat(101, "private", "Ada")
FIRST, LAST = min(DAYS), max(DAYS)
UNREACHABLE, STALE, PAGE, CUT = (date(2026, 4, day) for day in (21, 23, 28, 29))
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
            content = await store.alerts.content(alert.number)
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
        self.clock.now += timedelta(minutes=6)

    async def account(self) -> dict[date, Day]:
        async with self.program() as program:
            return {day.day: day for day in await program.store.days.listed("cs.CV")}


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock = Clock(due_at(FIRST))
    arxiv = PlayedArxiv(clock)
    async with Web(arxiv) as web:
        made = World(tmp_path / "paperboy.db", clock, arxiv, web)
        async with made.program() as program:
            await program.store.subscribers.welcome(ADA, clock())
            await program.store.subscribers.add(ADA.id, parse("cat:cs.CV"))
        yield made


def counted(account: dict[date, Day]) -> Counter[str]:
    return sum((Counter(day.counts) for day in account.values()), Counter[str]())


def announced() -> set[str]:
    return {each.id for day in DAYS.values() for each in day if each.type in ("new", "cross")}


async def test_every_paper_of_eighteen_real_days_is_ingested_and_announced_once(
    world: World,
) -> None:
    await world.until(due_at(LAST) + 24 * HOUR)
    account = await world.account()
    assert list(reversed(account)) == list(DAYS)
    assert counted(account) == {"new": 1323, "cross": 234, "replace": 772, "replace-cross": 180}
    for day, papers in DAYS.items():
        expected = DayState.INGESTED if papers else DayState.EMPTY
        assert (account[day].state, account[day].again) == (expected, None)
    sent = [paper for alert in world.sent for paper in alert]
    assert Counter(sent).most_common(1)[0][1] == 1
    assert set(sent) == announced()
    assert len(world.sent) == sum(map(bool, DAYS.values()))
    assert len(world.web.requests) == len(DAYS)  # one look a day was enough


async def test_failed_stale_wrong_and_cut_days_lose_and_double_nothing(world: World) -> None:
    """With a restart in the midst of each. The pages that came wrong come right in the end; the
    days that never came are filled from the query API, which doesn't know their replacements."""
    world.arxiv.faults = {
        UNREACHABLE: hangs_up, STALE: stale(STALE), PAGE: ERROR_PAGE, CUT: cut(CUT)
    }  # fmt: skip
    world.arxiv.down = lambda now: now < due_at(UNREACHABLE) + 40 * HOUR
    seen = {}
    for day in (UNREACHABLE, STALE, PAGE, CUT):
        await world.until(due_at(day) - HOUR)
        await world.until(due_at(day) + HOUR)
        await world.broken_off()
        await world.until(due_at(day) + 6 * HOUR)
        seen[day] = (await world.account())[day]
        if day in (PAGE, CUT):
            del world.arxiv.faults[day]
    await world.until(due_at(LAST) + 24 * HOUR)

    assert [seen[day].state for day in seen] == ["failed", "stale", "failed", "failed"]
    for day, reason in zip(
        seen, ("disconnected", "were in the last list", "not a feed", "cut off"), strict=True
    ):
        assert reason in seen[day].reason
        assert seen[day].again is not None
    account = await world.account()
    ended = {day: account[day].state for day in seen}
    assert ended == {
        UNREACHABLE: "filled", STALE: "filled", PAGE: "ingested", CUT: "ingested"
    }  # fmt: skip
    counts = counted(account)
    assert (counts["new"], counts["cross"]) == (1323, 234)
    assert account[STALE].counts[AnnounceType.REPLACE] == 0
    sent = [paper for alert in world.sent for paper in alert]
    assert Counter(sent).most_common(1)[0][1] == 1
    assert set(sent) == announced()


async def test_a_program_that_was_down_for_days_fills_what_it_missed(world: World) -> None:
    await world.until(due_at(FIRST) + 2 * HOUR)
    world.clock.now = due_at(date(2026, 4, 24)) + 9 * HOUR
    await world.until(world.clock() + HOUR)
    account = await world.account()
    assert {day.isoformat()[-2:]: account[day].state.value for day in sorted(account)} == {
        "17": "ingested", "18": "empty", "19": "empty", "20": "filled", "21": "filled",
        "22": "filled", "23": "filled", "24": "ingested",
    }  # fmt: skip
    expected = {
        each.id
        for day, papers in DAYS.items()
        for each in papers
        if day <= date(2026, 4, 24) and each.type in ("new", "cross")
    }
    assert {paper for alert in world.sent for paper in alert} == expected


async def test_two_programs_on_one_database_ask_once(world: World) -> None:
    async with world.program() as one, world.program() as other:
        await asyncio.gather(one.watch.round(), other.watch.round())
        await asyncio.gather(one.watch.round(), other.watch.round())
    assert len(world.web.requests) == 1
    assert (await world.account())[FIRST].state is DayState.INGESTED


async def test_a_list_that_is_late_is_looked_for_every_few_minutes_and_told_once(
    world: World,
) -> None:
    monday = date(2026, 4, 20)
    world.clock.now = due_at(monday)
    world.arxiv.faults[monday] = says(atom(monday, ()))
    async with world.program() as program:
        told = []
        while world.clock() < due_at(monday) + 8 * HOUR:
            await program.watch.round()
            told += [day.day for day in await program.watch.overdue()]
            world.clock.now += timedelta(minutes=1)
    assert told == [monday]
    assert len(world.web.requests) == 8 * 12
    assert (await world.account())[monday].state is DayState.AWAITED
    del world.arxiv.faults[monday]
    await world.until(world.clock() + HOUR)
    assert (await world.account())[monday].state is DayState.INGESTED


async def test_nights_on_which_the_clock_is_changed_are_days_like_others(world: World) -> None:
    for changed in (date(2026, 3, 8), date(2026, 11, 1)):  # in New York, on Sundays
        world.clock.now = due_at(changed - timedelta(days=1)).astimezone(UTC)
        await world.until(due_at(changed + timedelta(days=2)), timedelta(minutes=10))
        account = await world.account()
        assert account[changed].state is DayState.EMPTY
        monday = account[changed + timedelta(days=1)]  # not in the mirror, and so not there yet
        assert (monday.state, monday.reason[:17]) == ("awaited", "the feed is empty")
