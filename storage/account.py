"""What the rest of the program may ask about days, wishes and imports: values and interfaces.

The other half of `storage.store`, and as free of SQLite. All times are aware.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from papers.digest import AnnounceType
from papers.hours import Hours
from papers.paper import Paper


class DayState(StrEnum):
    """What became of a category's list of a day. `filled`: from the query API, the feed missed.
    `held`: somebody has to look at it before anything of it is announced."""

    AWAITED = "awaited"
    INGESTED = "ingested"
    EMPTY = "empty"
    STALE = "stale"
    FAILED = "failed"
    FILLED = "filled"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Day:
    """One line of the account. `origin` is the address or file; `reason` says why there is
    no list, or what is amiss with it; `attempts` counts the looks in vain, `again` is when the
    next is due (None: settled); `counts` are papers by type."""

    category: str
    day: date
    state: DayState
    reason: str
    origin: str
    changed: datetime
    attempts: int
    again: datetime | None
    etag: str
    counts: Mapping[AnnounceType, int]

    @property
    def papers(self) -> int:
        """How many papers are new or cross-listed."""
        return self.counts[AnnounceType.NEW] + self.counts[AnnounceType.CROSS]


class Mark(NamedTuple):
    """How far a file of records has been imported: as `papers.records.read` counts."""

    line: int = 0
    offset: int = 0
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """What a chat wants. `categories` are groups, archives and categories by their ids, none for
    all that is read; `crosses`: also cross-lists."""

    categories: tuple[str, ...] = ()
    crosses: bool = True
    hours: Hours = field(default_factory=Hours)
    paused: bool = False


class ChatTerms(Protocol):
    """What each chat wants: which categories, when."""

    async def get(self, chat: int) -> Terms:
        """What a chat wants; the defaults for one that never said."""

    async def set(self, chat: int, terms: Terms, now: datetime) -> None:
        """Keep what a chat wants; what waits for it comes accordingly from `now` on."""

    async def all(self) -> Mapping[int, Terms]:
        """What all chats want that can be written to."""


class Days(Protocol):
    """The account: what became of each category's list of each announcement day."""

    async def claim(
        self, category: str, day: date, now: datetime, until: datetime, force: bool = False
    ) -> Day | None:
        """The day, to look for its list; nobody else gets it until `until` or the next `tell`.

        None when it is settled, when it isn't time to look `again` (unless `force`), or while
        somebody else is looking.
        """

    async def tell(self, day: Day) -> None:
        """Note what became of a claimed day, and let go of it. An ingested day stays ingested."""

    async def listed(self, category: str | None = None) -> Sequence[Day]:
        """The account of one category or all, newest day first."""

    async def since(self, category: str, day: date) -> Sequence[Day]:
        """A category's days from `day` on, oldest first."""

    async def categories(self) -> Sequence[str]:
        """All categories in the account, by name."""

    async def ids(self, category: str, before: date) -> frozenset[str]:
        """The papers of a category's last list earlier than `before`."""

    async def remark(self, category: str, day: date, remark: str) -> None:
        """Note what is amiss with a list that was ingested."""

    async def untold(self, since: date) -> Sequence[Day]:
        """The days from `since` on with a reason that operators were not told yet, oldest first."""

    async def tell_operators(self, category: str, day: date) -> bool:
        """Note that operators are to know what is wrong with a day; True the first time."""

    async def begin(self, task: str, day: date) -> bool:
        """Note that what is to be done once on `day` has begun; True for who comes first."""


class Archive(Protocol):
    """Papers in bulk, from files of records."""

    async def mark(self, key: str) -> Mark:
        """How far the file with this key has been imported."""

    async def add(self, key: str, papers: Sequence[Paper], mark: Mark) -> int:
        """Keep papers and how far they bring the import, in one transaction; how many are new."""
