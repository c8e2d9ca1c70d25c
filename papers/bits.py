"""Sets of small numbers as integers: bit `n` is set when `n` is in the set."""

from collections.abc import Iterable, Iterator


def ones(bits: int) -> Iterator[int]:
    """The numbers in the set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def bitset(numbers: Iterable[int]) -> int:
    """The set of `numbers`."""
    bits = 0
    for number in numbers:
        bits |= 1 << number
    return bits
