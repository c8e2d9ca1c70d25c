"""What the rest of the program may ask of the search: values and the interface, free of SQLite.

A search finds what the matcher would match. `number`s order papers as they came into the archive;
they mean nothing outside. So the newest paper is the one that came last: an old one imported today
is newer here than what was announced yesterday, which is why the past is to be imported first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from papers.keyword import Keyword
from papers.paper import Paper

AT_MOST = 300
"""The papers that are looked at for one answer: the newest of those that match."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to search for, among papers announced on `since` or later if that is given.

    Ordered by relevance (`papers.ranking`, as far as the index tells), then the newest first.
    """

    keyword: Keyword
    category: str = ""
    since: date | None = None
    newest: bool = False


class Found(NamedTuple):
    """One page of an answer.

    The answer is the newest `total` papers (AT_MOST at most) with numbers up to `top`; asking again
    with the same `top` gives the same, whatever has come in since. `older` is the `top` with which
    to go on to those before, None if there are none. `hurried`: time ran out, so there may be more
    between. `unknown`, if nothing was found: the words of the query that no paper has.
    """

    papers: Sequence[Paper]
    total: int
    top: int
    older: int | None
    hurried: bool = False
    unknown: Sequence[str] = ()


class Preview(NamedTuple):
    """What a keyword would have brought. `days` are the newest announcement days, newest first,
    each with its number of papers found; `newest` are the newest five; `phrase` says how many have
    the keyword's words side by side, if it is several."""

    days: Sequence[tuple[date, int]]
    newest: Sequence[Paper]
    phrase: int | None
    hurried: bool = False

    @property
    def total(self) -> int:
        """How many papers on all days."""
        return sum(papers for _, papers in self.days)


class IndexState(NamedTuple):
    """How the index stands: papers in the archive and in it, and what is wrong with it, if any."""

    papers: int
    indexed: int
    fault: str

    @property
    def sound(self) -> bool:
        """Whether a search finds all there is."""
        return not self.fault


class Search(Protocol):
    """The search over all papers."""

    async def find(
        self, query: Query, top: int | None = None, first: int = 0, count: int = 10
    ) -> Found:
        """`count` papers of an answer from the one at place `first` on.

        Raises storage.errors.IndexDamaged when the index must be made anew.
        """

    async def preview(self, keyword: Keyword, days: int = 30) -> Preview:
        """What a keyword would have brought on the newest announcement days."""

    async def check(self, whole: bool = False) -> IndexState:
        """How the index stands; `whole` reads all of it, otherwise it takes milliseconds."""

    async def catch_up(self) -> int:
        """Take in some of the papers that the index lacks; how many it still lacks."""

    async def discard(self) -> None:
        """Empty the index; catching up fills it again."""


class Searched(Protocol):
    """The part of a store that is searched."""

    @property
    def search(self) -> Search:
        """The search over all papers."""
