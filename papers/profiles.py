"""Profiles made ready for matching, to be kept between days: what all ask, each part once."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from papers.keyword import Keyword
from papers.program import AT_ONCE, Find, Numbers, Program, Rows, width
from papers.ranking import grades


@dataclass(frozen=True)
class Profiles:
    """Profiles with at least one keyword, ascending by id.

    The profile at place `p` has the keywords `distinct[k]` for the `k` in
    `keywords[starts[p]:starts[p + 1]]`, in the order given.
    """

    ids: NDArray[np.int64]
    starts: NDArray[np.int64]
    keywords: Numbers
    distinct: tuple[Keyword, ...]
    program: Program

    @cached_property
    def graded(self) -> Program:
        """The program of all grades: four rows for each distinct keyword, the best grade first."""
        return Program(grade for keyword in self.distinct for grade in grades(keyword.tree))

    def of(self, profile: int) -> tuple[int, Numbers] | None:
        """The place of a profile, and the numbers of its keywords; `None` if there is none."""
        place = int(np.searchsorted(self.ids, profile))
        if place == len(self.ids) or self.ids[place] != profile:
            return None
        return place, self.keywords[self.starts[place] : self.starts[place + 1]]

    def united(self, find: Find, papers: int) -> Rows:
        """For every profile its papers, out of so many, as a row; `find` gives those of a leaf."""
        united = np.zeros((len(self.ids), width(papers)), dtype=np.uint64)
        asked = self.program.roots[self.keywords]
        for columns, rows in self.program.blocks(find, papers):
            for places, firsts, count in self._alike():
                union = rows.take(asked[firsts], axis=0)
                for nth in range(1, count):
                    union |= rows.take(asked[firsts + nth], axis=0)
                united[places, columns] = union
        return united

    def _alike(self) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], int]]:
        """Some thousand profiles at a time, all with the same number of keywords: their places,
        where their keywords begin, and that number."""
        counts = np.diff(self.starts)
        for count in np.unique(counts):
            places = np.flatnonzero(counts == count)
            for begin in range(0, len(places), AT_ONCE):
                some = places[begin : begin + AT_ONCE]
                yield some, self.starts[some], int(count)


def compile_profiles(profiles: Mapping[int, Sequence[Keyword]]) -> Profiles:
    """Profiles (keywords by chat number) made ready. Equal keywords of one profile count once."""
    numbers: dict[Keyword, int] = {}
    ids = sorted(profile for profile, keywords in profiles.items() if keywords)
    starts = [0]
    flat: list[int] = []
    for profile in ids:
        flat += _numbered(profiles[profile], numbers)
        starts.append(len(flat))
    return Profiles(
        np.array(ids, dtype=np.int64),
        np.array(starts, dtype=np.int64),
        np.array(flat, dtype=np.int32),
        tuple(numbers),
        Program(keyword.tree for keyword in numbers),
    )


def _numbered(keywords: Sequence[Keyword], numbers: dict[Keyword, int]) -> Iterable[int]:
    return dict.fromkeys([numbers.setdefault(keyword, len(numbers)) for keyword in keywords])
