"""Real days through the schedule, with a set clock: every list once, whatever goes wrong."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from papers.calendar import due_at
from papers.digest import AnnounceType
from papers.keyword import parse
from storage.account import Day, DayState
from tests.bot.arxiv_played import DAYS, ERROR_PAGE, cut, hangs_up, stale
from tests.bot.web import Request, says
from tests.bot.world import ADA, FIRST, HOUR, LAST, World, opened
from tests.papers.feeds_rendered import atom

UNREACHABLE, STALE, PAGE, CUT = (date(2026, 4, day) for day in (21, 23, 28, 29))


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened(tmp_path / "paperboy.db") as made:
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


@pytest.mark.parametrize("change", ["keyword removed", "chat gone", "followed no more"])
async def test_what_a_chat_changes_while_a_list_is_fetched_holds(world: World, change: str) -> None:
    async with world.program() as program:
        store = program.store

        async def changes(request: Request, writer: asyncio.StreamWriter) -> None:
            if change == "keyword removed":
                await store.subscribers.remove(ADA.id, parse("cat:cs.CV"))
            elif change == "chat gone":
                await store.subscribers.lose(ADA.id)
            else:
                terms = replace(await store.terms.get(ADA.id), categories=("math",))
                await store.terms.set(ADA.id, terms, world.clock())
            await says(atom(FIRST, DAYS[FIRST]))(request, writer)

        world.arxiv.faults[FIRST] = changes
        await program.watch.round()
        assert list(await store.alerts.listed()) == []
    assert (await world.account())[FIRST].state is DayState.INGESTED
