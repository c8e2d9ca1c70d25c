"""Spelling variants folded away: accents, ligatures, Greek letters, invisible characters. Not case.

Case is kept because `=SAM` needs it; whoever compares without case folds the result once more.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_GREEK = (
    "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho "
    "Sigma Sigma Tau Upsilon Phi Chi Psi Omega"
).split()  # in the order of Unicode from U+0391, where the second sigma is the final one
_LETTERS = {
    **{chr(0x391 + place): name for place, name in enumerate(_GREEK)},
    **{chr(0x3B1 + place): name.lower() for place, name in enumerate(_GREEK)},
    **{"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "Th"},
    **dict(zip("łŁøØđĐðÐħĦıŧŦŋŊ", "lLoOdDdDhHitTnN", strict=True)),
    "×": "x",
}
_OTHER = re.compile(r"(?<=\d)\s?×\s?(?=\d)|[^\x00-\x7f]")
_DROPPED = frozenset(("Mn", "Mc", "Me", "Cf"))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and where its characters stood: `[begins[i], ends[i])` in the text it is of."""

    text: str
    begins: Sequence[int]
    ends: Sequence[int]


def fold(text: str) -> str:
    """`text` in NFKD without marks and invisible characters, special letters spelled out.

    `Fréchet` gives `Frechet`, `ﬁne` `fine`, `Łukasz` `Lukasz`, `κ` `kappa`, `3 × 3` `3x3`.
    """
    return text if text.isascii() else _OTHER.sub(lambda m: _plain(m[0]), text)


def fold_with_places(text: str) -> Folded:
    """The same as `fold`, with the place of every character; a mark belongs to its letter."""
    if text.isascii():
        return Folded(text, range(len(text)), range(1, len(text) + 1))
    folded: list[str] = []
    begins: list[int] = []
    ends: list[int] = []
    place = 0
    for other in _OTHER.finditer(text):
        folded.append(text[place : other.start()])
        begins += range(place, other.start())
        ends += range(place + 1, other.start() + 1)
        place = other.end()
        piece = _plain(other[0])
        folded.append(piece)
        begins += [other.start()] * len(piece)
        ends += [place] * len(piece)
        if not piece and ends and unicodedata.category(other[0]) != "Cf":
            ends[-1] = place
    begins += range(place, len(text))
    ends += range(place + 1, len(text) + 1)
    return Folded("".join((*folded, text[place:])), begins, ends)


@lru_cache(maxsize=16_384)
def _plain(piece: str) -> str:
    """What one character that isn't ASCII (or a spaced `×` between digits) is read as."""
    if "×" in piece:
        return "x"
    kept = (
        c for c in unicodedata.normalize("NFKD", piece) if unicodedata.category(c) not in _DROPPED
    )
    return "".join(_LETTERS.get(c, c) for c in kept)
