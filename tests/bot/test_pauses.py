"""How often lists are looked for: steadily while they may come, ever less often while one fails."""

import itertools
from collections.abc import AsyncIterator
from datetime import UTC, date, timedelta
from pathlib import Path

import pytest

from papers.calendar import due_at
from storage.account import DayState
from tests.bot.web import Play, says
from tests.bot.world import FIRST, HOUR, World, opened
from tests.papers.feeds_rendered import atom


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    async with opened(tmp_path / "paperboy.db") as made:
        yield made


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


@pytest.mark.parametrize(
    ("fault", "pauses"),
    [
        (says(status=500), [5, 10, 20, 40, 60, 60]),
        (says(status=503, headers={"Retry-After": "5400"}), [90, 90, 90]),
        (says(status=503, headers={"Retry-After": "60"}), [5, 10, 20, 40, 60]),
    ],
)
async def test_a_feed_that_fails_is_asked_after_growing_pauses_or_when_it_says(
    world: World, fault: Play, pauses: list[int]
) -> None:
    world.arxiv.faults[FIRST] = fault
    asked: list[int] = []
    async with world.program() as program:
        for minute in range(sum(pauses) + 5):
            await program.watch.round()
            asked += [minute] * (len(world.web.requests) - len(asked))
            world.clock.now += timedelta(minutes=1)
    assert [after - before for before, after in itertools.pairwise(asked)] == pauses


async def test_a_program_that_was_killed_keeps_others_waiting_for_minutes_only(
    world: World,
) -> None:
    async with world.program() as killed:
        now = world.clock()
        assert await killed.store.days.claim("cs.CV", FIRST, now, now + timedelta(minutes=5))
    await world.until(now + timedelta(minutes=4), timedelta(minutes=1))
    assert not world.web.requests
    await world.until(now + timedelta(minutes=6), timedelta(minutes=1))
    assert (await world.account())[FIRST].state is DayState.INGESTED


async def test_nights_on_which_the_clock_is_changed_are_days_like_others(world: World) -> None:
    for changed in (date(2026, 3, 8), date(2026, 11, 1)):  # in New York, on Sundays
        world.clock.now = due_at(changed - timedelta(days=1)).astimezone(UTC)
        await world.until(due_at(changed + timedelta(days=2)), timedelta(minutes=10))
        account = await world.account()
        assert account[changed].state is DayState.EMPTY
        monday = account[changed + timedelta(days=1)]  # not in the mirror, and so not there yet
        assert (monday.state, monday.reason[:17]) == ("awaited", "the feed is empty")
