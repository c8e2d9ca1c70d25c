"""Fanning out: writing the alerts of one digest, and what the event loop notices of it."""

import asyncio
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from benchmarks.corpus import sample
from benchmarks.report import Row
from handlers.alerts import alert_page
from handlers.entries import Entries
from papers.digest import Announcement, Digest
from storage.sqlite import open_store
from storage.store import AlertContent, AlertState, DigestInfo, Find, Item, Store

DAY = date(2026, 4, 21)
PAPERS = 40
WORDS = ("learning", "image", "model", "network", "segmentation", "detection", "3D", "video")
EACH = 3  # papers for each subscriber of a fan-out


def digest(category: str = "cs.CV") -> Digest:
    """Forty real papers."""
    papers = enumerate(sample()[:PAPERS], start=1)
    return Digest(category, DAY, tuple(Announcement(n, paper) for n, paper in papers))


async def prepared(
    path: Path, chats: Sequence[int], *, due: bool = True, each_group: int = 1
) -> Store:
    """A store in which each chat has an alert that is due, or that has failed; groups have
    `each_group` of them. Each is of two papers or one, and hardly two are the same."""
    store = await _subscribed(path, chats)
    now = datetime.now(UTC) - timedelta(seconds=1)
    for number in reversed(range(each_group)):  # so that the groups come first
        told = [chat for chat in chats if number == 0 or chat < 0]
        finds = [find for chat in told for find in _finds(chat, number)]
        await store.digests.ingest(digest(f"cs.{number:02}"), finds, now)
        if not due:
            await store.close()
            _set(path, "UPDATE alerts SET state = 'failed'")
            store = await open_store(path)
    return store


def _finds(chat: int, number: int) -> Iterator[Find]:
    words = [WORDS[chat % len(WORDS)], WORDS[chat // len(WORDS) % len(WORDS)]]
    yield Find(chat, (chat + number) % PAPERS, 0, words)
    if chat > 0 and (other := chat // PAPERS % PAPERS) != chat % PAPERS:
        yield Find(chat, other, 1, words)


def texts() -> list[str]:
    """Messages such as Paperboy makes of these alerts, as HTML."""
    papers = sample()[:PAPERS]
    day = DigestInfo(1, "cs.00", DAY, PAPERS)
    entries = Entries()
    contents = [
        AlertContent((day,), tuple(Item(papers[f.paper], tuple(f.keywords)) for f in _finds(n, 0)))
        for n in range(1, 401)
    ]
    return [alert_page(n, content, entries).html.html for n, content in enumerate(contents)]


async def fan_out(subscribers: int) -> Row:
    """Rows a second, and for how long the loop did nothing else at most."""
    with tempfile.TemporaryDirectory() as folder:
        chats = range(1, subscribers + 1)
        store = await _subscribed(Path(folder) / "bench.db", chats)
        finds = [Find(c, (c + n) % PAPERS, n, ("lidar",)) for c in chats for n in range(EACH)]
        stalls: list[float] = []
        beat = asyncio.create_task(_beat(stalls))
        await asyncio.sleep(0.1)
        stalls.clear()
        began, processor = time.perf_counter(), time.process_time()
        written = await store.digests.ingest(digest(), finds, datetime.now(UTC))
        seconds, spent = time.perf_counter() - began, time.process_time() - processor
        beat.cancel()
        assert written.alerts == subscribers
        pending = (await store.alerts.counts(datetime.now(UTC))).states[AlertState.PENDING]
        assert pending == subscribers
        await store.close()
    rows = subscribers * (1 + EACH)
    return {
        "what": f"fan-out to {subscribers:,} subscribers",
        "rows": rows,
        "a second": round(rows / seconds),
        "processor µs": round(spent / rows * 1e6, 2),
        "longest stall ms": round(max(stalls) * 1000, 1),
    }


async def _beat(stalls: list[float]) -> None:
    while True:
        before = time.perf_counter()
        await asyncio.sleep(0.001)
        stalls.append(time.perf_counter() - before - 0.001)


async def _subscribed(path: Path, chats: Sequence[int]) -> Store:
    await (await open_store(path)).close()
    since = datetime.now(UTC).isoformat()
    db = sqlite3.connect(path)
    with db:
        db.executemany(
            "INSERT INTO subscribers (chat, kind, title, state, since) "
            "VALUES (?, ?, 'Reader', 'active', ?)",
            ((chat, "private" if chat > 0 else "group", since) for chat in chats),
        )
    db.close()
    return await open_store(path)


def _set(path: Path, statement: str) -> None:
    db = sqlite3.connect(path)
    with db:
        db.execute(statement)
    db.close()
