"""A digest: what one category announced on one day. Pure values, whatever they were read from."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from papers.paper import Paper


class AnnounceType(StrEnum):
    """arXiv's four kinds of announcement, in the order in which its lists print them."""

    NEW = "new"
    CROSS = "cross"
    REPLACE = "replace"
    REPLACE_CROSS = "replace-cross"


@dataclass(frozen=True, slots=True)
class Announcement:
    """One entry of a digest. `position` counts from 1 and may have gaps; a source that tells
    no version leaves it `None`, and one that tells no type announces everything as new."""

    position: int
    paper: Paper
    type: AnnounceType = AnnounceType.NEW
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """What could not be read of a source: its line (from 1), why, and what stood there."""

    line: int
    reason: str
    text: str


@dataclass(frozen=True, slots=True)
class Digest:
    """One category's announcements on one day, in order, and what could not be read of them.

    `day` is the announcement day (arXiv's, US Eastern), never a submission date.
    `source` names the kind of document it came from: `markdown`, `atom`, … and `heading` is the
    document's own first line, where it has one that is to be written again as it was.
    """

    category: str
    day: date
    announcements: tuple[Announcement, ...]
    problems: tuple[Problem, ...] = ()
    source: str = "markdown"
    heading: str = ""

    @property
    def papers(self) -> tuple[Paper, ...]:
        """The papers in the order of their announcements."""
        return tuple(announcement.paper for announcement in self.announcements)
