"""Any number of papers made from the statistics of the real ones: their sentences, mixed.

A made paper has the title, the authors and the categories of three real papers and an abstract of
as many sentences as a fourth has, each from any of them. So words, phrases, names and categories
are as frequent as in reality, and analysed sentences can be put together without reading them anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from papers.paper import Paper
from papers.text import clean
from storage.search_words import row

_END = re.compile(r"(?<=[a-z)][.!?]) (?=[A-Z])")
_Row = tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """A paper, and its words if they are known without reading it."""

    paper: Paper
    words: _Row | None = None

    @property
    def row(self) -> _Row:
        """Its row of the search index."""
        return self.words or row(self.paper)


class Maker:
    """Makes papers from real ones, the same for the same seed."""

    def __init__(self, real: Sequence[Paper], seed: int = 1) -> None:
        self._random = Random(seed)
        self._titles = [(clean(p.title), row(Paper("", clean(p.title)))) for p in real]
        self._people = [(p.authors, row(Paper("", "", authors=p.authors))[6]) for p in real]
        self._categories = [
            (p.categories, row(Paper("", "", categories=p.categories))[7]) for p in real
        ]
        split = [_END.split(clean(paper.abstract)) for paper in real]
        self._counts = [len(sentences) for sentences in split]
        self._sentences = [(s, row(Paper("", "", s))) for each in split for s in each]

    def papers(self, count: int) -> Iterator[Made]:
        """So many papers, one after the other."""
        choose = self._random.choice
        for number in range(count):
            title, told = choose(self._titles)
            authors, people = choose(self._people)
            categories, under = choose(self._categories)
            sentences = [choose(self._sentences) for _ in range(choose(self._counts))]
            abstract = " ".join(text for text, _ in sentences)
            stems, forms, extra = (" ".join(r[n] for _, r in sentences) for n in (1, 3, 5))
            paper = Paper(f"made.{number}", title, abstract, authors, categories)
            yield Made(paper, (told[0], stems, told[2], forms, told[4], extra, people, under))
