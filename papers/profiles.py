"""Profiles made ready for matching, to be kept between days: what all ask, each part once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from papers.keyword import Keyword
from papers.program import Numbers, Program, Rows
from papers.ranking import grades

_AT_ONCE = 16_384


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

    def united(self, rows: Rows) -> Rows:
        """For every profile the union of its keywords' rows, `rows` being those of the program."""
        united = np.zeros((len(self.ids), rows.shape[1]), dtype=np.uint64)
        counts = np.diff(self.starts)
        for count in np.unique(counts):
            places = np.flatnonzero(counts == count)
            for begin in range(0, len(places), _AT_ONCE):
                some = places[begin : begin + _AT_ONCE]
                united[some] = self._union(rows, some, int(count))
        return united

    def _union(self, rows: Rows, places: NDArray[np.int64], count: int) -> Rows:
        first = self.starts[places]
        numbers = self.program.roots[self.keywords[first]]
        result: Rows = rows[numbers]
        for nth in range(1, count):
            result |= rows[self.program.roots[self.keywords[first + nth]]]
        return result


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
