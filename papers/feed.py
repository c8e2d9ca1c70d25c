"""Feeds of papers: arXiv's Atom, RSS and legacy RDF, its query API, and other servers' feeds.

Bytes in, a `Feed` out; fetching is elsewhere. What can't be read of a feed is told entry by entry
and never loses the rest; an answer that is no feed at all is a `FeedError`.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from papers import feed_document, feed_entry
from papers.digest import Announcement, Digest, Problem
from papers.feed_document import Document, Entry, FeedError
from papers.feed_entry import EntryError, Source

__all__ = ["Feed", "FeedError", "parse"]

_EASTERN = ZoneInfo("America/New_York")
_YEARS = range(1991, 2100)  # arXiv began in 1991; a date outside is an accident, not a day
_EVENING = timedelta(hours=4)  # from the announcement at 20:00 to midnight
_OF_ARXIV = re.compile(r"(?P<names>.{1,500}?) updates on (?:the )?arXiv\.org", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Feed:
    """What one feed says. `kind` is `atom`, `rss`, `rdf` or `query` (a page of arXiv's query API).

    `category` is the configured one, else what arXiv's feeds are titled with (several joined by
    `+`, as in their addresses), else empty. `day` is the announcement day, US Eastern, or None
    where no credible date is told. `total` and `start` are a query's: how many results there are
    in all, and at which of them (from 0) this page begins. Of its `entries`, so many are `lacking`
    a field: `title`, `abstract`, `authors`, `categories`, `announce type`.
    """

    kind: str
    category: str
    day: date | None
    announcements: tuple[Announcement, ...]
    problems: tuple[Problem, ...] = ()
    total: int | None = None
    start: int | None = None
    entries: int = 0
    lacking: Mapping[str, int] = field(default_factory=dict)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the papers announced."""
        return frozenset(announcement.paper.id for announcement in self.announcements)

    def digest(self, category: str, day: date) -> Digest:
        """This feed as what `category` announced on `day`."""
        return Digest(category, day, self.announcements, self.problems, self.kind)


def parse(data: bytes, *, category: str = "") -> Feed:
    """The feed in `data`, its announcements in the order in which it lists them.

    `category` names what a feed is about; papers that tell no arXiv category of their own are
    filed under it. An empty feed is a Feed without announcements. Raises FeedError when `data`
    is no feed, or when the feed itself says that the request was refused.
    """
    document = feed_document.read(data)
    _refuse_errors(document)
    kind = _kind(document)
    title = _OF_ARXIV.match(document.title)
    covers = tuple(re.split(r",\s*", title["names"])) if title else ()
    announced, problems = _announced(document, Source(kind, covers, category))
    return Feed(
        kind=kind,
        category=category or "+".join(covers),
        day=_day(document, kind, of_arxiv=bool(covers)),
        announcements=announced,
        problems=problems,
        total=document.total,
        start=document.start,
        entries=len(document.entries),
        lacking=Counter(name for each in document.entries for name in feed_entry.lacking(each)),
    )


def _refuse_errors(document: Document) -> None:
    if document.title.startswith("Feed error for query"):
        raise FeedError(f"arXiv refused the request: {document.subtitle or document.title}")
    for entry in document.entries[:1]:
        if "arxiv.org/api/errors" in entry.id:
            raise FeedError(f"arXiv refused the query: {entry.summary or entry.title}")


def _kind(document: Document) -> str:
    if document.total is not None and "arxiv.org/api" in document.id:
        return "query"
    if not document.version.startswith("rss"):
        return "atom"
    return "rdf" if document.version in ("rss090", "rss10") else "rss"


def _announced(
    document: Document, source: Source
) -> tuple[tuple[Announcement, ...], tuple[Problem, ...]]:
    problems = [document.damage] if document.damage else []
    announced: dict[str, Announcement] = {}
    for position, entry in enumerate(document.entries, start=1):
        try:
            found = feed_entry.announcement(entry, position, source)
            found = _distinct(found, announced)
        except EntryError as error:
            problems.append(Problem(entry.line, str(error), _excerpt(entry)))
            continue
        announced[found.paper.id] = found
        if unknown := feed_entry.unknown_type(entry):
            reason = f"announce type {unknown[:40]!r} is unknown and was read as {found.type}"
            problems.append(Problem(entry.line, reason, _excerpt(entry)))
    return tuple(announced.values()), tuple(problems)


def _distinct(found: Announcement, announced: dict[str, Announcement]) -> Announcement:
    """`found` under an id that none of `announced` has: pages of other papers may share a link.

    Raises EntryError when the paper has been announced already.
    """
    paper = found.paper
    other = announced.get(paper.id)
    if other is None:
        return found
    if other.paper.title == paper.title or not paper.id.startswith("http"):
        raise EntryError(f"{paper.id} is announced a second time in this feed")
    mark = hashlib.sha256(paper.title.encode()).hexdigest()[:12]
    return _distinct(replace(found, paper=replace(paper, id=f"{paper.id}#{mark}")), announced)


def _excerpt(entry: Entry) -> str:
    return (entry.title or entry.id or entry.link or entry.summary)[:200]


def _day(document: Document, kind: str, *, of_arxiv: bool) -> date | None:
    """The latest day that the entries are dated, else the feed's own; a query's are submissions.

    Since 2024 arXiv dates a batch with the midnight after the evening of its announcement; the
    RDF before was dated with that evening itself.
    """
    if kind == "query":
        return None
    later = _EVENING if of_arxiv and kind == "rdf" else timedelta()
    dated = [moment for entry in document.entries if (moment := _moment(entry.date))]
    moment = max(dated, default=None) or _moment(document.date)
    return (moment + later).date() if moment else None


def _moment(text: str) -> datetime | None:
    """The moment in `text`, ISO 8601 or RFC 5322, in US Eastern time; None for what is neither or
    lies out of range. A time without zone is taken for Eastern."""
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
        if moment.year in _YEARS:
            return moment.astimezone(_EASTERN) if moment.tzinfo else moment.replace(tzinfo=_EASTERN)
    return None
