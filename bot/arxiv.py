"""arXiv over HTTP: a category's feed, and its query API to fill what was missed.

The query API is overloaded at times and may refuse; whoever asks it must do without, or ask again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote, urlencode

from bot.fetch import Answer, Fetcher
from bot.sandbox import Sandbox
from papers import feed
from papers.calendar import Calendar
from papers.digest import Announcement, AnnounceType, Digest
from papers.errors import PaperboyError
from papers.feed import Feed
from papers.paper import Paper

_PAGE = 500  # results asked for at once; arXiv allows 2,000
_IDS = 100  # papers asked for at once, so that the address stays short


class Incomplete(PaperboyError):
    """The query API gave less than it said there was."""


@dataclass(frozen=True, slots=True)
class Sites:
    """Where arXiv is: without a slash at the end."""

    feeds: str = "https://rss.arxiv.org"
    queries: str = "https://export.arxiv.org"

    @classmethod
    def at(cls, url: str) -> "Sites":
        """Another server that stands in for all of arXiv's; arXiv's own for an empty `url`."""
        return cls(url.rstrip("/"), url.rstrip("/")) if url else cls()

    def feed(self, category: str) -> str:
        """The address of a category's Atom feed."""
        return f"{self.feeds}/atom/{quote(category)}"

    def query(self, **wanted: str | int) -> str:
        """The address of a page of the query API's results."""
        return f"{self.queries}/api/query?{urlencode(wanted, safe=':[]')}"


class Arxiv:
    """What is asked of arXiv. All methods raise PaperboyError for what could not be had."""

    def __init__(self, fetcher: Fetcher, sandbox: Sandbox, sites: Sites) -> None:
        self._fetcher = fetcher
        self._sandbox = sandbox
        self.sites = sites

    async def feed(self, category: str, etag: str = "") -> tuple[Answer, Feed | None]:
        """A category's feed as it is now; None when it has not changed since `etag`."""
        answer = await self._fetcher.get(self.sites.feed(category), etag=etag)
        return answer, await self._parsed(answer, category) if answer.changed else None

    async def missed(self, category: str, day: date, calendar: Calendar) -> Digest:
        """What `category` announced on `day`, as far as the query API can tell: the papers that
        were submitted in time for it. Replacements, and papers that moderators held back for
        longer, it can't tell apart from others; they are not in it."""
        start, end = calendar.window(day)
        wanted = f"cat:{category} AND submittedDate:[{_minute(start)} TO {_minute(end, -1)}]"
        papers = await self._all(
            category, search_query=wanted, sortBy="submittedDate", sortOrder="ascending"
        )
        announced = (
            Announcement(position, each.paper, _type(each.paper, category), each.version)
            for position, each in enumerate(papers, start=1)
        )
        return Digest(category, day, tuple(announced), source="query")

    async def papers(self, ids: Sequence[str]) -> list[Paper]:
        """The papers with these ids that arXiv has, in any order."""
        found = []
        for first in range(0, len(ids), _IDS):
            some = ids[first : first + _IDS]
            page = await self._page("", 0, id_list=",".join(some))
            found += [each.paper for each in page.announcements]
        return found

    async def _all(self, category: str, **wanted: str) -> list[Announcement]:
        found: list[Announcement] = []
        while True:
            page = await self._page(category, len(found), **wanted)
            found += page.announcements
            if len(found) >= (page.total or 0):
                return found
            if not page.announcements or page.problems:
                raise Incomplete(
                    f"the query API gave {len(found)} of {page.total} papers of {category}"
                )

    async def _page(self, category: str, start: int, **wanted: str) -> Feed:
        url = self.sites.query(**wanted, start=start, max_results=_PAGE)
        page = await self._parsed(await self._fetcher.get(url), category)
        if page.kind != "query":
            raise Incomplete(f"{url}: the answer is no page of the query API's results")
        return page

    async def _parsed(self, answer: Answer, category: str) -> Feed:
        return await self._sandbox.run(feed.parse, answer.body, category=category)


def _type(paper: Paper, category: str) -> AnnounceType:
    return AnnounceType.NEW if paper.categories[:1] == (category,) else AnnounceType.CROSS


def _minute(moment: datetime, plus: int = 0) -> str:
    """A moment as the API writes it, in UTC: `202604211759`."""
    return f"{moment.astimezone(UTC) + timedelta(minutes=plus):%Y%m%d%H%M}"
