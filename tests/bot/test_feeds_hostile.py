"""A hundred feeds, thirty of them hostile: the other seventy are read, and the rest come later."""

import asyncio
import gzip
import time
import zlib
from collections import Counter
from contextlib import closing
from datetime import date

import pytest

from bot.feeds import OtherFeeds
from bot.fetch import Bounds, Fetcher
from bot.sandbox import Sandbox
from papers.calendar import due_at
from storage.account import DayState
from storage.store import Store
from tests.bot.arxiv_played import Clock, hangs_up
from tests.bot.journals import DAY, item, journal, reading, rss
from tests.bot.test_fetch_hostile import bomb, drip, endless
from tests.bot.web import Play, Request, Web, says

START = due_at(date(2026, 4, 20))
WELL = {f"ok{n}": journal(n, 100 + n) for n in range(70)}
FREEZES = rss(item(1).replace("A. Author", "a@" + "a." * 32_000 + "!"))


def hostile() -> dict[str, Play]:
    """Thirty feeds of six kinds, by name."""
    packed = {"Content-Encoding": "gzip"}
    kinds: dict[str, Play] = {
        "author": says(FREEZES),
        "page": says(b"<html><body>Back soon.</body></html>"),
        "bomb": says(bomb(), headers=packed),
        "endless": endless,
        "drip": drip,
        "cut": says(rss(item(1), item(2))[:-60]),
        "error": says(status=500),
        "half": says(gzip.compress(rss(item(1)))[:-9], headers=packed),
        "gone": hangs_up,
        "many": says(rss(*["<item><title>t</title></item>"] * 6_000)),
    }
    return {f"{kind}{n}": play for kind, play in kinds.items() for n in range(3)}


async def test_thirty_hostile_feeds_keep_none_of_seventy_others(store: Store) -> None:
    plays = hostile() | WELL
    order = sorted(plays, key=lambda name: zlib.crc32(name.encode()))  # well mixed
    clock, longest = Clock(START), 0.0

    async def beat() -> None:
        nonlocal longest
        while True:
            began = time.perf_counter()
            await asyncio.sleep(0.01)
            longest = max(longest, time.perf_counter() - began)

    async with Web({f"/{name}": plays[name] for name in order}) as web:
        bounds = Bounds(connect=1, read=0.5, total=1)
        async with Fetcher("", paced=(), bounds=bounds) as fetcher:
            with closing(Sandbox(seconds=2)) as sandbox:
                urls = {name: f"{web.at}/{name}" for name in order}
                feeds = OtherFeeds(urls, fetcher, sandbox)
                beating = asyncio.create_task(beat())
                await feeds.round(store, clock)
                beating.cancel()
                states = {day.category: day.state for day in await store.days.listed()}
                assert all(states[name] is DayState.INGESTED for name in WELL)
                failed = Counter(n.rstrip("012") for n in states if states[n] is DayState.FAILED)
                assert failed == dict.fromkeys(failed, 3)
                assert set(failed) == {n.rstrip("012") for n in hostile()} - {"author"}
                web.requests.clear()
                clock.now += DAY
                web.pages = {f"/{name}": journal(n) for n, name in enumerate(order)}
                await feeds.round(store, clock)
                assert len(web.requests) == 100
    last = {day.category: day.state for day in reversed(await store.days.listed())}
    assert all(last[name] is DayState.INGESTED for name in order)
    assert longest < 1


@pytest.mark.parametrize(("status", "told"), [(301, True), (308, True), (302, False)])
async def test_operators_are_told_where_a_feed_has_moved_for_good(
    store: Store, status: int, told: bool, caplog: pytest.LogCaptureFixture
) -> None:
    async with reading(store, Clock(START)) as readers:
        readers.web.pages["/there"] = journal(1)
        await readers.day(says(status=status, headers={"Location": "/there"}))
        assert await readers.states() == ["ingested"]
    assert (f"bioRxiv has moved for good: name {readers.web.at}/there" in caplog.text) is told


async def test_a_fault_of_ours_with_one_feed_keeps_no_other(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reading(store, Clock(START)) as readers:
        readers.feeds.urls["other"] = f"{readers.web.at}/other"  # type: ignore[index]
        readers.web.pages["/other"] = journal(1)
        announced = store.digests.announced

        async def fails(category: str, papers: list[str]) -> frozenset[str]:
            if category == "bioRxiv":
                raise LookupError("a fault of ours")
            return await announced(category, papers)

        monkeypatch.setattr(store.digests, "announced", fails)
        await readers.day(journal(1))
        states = {day.category: (day.state.value, day.reason) for day in await store.days.listed()}
        assert states == {"bioRxiv": ("failed", "a fault of ours"), "other": ("ingested", "")}


async def test_a_program_that_dies_while_reading_keeps_a_feed_waiting_for_minutes_only(
    store: Store,
) -> None:
    async with reading(store, Clock(START)) as readers:
        asked = asyncio.Event()

        async def never(_request: Request, _writer: asyncio.StreamWriter) -> None:
            asked.set()
            await asyncio.sleep(10)

        readers.web.pages["/rss"] = never
        dying = asyncio.create_task(readers.feeds.round(store, readers.clock))
        await asked.wait()
        dying.cancel()
        await asyncio.gather(dying, return_exceptions=True)
        readers.clock.now += DAY / 48
        await readers.day(journal(1))
        assert await readers.states() == ["ingested"]
