"""Where the words of a day's titles (or abstracts) stand: posting lists, and phrases over them.

A place is one number, the paper's in its upper half and the word's in its lower half, so that
the lists are sorted as they are made, and a phrase is found by joining sorted arrays.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence

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


class Postings:
    """The index of one text of each paper: its title, say. Papers are numbered as given."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = tuple(texts)
        self._by_form: dict[tuple[str, int], array[int]] = defaultdict(_no_places)
        self._by_stem: dict[str, dict[int, array[int]]] = defaultdict(_by_length)
        self._papers: dict[str, int] = defaultdict(int)
        for paper, text in enumerate(self._texts):
            for place, chain in chains(text):
                self._add(chain, paper, place)
        self._beginnings = sorted((form.casefold(), form, length) for form, length in self._by_form)
        self._places: dict[str, list[tuple[int, Places]]] = {}

    def _add(self, chain: str, paper: int, place: int) -> None:
        for offset, length, written in forms(chain):
            here = (paper << _PAPER) + place + offset
            self._by_form[written, length].append(here)
            for stem in stems(written):
                self._by_stem[stem][length].append(here)
                self._papers[stem] |= 1 << paper

    def find(self, units: Sequence[Unit]) -> int:
        """The set of papers in which the units stand next to each other, in order."""
        if len(units) == 1 and len(units[0]) == 1:
            return self._papers_of(units[0][0][0])
        return self._papers_at(self._ends(units, None)) if self._holding(units) else 0

    def spans(self, units: Sequence[Unit], paper: int) -> list[Span]:
        """Where the units stand in the paper's text, `(begin, end)` in characters, ascending."""
        firsts = [places for term in units[0][0] for _, places in self._places_of(term)]
        begins = np.unique(np.concatenate([_NOWHERE, *(_within(f, paper) for f in firsts)]))
        return [
            (words[begin & _WORD][0], words[(end & _WORD) - 1][1])
            for words in [spans(self._texts[paper])]
            for begin in begins.tolist()
            for end in self._ends(units, np.array([begin])).tolist()
        ]

    def _holding(self, units: Sequence[Unit]) -> int:
        """The papers that hold the words of the units in some spelling, wherever they stand."""
        papers = -1
        for unit in units:
            reached = [papers] + [0] * len(unit)
            for first, row in enumerate(unit):
                for last, term in enumerate(row, first + 1):
                    reached[last] |= reached[first] & self._papers_of(term)
            papers = reached[-1]
        return papers

    def _ends(self, units: Sequence[Unit], begins: Places | None) -> Places:
        """Before which places the units end that begin at one of `begins` (or anywhere)."""
        for unit in units:
            reached = [begins] + [_NOWHERE] * len(unit)
            for first, row in enumerate(unit):
                for last, term in enumerate(row, first + 1):
                    for length, places in self._places_of(term):
                        ends = _common(reached[first], places) + length
                        reached[last] = _union(reached[last], ends)
            begins = reached[-1]
        assert begins is not None
        return begins

    def _papers_of(self, term: str) -> int:
        if term[0] != "=" and term[-1] != "*":
            return self._papers.get(term, 0)
        if term not in self._papers:
            places = [_array(places) for _, places in self._forms_of(term)]
            self._papers[term] = self._papers_at(np.concatenate([_NOWHERE, *places]))
        return self._papers[term]

    def _places_of(self, term: str) -> list[tuple[int, Places]]:
        found = self._places.get(term)
        if found is None:
            by_length: dict[int, list[Places]] = {}
            for length, places in self._forms_of(term):
                by_length.setdefault(length, []).append(_array(places))
            found = self._places[term] = [(n, _sorted(each)) for n, each in by_length.items()]
        return found

    def _forms_of(self, term: str) -> Iterable[tuple[int, "array[int]"]]:
        """Where all forms that a term stands for begin, each with its length in words."""
        if term.startswith("="):
            known = self._by_form.get((term[1:], 1))
            return [(1, known)] if known else []
        if not term.endswith("*"):
            return self._by_stem[term].items() if term in self._by_stem else []
        first = bisect_left(self._beginnings, (term[:-1],))
        last = bisect_left(self._beginnings, (term[:-1] + LAST,))
        forms = ((form, length) for _, form, length in self._beginnings[first:last])
        return [(length, self._by_form[form, length]) for form, length in forms]

    def _papers_at(self, places: Places) -> int:
        """The papers in which the places are."""
        if len(places) <= _FEW:
            return bitset(place >> _PAPER for place in places.tolist())
        papers = np.zeros(len(self._texts), dtype=np.uint8)
        papers[places >> _PAPER] = 1
        return int.from_bytes(np.packbits(papers, bitorder="little").tobytes(), "little")


_WORD = (1 << _PAPER) - 1
_FEW = 16  # below that many places, numpy takes longer than a loop


def _no_places() -> "array[int]":
    return array("q")


def _by_length() -> dict[int, "array[int]"]:
    return defaultdict(_no_places)


def _sorted(places: list[Places]) -> Places:
    return places[0] if len(places) == 1 else np.sort(np.concatenate(places))


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
