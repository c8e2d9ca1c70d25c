"""Feeds of papers from elsewhere, as tests have them rendered and read."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import timedelta

from bot.feeds import OtherFeeds
from bot.fetch import Bounds, Fetcher
from bot.sandbox import Sandbox
from papers.keyword import parse
from storage.store import Chat, Store
from tests.bot.arxiv_played import Clock
from tests.bot.web import Play, Web, says

ADA = Chat(101, "private", "Ada")
DAY = timedelta(days=1)
QUICK = Bounds(connect=1, read=0.5, total=2)


def item(number: int, title: str = "", *, prefix: str = "10.1101", lacks: str = "") -> str:
    """A paper about lidar, whose id is `doi:{prefix}/{number}`."""
    fields = {
        "abstract": f"<description>About {number}.</description>",
        "authors": "<dc:creator>A. Author</dc:creator>",
    }
    return (
        f"<item><title>{title or f'Lidar {number}'}</title>"
        f"<link>https://example.org/{prefix}/{number}</link>"
        f"<dc:identifier>doi:{prefix}/{number}</dc:identifier>"
        f"{''.join(text for name, text in fields.items() if name != lacks)}</item>"
    )


def rss(*items: str) -> bytes:
    spaces = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    channel = f"<channel><title>J</title>{''.join(items)}</channel>"
    return f'<rss version="2.0" {spaces}>{channel}</rss>'.encode()


def journal(*numbers: int, prefix: str = "10.1101") -> Play:
    return says(rss(*(item(number, prefix=prefix) for number in numbers)))


@dataclass
class Readers:
    """A feed called `bioRxiv` on loopback, read once a day; Ada wants all about lidar."""

    store: Store
    clock: Clock
    web: Web
    feeds: OtherFeeds

    async def day(self, play: Play) -> None:
        """Serve `play`, read it (twice, of which one is too often), and let a day go by."""
        self.web.pages["/rss"] = play
        for _ in range(2):
            await self.feeds.round(self.store, self.clock)
        self.clock.now += DAY

    async def announced(self) -> list[str]:
        alerts = [
            (await self.store.alerts.contents([a.number])).get(a.number)
            for a in await self.store.alerts.listed()
        ]
        return sorted(item.paper.id for content in alerts if content for item in content.items)

    async def states(self) -> list[str]:
        return [day.state.value for day in reversed(await self.store.days.listed("bioRxiv"))]


@asynccontextmanager
async def reading(store: Store, clock: Clock) -> AsyncIterator[Readers]:
    await store.subscribers.welcome(ADA, clock())
    await store.subscribers.add(ADA.id, parse("lidar"))
    async with Web({}) as web, Fetcher("", paced=(), bounds=QUICK) as fetcher:
        with closing(Sandbox()) as sandbox:
            feeds = OtherFeeds({"bioRxiv": f"{web.at}/rss"}, fetcher, sandbox)
            yield Readers(store, clock, web, feeds)
