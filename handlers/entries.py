"""What alerts consist of. What goes to many chats is made once."""

from functools import lru_cache

from handlers.days import heading
from handlers.html import Html
from handlers.sheets import abstract, headed
from papers.errors import KeywordError
from papers.keyword import Keyword, parse
from papers.matching import DayIndex, Match, index
from papers.paper import Paper

_PAPERS = 256  # papers kept ready to be looked at, some 100 KB each
_KEPT = 4096  # of anything else

Keywords = tuple[str, ...]  # canonical texts


class Entries:
    """Makes the headings and entries of alerts, and keeps them for a while."""

    def __init__(self) -> None:
        self._ready = lru_cache(_PAPERS)(_alone)
        self._parsed = lru_cache(_KEPT)(_parsed)
        self._match = lru_cache(_KEPT)(self._matched)
        self.heading = lru_cache(_KEPT)(heading)
        """How an alert begins."""
        self.head = lru_cache(_KEPT)(self._head)
        """How a paper begins that `keywords` brought, with what they hit in bold."""
        self.abstract = lru_cache(_KEPT)(self._abstract)
        """Its abstract, likewise, as far as it fits into so many UTF-16 units."""

    def _head(self, paper: Paper, keywords: Keywords) -> Html:
        return headed(paper, self._match(paper, keywords), keywords)

    def _abstract(self, paper: Paper, keywords: Keywords, room: int) -> Html:
        return abstract(paper, self._match(paper, keywords), room)

    def _matched(self, paper: Paper, keywords: Keywords) -> Match | None:
        ready = self._ready(paper)
        hits = [
            hit
            for keyword in map(self._parsed, keywords)
            if keyword and ready.find(keyword.tree)
            for hit in ready.hits(keyword, 0)
        ]
        return Match(paper, tuple(hits)) if hits else None


def _alone(paper: Paper) -> DayIndex:
    return index([paper])


def _parsed(keyword: str) -> Keyword | None:
    """A keyword that the language (still) reads; it only decides what is bold."""
    try:
        return parse(keyword)
    except KeywordError:
        return None
