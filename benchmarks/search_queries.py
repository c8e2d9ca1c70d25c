"""Queries of each class, drawn from real papers, in the language of Paperboy and of the others."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from random import Random

from papers.analysis import word_chains
from papers.keyword import LONGEST
from papers.paper import Paper
from papers.text import clean

HOSTILE = (
    " ".join(["the"] * 32),
    " OR ".join(["the"] * 32),
    " OR ".join(f"{a}{b}*" for a in ("pro", "con", "int", "com") for b in ("", "a", "e", "o", "s")),
    " ".join("pro* con* int* com* mod* tra* the* and* sta* dis* exp* res*".split()),
    " ".join("in of and the to for with that on is are this we by as from be an can".split()),
    '"' + " ".join("of the in a and to of the in a and to of the in a and to".split()) + '"',
    "x -(the OR of OR and) OR the -(a OR in OR to)",
    "a-b-c-d-e-f-g-h/a-b-c-d-e-f-g-h",
    '"u-net few-shot multi-scale end-to-end state-of-the-art zero-shot real-time"',
    " ".join(f"au:{letter}" for letter in "abcdefghijklmnop"),
    " ".join(f'au:"{letter} zhang"' for letter in "abcdefghijklmnop"),
)
_FEWEST = {"rare": 1, "middling": 20, "common": 200}  # of 2,000 papers


class Queries:
    """Draws queries, the same for the same seed."""

    def __init__(self, papers: Sequence[Paper], seed: int = 3) -> None:
        self._random = Random(seed)
        self._papers = papers
        self._texts = [[w for c in word_chains(clean(p.abstract)) for w in c] for p in papers]
        counts = Counter(word.lower() for text in self._texts for word in set(text))
        plain = [(word, n) for word, n in counts.items() if word.isascii() and word.isalpha()]
        self._by_class = {
            "rare": [word for word, n in plain if 1 <= n < 4 and len(word) > 3],
            "middling": [word for word, n in plain if 20 <= n < 100],
            "common": [word for word, n in plain if n >= 200],
        }

    def classes(self, count: int) -> Mapping[str, Sequence[str]]:
        """So many queries of each class."""
        made: dict[str, Callable[[], str]] = {
            **{name: lambda name=name: self._word(name) for name in _FEWEST},  # type: ignore[misc]
            "AND": lambda: f"{self._word('middling')} {self._word('common')}",
            "AND of common": lambda: " ".join(self._word("common") for _ in range(4)),
            "phrase": self._phrase,
            "prefix": self._prefix,
            "field": self._field,
            "in vain": lambda: f'"{self._word("middling")} {self._word("middling")}"',
        }
        return {name: list(islice(_all(draw), count)) for name, draw in made.items()}

    def _word(self, name: str) -> str:
        return self._random.choice(self._by_class[name])

    def _phrase(self) -> str:
        text = self._random.choice(self._texts)
        first = self._random.randrange(max(1, len(text) - 3))
        return f'"{" ".join(text[first : first + self._random.choice((2, 2, 3))])}"'

    def _prefix(self) -> str:
        word = self._word(self._random.choice(("rare", "middling", "common")))
        return f"{word[: self._random.randint(3, 6)]}*" if len(word) > 3 else self._prefix()

    def _field(self) -> str:
        kind = self._random.choice(("ti", "au", "cat"))
        if kind == "ti":
            return f"ti:{self._word('middling')}"
        paper = self._random.choice(self._papers)
        if kind == "cat":
            return f"cat:{paper.categories[0]} {self._word('middling')}"
        return f'au:"{self._random.choice(paper.authors)}"'


def _all(draw: Callable[[], str]) -> Iterator[str]:
    while True:
        query = draw()
        if len(query) < LONGEST:
            yield query
