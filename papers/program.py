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

    def run(self, find: Callable[[Leaf], int], papers: int) -> Rows:
        """The rows of all parts for a day of so many papers, `find` giving the set for a leaf."""
        width = papers // 64 + 1
        rows = np.empty((self._size, width), dtype=np.uint64)
        found = [0, (1 << papers) - 1, *map(find, self.leaves)]
        packed = b"".join(bits.to_bytes(8 * width, "little") for bits in found)
        rows[: len(found)] = np.frombuffer(packed, dtype="<u8").reshape(-1, width)
        for operator, into, left, right in self._steps:
            _apply(operator, rows, into, left, right)
        return rows


def sets(rows: Rows) -> Iterator[int]:
    """The rows as bitset integers."""
    for row in rows:
        yield int.from_bytes(row.astype("<u8").tobytes(), "little")


def _apply(operator: int, rows: Rows, into: slice, left: Numbers, right: Numbers) -> None:
    """One step, a few thousand rows at a time, so that what is gathered stays in the cache."""
    for begin in range(0, len(left), _AT_ONCE):
        part = slice(begin, begin + _AT_ONCE)
        out = rows[into][part]
        np.take(rows, left[part], axis=0, out=out, mode="clip")
        other = rows[right[part]]
        if operator == _AND:
            np.bitwise_and(out, other, out=out)
        elif operator == _OR:
            np.bitwise_or(out, other, out=out)
        else:
            np.bitwise_and(out, np.invert(other, out=other), out=out)


_AT_ONCE = 4096


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
