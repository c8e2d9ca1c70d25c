"""arXiv on loopback: its feeds and its query API play the mirrored days by a clock that tests set.

The query API finds a paper by when it was submitted, which the mirror doesn't tell: a window that
is a day's own (as `papers.calendar` has it) gives that day's new papers and cross-lists.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from xml.sax.saxutils import escape

from papers.calendar import EASTERN, Calendar
from tests.bot.web import Play, Request, Web, says
from tests.papers.feeds_rendered import Listed, atom, mirror

DAYS = mirror()
_WINDOW = re.compile(r"cat:(\S+) AND submittedDate:\[(\d{12}) TO (\d{12})\]")


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now

    @property
    def day(self) -> date:
        """The date in New York, where arXiv's days begin."""
        return self.now.astimezone(EASTERN).date()


@dataclass
class PlayedArxiv(dict[str, Play]):
    """Pages for `Web`: every category has the mirror's list of the clock's day. `faults` are played
    instead of the feed on their days, `down` says when the query API is refused."""

    clock: Clock
    faults: dict[date, Play] = field(default_factory=dict)
    down: Callable[[datetime], bool] = lambda _: False

    def get(self, path: str, default: Play | None = None) -> Play:  # type: ignore[override]
        """What is played at a path; only there are more than a dictionary can hold."""
        if path.startswith("/atom/"):
            day = self.clock.day
            feed = atom(day, DAYS.get(day, ()), path.removeprefix("/atom/"))
            return self.faults.get(day) or says(feed)
        if path.startswith("/api/query?"):
            return says(status=503) if self.down(self.clock.now) else says(queried(path))
        assert default
        return default


def queried(path: str) -> bytes:
    """The page of results that the query API gives for an address."""
    asked = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
    if "id_list" in asked:
        wanted = asked["id_list"].split(",")
        found = [each for day in DAYS.values() for each in day if each.id in wanted]
        return page(found, 0)
    named = _WINDOW.fullmatch(asked["search_query"])
    assert named
    start, most = int(asked["start"]), min(int(asked["max_results"]), 50)
    return page(_submitted(named[2], named[3]), start, most)


def _submitted(start: str, end: str) -> list[Listed]:
    for day, papers in DAYS.items():
        opened, closed = Calendar().window(day)
        window = (_minute(opened), _minute(closed - timedelta(minutes=1)))
        if papers and window == (start, end):
            return [paper for paper in papers if paper.type in ("new", "cross")]
    return []


def _minute(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%d%H%M}"


def page(found: list[Listed], start: int, most: int = 100) -> bytes:
    """A page of results in the format that the API has had since late 2025."""
    entries = "".join(_entry(paper) for paper in found[start : start + most])
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/"
 xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/played</id>
  <title>arXiv Query</title>
  <opensearch:itemsPerPage>{most}</opensearch:itemsPerPage>
  <opensearch:totalResults>{len(found)}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}</feed>
""".encode()


def _entry(paper: Listed) -> str:
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in paper.authors)
    terms = "".join(f'<category term="{escape(name)}"/>' for name in paper.categories)
    return f"""  <entry>
    <id>http://arxiv.org/abs/{paper.id}v1</id>
    <title>{escape(paper.title)}</title>
    <summary>  {escape(paper.abstract)}</summary>
    {terms}
    <published>2026-04-16T15:05:19Z</published>
    <arxiv:primary_category term="{escape(paper.categories[0])}"/>
    {authors}
  </entry>
"""


def stale(day: date) -> Play:
    """The list before `day`, under the date of `day`."""
    last = max(each for each, papers in DAYS.items() if each < day and papers)
    return says(atom(day, DAYS[last]))


def cut(day: date) -> Play:
    """The list of `day`, ending in the middle."""
    whole = atom(day, DAYS[day])
    return says(whole[: len(whole) // 2])


async def hangs_up(_: Request, writer: asyncio.StreamWriter) -> None:
    """No answer at all."""
    writer.close()


ERROR_PAGE = says(b"<html><head><title>503</title></head><body>Back soon.</body></html>")

__all__ = ["DAYS", "ERROR_PAGE", "Clock", "PlayedArxiv", "Web", "cut", "hangs_up", "stale"]
