"""Where the words of a day's titles (or abstracts) stand: posting lists, and phrases over them.

For every form that occurs, `{paper: mask}` tells its places in that paper: bit `n` of the mask is
set when a reading of that form begins at word `n`. Phrases are found by shifting masks.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from papers.analysis import analyse, spans, stems
from papers.bits import bitset, ones
from papers.syntax import Unit

Masks = dict[int, int]
Span = tuple[int, int]
LAST = "\U0010ffff"
"""Sorts after anything that can follow in a word."""


class Entry(NamedTuple):
    """What is known of a term: the papers that hold it, and its places, by length in words."""

    papers: int
    masks: tuple[tuple[int, Masks], ...]


class Postings:
    """The index of one text of each paper: its title, say. Papers are numbered as given."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = tuple(texts)
        self._forms: dict[int, dict[str, Masks]] = {}
        for paper, text in enumerate(self._texts):
            for place, length, written in analyse(text):
                masks = self._forms.setdefault(length, {}).setdefault(written, {})
                masks[paper] = masks.get(paper, 0) | 1 << place
        self._by_stem: dict[str, list[tuple[int, Masks]]] = {}
        beginnings: list[tuple[str, int, str]] = []
        for length, forms in self._forms.items():
            for written, masks in forms.items():
                beginnings.append((written.casefold(), length, written))
                for stem in stems(written):
                    self._by_stem.setdefault(stem, []).append((length, masks))
        self._beginnings = sorted(beginnings)
        self._entries: dict[str, Entry] = {}

    def find(self, units: Sequence[Unit]) -> int:
        """The set of papers in which the units stand next to each other, in order."""
        if len(units) == 1 and len(units[0]) == 1:
            return self._entry(units[0][0][0]).papers
        candidates = ones(self._candidates(units))
        found = [paper for paper in candidates if self._ends(units, paper, -1)]
        return bitset(found, len(self._texts)) if found else 0

    def spans(self, units: Sequence[Unit], paper: int) -> list[Span]:
        """Where the units stand in the paper's text, `(begin, end)` in characters, ascending."""
        first = [self._entry(term) for term in units[0][0]]
        begins = 0
        for entry in first:
            for _, masks in entry.masks:
                begins |= masks.get(paper, 0)
        words = spans(self._texts[paper]) if begins else []
        return [
            (words[begin][0], words[end - 1][1])
            for begin in ones(begins)
            for end in ones(self._ends(units, paper, 1 << begin))
        ]

    def _candidates(self, units: Sequence[Unit]) -> int:
        """The papers that hold the words of the units in some spelling, wherever they stand."""
        papers = -1
        for unit in units:
            reached = [papers] + [0] * len(unit)
            for begin, row in enumerate(unit):
                for end, term in enumerate(row, begin + 1):
                    reached[end] |= reached[begin] & self._entry(term).papers
            papers = reached[-1]
        return papers

    def _ends(self, units: Sequence[Unit], paper: int, begins: int) -> int:
        """The places in a paper before which the units end, if they begin at one of `begins`."""
        for unit in units:
            reached = [begins] + [0] * len(unit)
            for begin, row in enumerate(unit):
                for end, term in enumerate(row, begin + 1):
                    for length, masks in self._entry(term).masks:
                        reached[end] |= (reached[begin] & masks.get(paper, 0)) << length
            begins = reached[-1]
        return begins

    def _entry(self, term: str) -> Entry:
        entry = self._entries.get(term)
        if entry is None:
            entry = self._entries[term] = self._gathered(term)
        return entry

    def _gathered(self, term: str) -> Entry:
        merged: dict[int, Masks] = {}
        for length, masks in self._lists(term):
            into = merged.setdefault(length, {})
            for paper, mask in masks.items():
                into[paper] = into.get(paper, 0) | mask
        papers = set().union(*merged.values())
        return Entry(bitset(papers, len(self._texts)), tuple(merged.items()))

    def _lists(self, term: str) -> Iterator[tuple[int, Masks]]:
        if term.startswith("="):
            yield 1, self._forms.get(1, {}).get(term[1:], {})
        elif term.endswith("*"):
            first = bisect_left(self._beginnings, (term[:-1],))
            last = bisect_left(self._beginnings, (term[:-1] + LAST,))
            for _, length, written in self._beginnings[first:last]:
                yield length, self._forms[length][written]
        else:
            yield from self._by_stem.get(term, ())
