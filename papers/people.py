"""Who wrote a day's papers, and under which categories they are: the indexes that need no stems."""

from bisect import bisect_left
from collections.abc import Sequence

from papers.bits import bitset
from papers.category import names_of
from papers.names import names, readings, words_of
from papers.postings import LAST, Span
from papers.text import clean


class Authors:
    """Finds the papers of an author. Every distinct name is compared once."""

    def __init__(self, authors: Sequence[Sequence[str]]) -> None:
        self._lists = [[clean(name) for name in names] for names in authors]
        self._papers: dict[str, list[int]] = {}
        for paper, listed in enumerate(self._lists):
            for name in listed:
                self._papers.setdefault(name, []).append(paper)
        self._by_word: dict[str, list[str]] = {}
        for name in self._papers:
            words = {word for reading in readings(words_of(name)) for word in reading}
            for word in {word.casefold() for word in words}:
                self._by_word.setdefault(word, []).append(name)
        self._words = sorted(self._by_word)

    def find(self, terms: Sequence[str]) -> int:
        """The set of papers with an author whom the terms name."""
        candidates = {name for term in self._spelled_out(terms) for name in self._holding(term)}
        sure = len(terms) == 1 and not terms[0].startswith(
            "="
        )  # a single word is all there is to it
        named = candidates if sure else (name for name in candidates if names(terms, name))
        return bitset(paper for name in named for paper in self._papers[name])

    def spans(self, terms: Sequence[str], paper: int) -> list[Span]:
        """Where the authors whom the terms name stand in the paper's authors, joined with `, `."""
        found: list[Span] = []
        begin = 0
        for name in self._lists[paper]:
            if names(terms, name):
                found.append((begin, begin + len(name)))
            begin += len(name) + 2
        return found

    def _spelled_out(self, terms: Sequence[str]) -> set[str]:
        return {term for reading in readings(terms) for term in reading}

    def _holding(self, term: str) -> list[str]:
        if not term.endswith("*"):
            return self._by_word.get(term.removeprefix("=").casefold(), [])
        first = bisect_left(self._words, term[:-1])
        last = bisect_left(self._words, term[:-1] + LAST)
        return [name for word in self._words[first:last] for name in self._by_word[word]]


class Categories:
    """Finds the papers of a category or an archive, under any of their categories."""

    def __init__(self, categories: Sequence[Sequence[str]]) -> None:
        self._lists = categories
        papers: dict[str, set[int]] = {}
        for paper, listed in enumerate(categories):
            for name in set().union(*map(names_of, listed)):
                papers.setdefault(name, set()).add(paper)
        self._papers = {name: bitset(held) for name, held in papers.items()}

    def find(self, name: str) -> int:
        """The set of papers under this category or archive (in lower case)."""
        return self._papers.get(name, 0)

    def spans(self, name: str, paper: int) -> list[Span]:
        """Where the categories that count stand in the paper's categories, joined with blanks."""
        found: list[Span] = []
        begin = 0
        for category in self._lists[paper]:
            if name in names_of(category):
                found.append((begin, begin + len(category)))
            begin += len(category) + 1
        return found
