"""Parsers that freeze, bloat or die do so elsewhere, and the event loop never notices."""

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import feedparser
import pytest

from bot.sandbox import ParserStopped, Sandbox
from papers import feed
from papers.errors import KeywordError, PaperboyError
from papers.feed import FeedError
from tests.papers.feeds_rendered import atom, mirror, rss

DAY = date(2026, 4, 21)
ITEM = b"<rss version='2.0'><channel><item><title>t</title>%b</item></channel></rss>"
FREEZES = ITEM % (b"<author>a@" + b"a." * 32_000 + b"!</author>")
HOSTILE = [
    FREEZES,
    ITEM % (b"<description>" + b"<!-- " * 100_000 + b"</description>"),
    ITEM % (b"<description>" + b"&lt;!-- " * 100_000 + b"</description>"),
    b"<rss><channel>" + b"<item><title>t</title></item>" * 100_000 + b"</channel></rss>",
    b"<!DOCTYPE x ["
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 30))
    + b"]>"
    + ITEM % b"<description>&a29;</description>",
    ITEM % (b"<title>" + b"t" * 14_000_000 + b"</title>"),
]


@dataclass
class Beat:
    """The longest time for which the event loop did nothing else, in seconds."""

    longest: float = 0.0

    async def run(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.005)
            now = time.perf_counter()
            self.longest, last = max(self.longest, now - last - 0.005), now


@contextmanager
def heartbeat() -> Iterator[Beat]:
    beat = Beat()
    task = asyncio.get_running_loop().create_task(beat.run())
    yield beat
    task.cancel()


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(seconds=5) as made:
        yield made


def fails() -> None:
    raise ZeroDivisionError("no parser is perfect")


def refuses() -> None:
    raise KeywordError("no such field", "x:y", 1)


def process() -> int:
    return os.getpid()


async def test_a_real_day_is_read_as_without_it(sandbox: Sandbox) -> None:
    for data in (atom(DAY, mirror()[DAY]), rss(DAY, mirror()[DAY])):
        assert await sandbox.run(feed.parse, data, category="cs.CV") == feed.parse(data)


async def test_the_parser_s_own_errors_are_raised_here(sandbox: Sandbox) -> None:
    with pytest.raises(FeedError, match="not a feed"):
        await sandbox.run(feed.parse, b"<html></html>")
    with pytest.raises(PaperboyError, match="no such field"):
        await sandbox.run(refuses)
    with pytest.raises(ParserStopped, match="ZeroDivisionError: no parser is perfect"):
        await sandbox.run(fails)


async def test_the_process_is_kept_from_one_document_to_the_next(sandbox: Sandbox) -> None:
    first = await sandbox.run(process)
    with pytest.raises(FeedError):
        await sandbox.run(feed.parse, b"")
    assert await sandbox.run(process) == first != os.getpid()


async def longest_stall(sandbox: Sandbox) -> float:
    """How long the loop stood still at most while hostile feeds and real ones were read."""
    day = atom(DAY, mirror()[DAY])
    with heartbeat() as beat:
        results = await asyncio.gather(
            *(sandbox.run(feed.parse, data) for each in HOSTILE for data in (each, day)),
            return_exceptions=True,
        )
    assert all(isinstance(each, feed.Feed | PaperboyError) for each in results)
    assert all(each == results[1] for each in results[1::2])
    return beat.longest


async def test_hostile_feeds_never_stall_the_loop(sandbox: Sandbox) -> None:
    for _ in range(3):  # a busy machine may stall it, the feeds may not
        if (stall := await longest_stall(sandbox)) < 0.1:
            break
    assert stall < 0.1


async def test_a_frozen_parser_is_killed_in_time_and_replaced() -> None:
    async with Sandbox(seconds=0.5) as sandbox:
        first = await sandbox.run(process)
        with heartbeat() as beat:
            started = time.monotonic()
            with pytest.raises(ParserStopped, match=r"within 0\.5 seconds"):
                await sandbox.run(feedparser.parse, FREEZES)
            assert time.monotonic() - started < 1.5
        assert await sandbox.run(process) != first
    assert beat.longest < 0.5


@pytest.mark.parametrize("size", [2_000_000_000, 1_000_000_000])
async def test_a_bloated_parser_is_stopped_and_replaced(sandbox: Sandbox, size: int) -> None:
    first = await sandbox.run(process)
    with pytest.raises(ParserStopped, match="more memory"):
        await sandbox.run(bytes, size)
    assert await sandbox.run(process) != first


async def test_a_process_that_dies_is_told_and_replaced(sandbox: Sandbox) -> None:
    with pytest.raises(ParserStopped, match="died"):
        await sandbox.run(os._exit, 1)
    os.kill(await sandbox.run(process), signal.SIGKILL)
    with pytest.raises(ParserStopped, match="died"):
        await sandbox.run(process)
    assert await sandbox.run(process) > 0


async def test_giving_up_on_a_document_ends_its_process(sandbox: Sandbox) -> None:
    first = await sandbox.run(process)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await sandbox.run(time.sleep, 30)
    assert await sandbox.run(process) != first


async def test_an_interrupt_is_left_to_the_program(sandbox: Sandbox) -> None:
    worker = await sandbox.run(process)
    os.kill(worker, signal.SIGINT)
    assert await sandbox.run(process) == worker
