"""Many trees evaluated at once: every distinct part once, whole levels of them in one numpy step.

A tree's value is a row of bits, one bit a paper, in 64-bit words. Row 0 is nothing and row 1 is
everything; then come the distinct leaves, then what joins them, level by level.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from papers.syntax import And, Leaf, Not, Or, Tree

Rows = NDArray[np.uint64]
Find = Callable[[Leaf], int]
Numbers = NDArray[np.int32]

_NOTHING, _EVERYTHING, _FIRST = 0, 1, 2
_AND, _OR, _LESS = 0, 1, 2
_Step = tuple[int, slice, Numbers, Numbers]


class Program:
    """What is to be computed for some trees (`None` matches nothing), ready to run on any day."""

    def __init__(self, trees: Iterable[Tree | None]) -> None:
        builder = _Builder()
        numbers = (builder.add(tree) if tree else _NOTHING for tree in trees)
        made = np.fromiter(numbers, dtype=np.int32)
        self.leaves = tuple(builder.leaves)
        self._steps, order = builder.steps()
        self._size = len(order)
        self.roots: Numbers = order[made]
        """For each tree, its row in what `run` returns."""

    def run(self, find: Find, papers: int) -> Rows:
        """The rows of all parts for a day of so many papers, `find` giving the set for a leaf."""
        ((_, rows),) = self.blocks(find, papers, width(papers))
        return rows

    def blocks(self, find: Find, papers: int, wide: int = 16) -> Iterator[tuple[slice, Rows]]:
        """The same in blocks of columns, `wide` of 64 papers each. Every block is overwritten by
        the next: what is touched over and over should stay in the processor's cache."""
        leaves = self._leaf_rows(find, papers)
        block = np.empty((self._size, min(wide, width(papers))), dtype=np.uint64)
        for begin in range(0, width(papers), wide):
            columns = slice(begin, begin + wide)
            rows = block[:, : leaves[:, columns].shape[1]]
            rows[: len(leaves)] = leaves[:, columns]
            for operator, into, left, right in self._steps:
                _apply(operator, rows, into, left, right)
            yield columns, rows

    def _leaf_rows(self, find: Find, papers: int) -> Rows:
        found = [0, (1 << papers) - 1, *map(find, self.leaves)]
        packed = b"".join(bits.to_bytes(8 * width(papers), "little") for bits in found)
        return np.frombuffer(packed, dtype="<u8").reshape(len(found), -1)


def width(papers: int) -> int:
    """How many 64-bit words a row has for a day of so many papers."""
    return papers // 64 + 1


def _apply(operator: int, rows: Rows, into: slice, left: Numbers, right: Numbers) -> None:
    """One step, a few thousand rows at a time, so that what is gathered stays in the cache."""
    for begin in range(0, len(left), AT_ONCE):
        part = slice(begin, begin + AT_ONCE)
        other = rows.take(right[part], axis=0)
        if operator == _LESS:
            np.invert(other, out=other)
        combine = np.bitwise_or if operator == _OR else np.bitwise_and
        combine(rows.take(left[part], axis=0), other, out=rows[into][part])


AT_ONCE = 4096
"""Rows handled by one call of numpy."""


class _Builder:
    """Gives every distinct part of the trees a number, however often it occurs."""

    def __init__(self) -> None:
        self.leaves: dict[Leaf, int] = {}
        self._numbers: dict[tuple[int, int, int], int] = {}
        self._levels: list[int] = [0, 0]

    def add(self, tree: Tree) -> int:
        """The number of a tree (not yet its row)."""
        match tree:
            case And(children):
                kept = [child for child in children if not isinstance(child, Not)]
                less = [child.child for child in children if isinstance(child, Not)]
                return self._fold(_LESS, self._fold(_AND, _EVERYTHING, kept), less)
            case Or(children):
                return self._fold(_OR, _NOTHING, children)
            case Not(child):
                return self._fold(_LESS, _EVERYTHING, [child])
        if tree not in self.leaves:
            self.leaves[tree] = self._new(0)
        return self.leaves[tree]

    def steps(self) -> tuple[list[_Step], Numbers]:
        """The steps in the order in which they can be run, and the row of every number."""
        operators = np.zeros(len(self._levels), dtype=np.int32)
        operands = np.zeros((len(self._levels), 2), dtype=np.int32)
        for (operator, left, right), number in self._numbers.items():
            operators[number], operands[number] = operator, (left, right)
        groups = np.array(self._levels, dtype=np.int32) * 3 + operators
        sequence = np.argsort(groups, kind="stable")
        order = np.empty(len(groups), dtype=np.int32)
        order[sequence] = np.arange(len(groups), dtype=np.int32)
        return list(_grouped(groups[sequence], order[operands[sequence]])), order

    def _fold(self, operator: int, first: int, trees: Sequence[Tree]) -> int:
        numbers = sorted(map(self.add, trees))
        return reduce(lambda left, right: self._joined(operator, left, right), numbers, first)

    def _joined(self, operator: int, left: int, right: int) -> int:
        if (operator, left) in ((_AND, _EVERYTHING), (_OR, _NOTHING)):
            return right
        if operator != _LESS and left > right:
            left, right = right, left
        part = (operator, left, right)
        if part not in self._numbers:
            self._numbers[part] = self._new(1 + max(self._levels[left], self._levels[right]))
        return self._numbers[part]

    def _new(self, level: int) -> int:
        self._levels.append(level)
        return len(self._levels) - 1


def _grouped(groups: Numbers, operands: Numbers) -> Iterator[_Step]:
    """Runs of equal (level, operator), all above level 0 being steps."""
    begins = np.flatnonzero(np.diff(groups, prepend=-1))
    for begin, end in zip(begins, [*begins[1:], len(groups)], strict=True):
        if groups[begin] >= 3:
            into = slice(int(begin), int(end))
            yield int(groups[begin]) % 3, into, operands[into, 0], operands[into, 1]
