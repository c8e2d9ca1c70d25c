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
from storage.search_words import Chain, read, row, texts

_END = re.compile(r"(?<=[a-z)][.!?]) (?=[A-Z])")


@dataclass(frozen=True)
class Made:
    """A paper; and its title and its abstract as they are read, if that is known already."""

    paper: Paper
    title: Sequence[Chain] = ()
    abstract: Sequence[Chain] = ()

    @property
    def row(self) -> tuple[str, ...]:
        """Its row of the search index."""
        if self.title:
            return texts(self.title, self.abstract, self.paper.authors, self.paper.categories)
        return row(self.paper)


class Maker:
    """Makes papers from real ones, the same for the same seed."""

    def __init__(self, real: Sequence[Paper], seed: int = 1) -> None:
        self._random = Random(seed)
        self._real = real
        self._titles = [_read(clean(paper.title)) for paper in real]
        split = [_END.split(clean(paper.abstract)) for paper in real]
        self._counts = [len(sentences) for sentences in split]
        self._sentences = [_read(sentence) for each in split for sentence in each]

    def papers(self, count: int) -> Iterator[Made]:
        """So many papers, one after the other."""
        choose = self._random.choice
        for number in range(count):
            title, told = choose(self._titles)
            authors, categories = choose(self._real).authors, choose(self._real).categories
            sentences = [choose(self._sentences) for _ in range(choose(self._counts))]
            abstract = " ".join(text for text, _ in sentences)
            paper = Paper(f"made.{number}", title, abstract, authors, categories)
            yield Made(paper, told, [chain for _, chains in sentences for chain in chains])


def _read(text: str) -> tuple[str, Sequence[Chain]]:
    return text, read(text)
