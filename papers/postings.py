"""Where the words of a day's titles (or abstracts) stand: posting lists, and phrases over them.

A place is one number, the paper's in its upper half and the word's in its lower half, so that
the lists are sorted as they are made, and a phrase is found by joining sorted arrays.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from papers.analysis import chains, forms, spans, stems
from papers.bits import bitset
from papers.syntax import Unit

Span = tuple[int, int]
Places = NDArray[np.int64]
LAST = "\U0010ffff"
"""Sorts after anything that can follow in a word."""

_PAPER = 32  # the bits that a paper's number is shifted by
_NOWHERE: Places = np.empty(0, dtype=np.int64)


class Entry(NamedTuple):
    """What is known of a term: the papers that hold it, and where it begins, by length in words."""

    papers: int
    places: list[tuple[int, Places]]


class Postings:
    """The index of one text of each paper: its title, say. Papers are numbered as given."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = tuple(texts)
        self._by_form: dict[tuple[str, int], array[int]] = defaultdict(_no_places)
        by_stem: dict[tuple[str, int], array[int]] = defaultdict(_no_places)
        for paper, text in enumerate(self._texts):
            for place, chain in chains(text):
                for offset, length, written in forms(chain):
                    here = (paper << _PAPER) + place + offset
                    self._by_form[written, length].append(here)
                    for stem in stems(written):
                        by_stem[stem, length].append(here)
        self._by_stem: dict[str, list[tuple[int, Places]]] = defaultdict(list)
        for (stem, length), places in by_stem.items():
            self._by_stem[stem].append((length, _array(places)))
        self._beginnings = sorted((form.casefold(), form, length) for form, length in self._by_form)
        self._entries: dict[str, Entry] = {}

    def find(self, units: Sequence[Unit]) -> int:
        """The set of papers in which the units stand next to each other, in order."""
        if len(units) == 1 and len(units[0]) == 1:
            return self._entry(units[0][0][0]).papers
        return self._papers(self._ends(units, None))

    def spans(self, units: Sequence[Unit], paper: int) -> list[Span]:
        """Where the units stand in the paper's text, `(begin, end)` in characters, ascending."""
        firsts = [places for term in units[0][0] for _, places in self._entry(term).places]
        begins = np.unique(np.concatenate([_NOWHERE, *(_within(f, paper) for f in firsts)]))
        return [
            (words[begin & _WORD][0], words[(end & _WORD) - 1][1])
            for words in [spans(self._texts[paper])]
            for begin in begins.tolist()
            for end in self._ends(units, np.array([begin])).tolist()
        ]

    def _ends(self, units: Sequence[Unit], begins: Places | None) -> Places:
        """Before which places the units end that begin at one of `begins` (or anywhere)."""
        for unit in units:
            reached = [begins] + [_NOWHERE] * len(unit)
            for first, row in enumerate(unit):
                for last, term in enumerate(row, first + 1):
                    for length, places in self._entry(term).places:
                        ends = _common(reached[first], places) + length
                        reached[last] = _union(reached[last], ends)
            begins = reached[-1]
        assert begins is not None
        return begins

    def _entry(self, term: str) -> Entry:
        entry = self._entries.get(term)
        if entry is None:
            places = self._places(term)
            papers = self._papers(*(found for _, found in places))
            entry = self._entries[term] = Entry(papers, places)
        return entry

    def _places(self, term: str) -> list[tuple[int, Places]]:
        if term.startswith("="):
            known = self._by_form.get((term[1:], 1))
            return [(1, _array(known))] if known else []
        if not term.endswith("*"):
            return self._by_stem.get(term, [])
        by_length: dict[int, list[Places]] = {}
        first = bisect_left(self._beginnings, (term[:-1],))
        last = bisect_left(self._beginnings, (term[:-1] + LAST,))
        for _, form, length in self._beginnings[first:last]:
            by_length.setdefault(length, []).append(_array(self._by_form[form, length]))
        return [(length, np.sort(np.concatenate(each))) for length, each in by_length.items()]

    def _papers(self, *places: Places) -> int:
        """The papers in which the places are."""
        if sum(map(len, places)) <= _FEW:
            return bitset([place >> _PAPER for some in places for place in some.tolist()])
        papers = np.zeros(len(self._texts), dtype=np.uint8)
        for some in places:
            papers[some >> _PAPER] = 1
        return int.from_bytes(np.packbits(papers, bitorder="little").tobytes(), "little")


_WORD = (1 << _PAPER) - 1
_FEW = 16  # below that many places, numpy takes longer than a loop


def _no_places() -> "array[int]":
    return array("q")


def _array(places: "array[int]") -> Places:
    return np.frombuffer(places, dtype=np.int64)


def _within(places: Places, paper: int) -> Places:
    first, last = places.searchsorted((paper << _PAPER, (paper + 1) << _PAPER))
    return places[first:last]


def _common(begins: Places | None, places: Places) -> Places:
    """The places that are in both; in sorted arrays without repeats, which the result is too."""
    if begins is None:
        return places
    few, many = (begins, places) if len(begins) < len(places) else (places, begins)
    if not len(few):
        return few
    nearest = many.searchsorted(few)
    nearest[nearest == len(many)] = 0
    found: Places = few[many[nearest] == few]
    return found


def _union(some: Places | None, others: Places) -> Places:
    return others if some is None or not len(some) else np.union1d(some, others)
