"""Digests from a folder and from the web, and papers completed later."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.arxiv import Arxiv, Sites
from bot.fetch import Fetcher
from bot.ingest import ingest
from bot.sandbox import Sandbox
from bot.sources import Folder, Pages, complete
from papers import markdown
from papers.calendar import due_at
from papers.keyword import parse
from storage.account import DayState
from storage.store import Chat, Store
from tests.bot.arxiv_played import DAYS, Clock, PlayedArxiv
from tests.bot.web import Request, Web, head

ADA = Chat(101, "private", "Ada")
DAY = date(2026, 4, 20)
HOUR = timedelta(hours=1)


@pytest.fixture
def clock() -> Clock:
    return Clock(due_at(DAY))


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher("", paced=()) as opened:
        yield opened


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    with closing(Sandbox()) as made:
        yield made


def written(*numbers: int, day: date = DAY) -> bytes:
    lines = (
        f"### {n}.Lidar {n}  [ :arrow_down: ](https://arxiv.org/pdf/2604.{n:05}.pdf)\n>  {n}.\n"
        for n in numbers
    )
    return f"# ArXiv cs.CV --{day:%a, %d %b %Y}\n{''.join(lines)}".encode()


async def subscribed(store: Store, keyword: str, now: datetime) -> None:
    await store.subscribers.welcome(ADA, now)
    await store.subscribers.add(ADA.id, parse(keyword))


async def announced(store: Store) -> list[list[str]]:
    found = [
        (await store.alerts.contents([alert.number])).get(alert.number)
        for alert in await store.alerts.listed()
    ]
    return [[item.paper.id for item in content.items] for content in found if content]


async def test_a_folder_is_watched_for_new_and_changed_files(
    store: Store, clock: Clock, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await subscribed(store, "lidar", clock())
    place = tmp_path / "digests"
    (place / "2026").mkdir(parents=True)
    folder = Folder(place)
    (place / "2026" / "monday.md").write_bytes(written(1))
    (place / "notes.md").write_text("Nothing to read here.")
    for _ in range(3):
        await folder.round(store, clock)
    assert len(caplog.records) == 1  # the notes are told once
    assert await announced(store) == [["2604.00001"]]
    (place / "2026" / "monday.md").write_bytes(written(1, 2))
    await folder.round(store, clock)
    await Folder(place).round(store, clock)  # after a restart
    assert await announced(store) == [["2604.00001", "2604.00002"]]
    (day,) = await store.days.listed()
    assert (day.origin, day.papers) == ("monday.md", 2)


async def test_a_page_is_read_once_an_hour_and_only_when_it_has_changed(
    store: Store, clock: Clock, fetcher: Fetcher, sandbox: Sandbox
) -> None:
    sent = {"served": 0}

    async def play(request: Request, writer: asyncio.StreamWriter) -> None:
        fresh = request.headers.get("if-none-match") != '"one"'
        sent["served"] += fresh
        body = written(1) if fresh else b""
        status = 200 if fresh else 304
        fields = {"ETag": '"one"', "Content-Length": str(len(body))}
        writer.write(head(status, fields) + body)

    async with Web({"/2026-04-20.md": play}) as web:
        pages = Pages([f"{web.at}/missing.md", web.at + "/{day}.md"], fetcher, sandbox)
        for _ in range(8):
            await pages.round(store, clock)
            clock.now += HOUR / 4
        assert [r.path for r in web.requests] == ["/missing.md", "/2026-04-20.md"] * 2
    assert sent["served"] == 1
    (day,) = await store.days.listed()
    assert day.papers == 1


async def test_papers_without_authors_are_completed_and_matched_by_them_then(
    store: Store, clock: Clock, fetcher: Fetcher, sandbox: Sandbox
) -> None:
    told = [paper for paper in DAYS[DAY] if paper.type == "new"][:130]  # more than one request
    lines = "".join(
        f"### {n}.{paper.title}  [ :arrow_down: ](https://arxiv.org/pdf/{paper.id}.pdf)\n>  {n}\n"
        for n, paper in enumerate(told, 1)
    )
    digest = markdown.parse(f"# ArXiv cs.CV --Mon, 20 Apr 2026\n{lines}".encode())
    last = told[-1]
    name = last.authors[0].split()[-1]
    await subscribed(store, f"au:{name}", clock())
    await ingest(store, digest, clock)
    assert await announced(store) == []
    async with Web(PlayedArxiv(clock)) as web:
        arxiv = Arxiv(fetcher, sandbox, Sites.at(web.at))
        for _ in range(2):
            await complete(store, arxiv, clock)
        assert len(web.requests) == -(-len(told) // 100)
    kept = await store.papers.get(last.id)
    assert kept
    assert kept.authors == last.authors
    (papers,) = await announced(store)
    assert last.id in papers
    (day,) = await store.days.listed()
    assert (day.state, day.papers) == (DayState.INGESTED, len(told))
    whole = await store.digests.get("cs.CV", DAY)
    assert whole
    assert markdown.render(whole) == markdown.render(digest)
