"""A bot that is killed (SIGKILL) in the midst of one day after the other loses and doubles none."""

import asyncio
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from papers.calendar import due_at
from storage.account import DayState
from tests.bot.arxiv_played import DAYS
from tests.bot.world import HOUR, World, opened

INSTANTS = [0.0, 0.4, 0.7, 0.85, 0.95, 1.0]
"""When to kill, as shares of what an undisturbed look takes from asking for a list to having it."""

SOON = timedelta(minutes=6)  # after which a dead program's claim has run out


@asynccontextmanager
async def watcher(world: World) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.watcher", str(world.path), world.web.at),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        assert process.stdout
        await process.stdout.readline()  # it is ready
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def begun(world: World, process: asyncio.subprocess.Process) -> float:
    """Have a round begun at the world's moment; when it asked for a list."""
    asked = len(world.web.requests)
    assert process.stdin
    process.stdin.write(f"{world.clock().isoformat()}\n".encode())
    while len(world.web.requests) == asked:
        await asyncio.sleep(0.001)
    return time.perf_counter()


async def looked(world: World) -> float:
    """A round that nobody disturbs; how long it took to have the list."""
    async with watcher(world) as process:
        began = await begun(world, process)
        assert process.stdout
        await process.stdout.readline()
        return time.perf_counter() - began


async def killed(world: World, delay: float) -> None:
    """A round that ends with the process, `delay` seconds after it asked for a list."""
    async with watcher(world) as process:
        await begun(world, process)
        await asyncio.sleep(delay)
        process.kill()
        await process.wait()


async def there(world: World) -> bool:
    """Whether the day's list is there: all of it, or else nothing."""
    async with world.program() as program:
        digest = await program.store.digests.get("cs.CV", world.clock.day)
        await world.deliver(program.store)
    assert digest is None or len(digest.announcements) == len(DAYS[world.clock.day])
    return digest is not None


async def test_a_bot_that_is_killed_day_after_day_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path / "paperboy.db") as world:
        lists = [day for day, papers in DAYS.items() if papers][: len(INSTANTS) + 2]
        whole = await looked(world)
        assert await there(world)
        days, survived = iter(lists[1:]), []
        world.clock.now = due_at(next(days))
        for instant in INSTANTS:
            await killed(world, instant * whole)
            survived.append(await there(world))
            world.clock.now = due_at(next(days)) if survived[-1] else world.clock() + SOON
        await world.until(due_at(lists[-1]) + HOUR, 3 * HOUR)
        account = await world.account()
    assert False in survived
    assert {day for day in account if account[day].state is DayState.INGESTED} == set(lists)
    announced = [paper for day in lists for paper in DAYS[day]]
    counts = sum((Counter(day.counts) for day in account.values()), Counter[str]())
    assert counts == Counter(paper.type for paper in announced)
    sent = [paper for alert in world.sent for paper in alert]
    assert sorted(sent) == sorted(p.id for p in announced if p.type in ("new", "cross"))
