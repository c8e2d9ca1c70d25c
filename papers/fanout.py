"""All matches of many profiles as arrays, ranked by the rule of `papers.ranking`."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from papers.profiles import Profiles
from papers.program import Numbers, Rows
from papers.ranking import LAST_GRADE

_AT_ONCE = 1024  # profiles
_Longs = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """The matches of some profiles: by profile ascending, then best first.

    The n-th match is of profile `profiles[n]` (its id), paper `papers[n]` (its place in the day),
    `ranks[n]`-th of the profile's matches from 0, by the keywords with the numbers
    `keywords[starts[n]:starts[n + 1]]`, in the order of the profile.
    """

    profiles: _Longs
    papers: Numbers
    ranks: Numbers
    starts: _Longs
    keywords: Numbers


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Matches of single keywords: parallel arrays, sorted by profile and paper."""

    profile: _Longs
    paper: _Longs
    keyword: _Longs
    grade: _Longs
    rarity: _Longs


def batches(profiles: Profiles, rows: Rows, papers: int) -> Iterator[Batch]:
    """The matches, given the rows of `profiles.graded` for a day of so many papers."""
    for begin in range(0, len(profiles.ids), _AT_ONCE):
        pairs = _pairs(profiles, rows, papers, begin)
        if len(pairs.paper):
            yield _ranked(profiles, pairs)


def _pairs(profiles: Profiles, rows: Rows, papers: int, begin: int) -> _Pairs:
    """The matches of every keyword of the profiles from `begin` on."""
    starts = profiles.starts[begin : begin + _AT_ONCE + 1]
    owners = np.repeat(np.arange(begin, begin + len(starts) - 1), np.diff(starts))
    asked, which = np.unique(profiles.keywords[starts[0] : starts[-1]], return_inverse=True)
    matched, grade = _graded(profiles, rows, papers, asked)
    counts = matched.sum(axis=1)
    keyword, paper = np.nonzero(matched)
    firsts = np.cumsum(counts) - counts
    chosen = _stretches(firsts[which], counts[which])
    profile = np.repeat(owners, counts[which])
    order = np.lexsort((paper[chosen], profile))
    chosen = chosen[order]
    keyword, paper = keyword[chosen], paper[chosen]
    return _Pairs(
        profile[order],
        paper,
        asked[keyword].astype(np.int64),
        grade[keyword, paper],
        counts[keyword],
    )


def _graded(
    profiles: Profiles, rows: Rows, papers: int, asked: Numbers
) -> tuple[NDArray[np.bool_], _Longs]:
    """For keywords and papers, whether they match, and with which grade."""
    grades = LAST_GRADE + 1
    roots = profiles.graded.roots.reshape(-1, grades)[asked]
    packed = rows[roots].astype("<u8").view(np.uint8)
    bits = np.unpackbits(packed, axis=2, count=papers, bitorder="little")
    return bits[:, LAST_GRADE].astype(bool), bits.argmax(axis=1)


def _ranked(profiles: Profiles, pairs: _Pairs) -> Batch:
    """Pairs of the same profile and paper made one match, and the matches put in order."""
    new = np.diff(pairs.profile, prepend=-1) | np.diff(pairs.paper, prepend=-1)
    begins = np.flatnonzero(new)
    counts = np.diff(begins, append=len(pairs.paper))
    grade = np.minimum.reduceat(pairs.grade, begins)
    rarest = np.minimum.reduceat(pairs.rarity, begins)
    profile, paper = pairs.profile[begins], pairs.paper[begins]
    order = np.lexsort((paper, rarest, -counts, grade, profile))
    firsts = np.flatnonzero(np.diff(profile, prepend=-1))
    ranks = np.arange(len(order)) - np.repeat(firsts, np.diff(firsts, append=len(order)))
    return Batch(
        profiles.ids[profile[order]],
        paper[order].astype(np.int32),
        ranks.astype(np.int32),
        np.concatenate(([0], np.cumsum(counts[order]))),
        pairs.keyword[_stretches(begins[order], counts[order])].astype(np.int32),
    )


def _stretches(begins: _Longs, lengths: _Longs) -> _Longs:
    """The numbers `begins[0]`, `begins[0] + 1`, … (`lengths[0]` of them), then from `begins[1]`."""
    ends = np.cumsum(lengths)
    return np.repeat(begins - ends + lengths, lengths) + np.arange(ends[-1] if len(ends) else 0)
