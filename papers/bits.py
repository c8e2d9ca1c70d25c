"""Sets of small numbers as integers: bit `n` is set when `n` is in the set."""

from collections.abc import Iterable, Iterator


def ones(bits: int) -> Iterator[int]:
    """The numbers in the set, ascending."""
    while bits:
        lowest = bits & -bits
        yield lowest.bit_length() - 1
        bits ^= lowest


def bitset(numbers: Iterable[int], size: int) -> int:
    """The set of `numbers`, all below `size`."""
    digits = bytearray(b"0" * size)
    for number in numbers:
        digits[~number] = 49  # "1", the lowest at the end
    return int(digits or b"0", 2)
