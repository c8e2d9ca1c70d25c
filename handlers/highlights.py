"""Which words of a paper its keywords hit. What is shown to many chats is looked up once."""

from functools import lru_cache

from papers.errors import KeywordError
from papers.keyword import Keyword, parse
from papers.matching import DayIndex, Match, index
from papers.paper import Paper

_PAPERS = 256  # papers kept ready to be looked at, some 100 KB each
_KEYWORDS = 4096
_MATCHES = 8192


class Highlights:
    """Finds what is to be shown in bold, and keeps what it found for a while."""

    def __init__(self) -> None:
        self._ready = lru_cache(_PAPERS)(_alone)
        self._parsed = lru_cache(_KEYWORDS)(_parsed)
        self.of = lru_cache(_MATCHES)(self._of)
        """What `keywords` (canonical texts) hit in a paper; None when none does."""

    def _of(self, paper: Paper, keywords: tuple[str, ...]) -> Match | None:
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
