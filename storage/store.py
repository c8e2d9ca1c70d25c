"""What the rest of the program may ask of storage: values and one interface, free of SQLite.

Any store must pass tests/storage/contract.py. All times are aware; chats are Telegram's chat ids.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from papers.digest import AnnounceType, Digest
from papers.keyword import Keyword
from papers.paper import Paper
from storage.account import Archive, ChatTerms, Days
from storage.searches import Searched
from storage.shelf import Shelved
from storage.traffic import Inbox, Outbox


@dataclass(frozen=True, slots=True)
class Chat:
    """A chat as Telegram tells it; `topic` is the forum topic in which Paperboy was set up."""

    id: int
    kind: str
    title: str
    topic: int | None = None


class DigestInfo(NamedTuple):
    """A category's day in figures: papers new and cross-listed; `late`: missed and filled later."""

    number: int
    category: str
    day: date
    papers: int
    late: bool = False


class Told(NamedTuple):
    """One announcement of a paper: where, when and as what."""

    category: str
    day: date
    type: AnnounceType


class Ingested(NamedTuple):
    """What ingesting a digest changed: announcements recorded, alerts written or added to."""

    new: int
    alerts: int


class Find(NamedTuple):
    """A paper (by its position in the digest, from 0) that goes to a chat, and why; in order."""

    chat: int
    paper: int
    rank: int
    keywords: Sequence[str]


class AlertState(StrEnum):
    """Where an alert stands. `unknown`: sent, but the answer was lost, so it may have arrived."""

    PENDING = "pending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Alert:
    """One message of the outbox."""

    number: int
    chat: Chat
    day: date
    state: AlertState
    due: datetime
    attempts: int
    message: int | None = None
    note: str = ""
    doubts: int = 0  # how often it was sent and the answer lost, so that it may have arrived


class Item(NamedTuple):
    """A paper of an alert and the canonical texts of the keywords that brought it."""

    paper: Paper
    keywords: tuple[str, ...]


class AlertContent(NamedTuple):
    """What an alert tells: the digests its papers came from, and the papers best first."""

    digests: tuple[DigestInfo, ...]
    items: tuple[Item, ...]


class Papers(Protocol):
    """The papers, whichever digests they came from."""

    async def get(self, paper: str) -> Paper | None:
        """The paper with this arXiv id (without version)."""

    async def told(self, paper: str) -> Sequence[Told]:
        """Where and when it was announced, first to last."""


class Digests(Protocol):
    """The announcement days."""

    async def unrecorded(self, digest: Digest) -> Sequence[int]:
        """The positions (from 0, in `digest.papers`) of announcements not recorded yet."""

    async def ingest(
        self, digest: Digest, finds: Iterable[Find], now: datetime, origin: str = ""
    ) -> Ingested:
        """Record `digest`, account for its day and write the alerts of `finds`, in one transaction.

        Announcements recorded and papers a chat has had make no alert; what waits is added to.
        """

    async def get(self, category: str, day: date) -> Digest | None:
        """The digest as it was received (of the source that was ingested first)."""

    async def newest(self, within: Sequence[str] = ()) -> Sequence[DigestInfo]:
        """The newest day that has papers in these categories (or any): its categories by name."""

    async def of_day(self, day: date, within: Sequence[str] = ()) -> Sequence[DigestInfo]:
        """Those of these categories (or all) that have papers on one day, by name."""

    async def announced(self, category: str, papers: Sequence[str]) -> frozenset[str]:
        """Those of `papers` (ids) that a category has announced on whichever day."""

    async def incomplete(self, since: datetime) -> Sequence[tuple[str, date]]:
        """The categories and days ingested after `since` with papers that lack authors."""

    async def papers(self, day: date, within: Sequence[str] = ()) -> Sequence[Paper]:
        """The papers announced on one day in these categories (or any), each once, in order."""


class Subscribers(Protocol):
    """The chats and their profiles."""

    async def welcome(self, chat: Chat, now: datetime) -> bool:
        """Note a chat that uses Paperboy; True when it is new or comes back."""

    async def lose(self, chat: int) -> None:
        """The chat can't be written to any more: it goes quiet, its profile stays."""

    async def back(self, chat: int) -> None:
        """A chat that was lost can be written to again."""

    async def migrate(self, old: int, new: int) -> None:
        """A group became a supergroup: everything it has moves to the new id."""

    async def leave_topic(self, chat: int) -> None:
        """The forum topic in which Paperboy was set up is gone: alerts go to the general one."""

    async def keywords(self, chat: int) -> Sequence[Keyword]:
        """A chat's profile in the order in which it was made."""

    async def add(self, chat: int, keyword: Keyword) -> bool:
        """Add a keyword; False when the chat has it already."""

    async def remove(self, chat: int, keyword: Keyword) -> bool:
        """Remove a keyword; False when the chat doesn't have it."""

    async def profiles(self) -> Mapping[int, Sequence[Keyword]]:
        """The profiles of all chats that can be written to."""


class Alerts(Protocol):
    """The outbox."""

    async def lease(self, now: datetime, until: datetime, limit: int) -> Sequence[Alert]:
        """Up to `limit` due alerts, one a chat, oldest first; nobody else has them till `until`."""

    async def contents(self, numbers: Sequence[int]) -> Mapping[int, AlertContent]:
        """What alerts tell, by their numbers; without those that tell nothing that can be read."""

    async def get(self, number: int) -> Alert | None:
        """One alert."""

    async def sent(self, number: int, message: int, now: datetime) -> None:
        """Telegram confirmed it."""

    async def retry(self, number: int, at: datetime, note: str, doubtful: bool = False) -> None:
        """It failed for now; it falls due again at `at`. `doubtful`: it may have arrived."""

    async def postpone(self, number: int, until: datetime) -> None:
        """It was not tried: nobody is given it before `until`."""

    async def end(self, number: int, state: AlertState, note: str) -> None:
        """It won't be sent (any more) by itself."""

    async def requeue(self, now: datetime, *, number: int | None, state: AlertState | None) -> int:
        """Alerts that ended unsent (one, or all of a state) fall due again; how many did."""

    async def listed(self, state: AlertState | None = None) -> Sequence[Alert]:
        """The alerts in a state (or all), newest first."""

    async def counts(self, now: datetime) -> Outbox:
        """The outbox in figures; alerts of chats that are gone don't count as due."""


class Store(Searched, Shelved, Protocol):
    """Everything Paperboy remembers."""

    @property
    def papers(self) -> Papers:
        """The papers."""

    @property
    def digests(self) -> Digests:
        """The digests."""

    @property
    def subscribers(self) -> Subscribers:
        """The subscribers."""

    @property
    def alerts(self) -> Alerts:
        """The alerts."""

    @property
    def inbox(self) -> Inbox:
        """The updates."""

    @property
    def terms(self) -> ChatTerms:
        """What each chat wants."""

    @property
    def days(self) -> Days:
        """The account."""

    @property
    def archive(self) -> Archive:
        """Bulk imports."""

    async def upkeep(self, now: datetime) -> None: ...

    async def close(self) -> None:
        """Finish what is under way and let go of everything."""
