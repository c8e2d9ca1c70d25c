"""Author names out of what sources put into one string: split, affiliations dropped, TeX read.

arXiv's feeds join all authors with commas, may add affiliations in brackets and keep the TeX that
authors typed (`Paulo Andr\\'e`); its feeds before 2024 wrapped each name in an escaped HTML link;
bioRxiv writes `Last, F.`; journals give one element per author, some as `Last, First`.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from papers import latex

_LONGEST = 200_000  # characters; 3,000 names of a collaboration need about half of that
_TAG = re.compile(r"</?a\b[^<>]*>", re.IGNORECASE)
_SEPARATOR = re.compile(r" ?[,;] ?(?:(?:and|&) )?|: | (?:and|&) ", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_a-z]\.[ -]?){1,4}|[A-Z]{1,3}")
_UNCLOSED = re.compile(r"\([^,;]{0,300}")
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)", re.IGNORECASE)
_NOBODY = re.compile(r"(?:and )?(?:et al\.?|others)|and|[\W\d_]*", re.IGNORECASE)
_TEX = re.compile(r"[\\{}~$]")
_TILDE = re.compile(r"\\~ ?\{?\\?([^\W\d_])\}?")
_LETTER = re.compile(r"\\(aa|ae|oe|o|l|ss|i|j)(?![a-z])(?:\{\}| +)?", re.IGNORECASE)


def split(text: str) -> tuple[str, ...]:
    """The authors named in one string, in order: `A. B (MIT, USA), C` gives `("A. B", "C")`.

    Text in brackets is taken for affiliations, however deep they nest; `et al.` is nobody.
    """
    plain = " ".join(unescape(_TAG.sub("", text[:_LONGEST])).split())
    parts = [tidy(part.strip("() ")) for part in _SEPARATOR.split(_without_brackets(plain))]
    return tuple(_joined([part for part in parts if not _NOBODY.fullmatch(part)]))


def names(creators: Sequence[str]) -> tuple[str, ...]:
    """The authors of an entry that has one string for all, or one string for each of them."""
    if len(creators) == 1:
        return split(creators[0])
    return tuple(name for creator in creators for name in _one_or_more(creator))


def tidy(name: str) -> str:
    """One name with its TeX read (`Erd\\H{o}s` is `Erdős`) and white space folded.

    In names a blank after `\\AA` or `\\o` only ends the macro, and `\\~` is an accent.
    """
    if _TEX.search(name):
        name = _TILDE.sub("\\1\u0303", name)
        name = latex.read(_LETTER.sub(r"{\\\1}", name))
    return " ".join(unicodedata.normalize("NFC", name).split())


def _one_or_more(creator: str) -> tuple[str, ...]:
    people = split(creator)
    if len(people) == 2 and creator.count(",") == 1 and ";" not in creator:
        return (f"{people[1]} {people[0]}",)
    return people


def _without_brackets(text: str) -> str:
    """`text` without what stands in matching brackets, and without what an unmatched one opens."""
    return "".join(_outside(text, sorted(_pairs(text))))


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    opened: list[int] = []
    for at, character in enumerate(text):
        if character == "(":
            opened.append(at)
        elif character == ")" and opened:
            yield opened.pop(), at + 1
    for at in opened:  # never closed: the rest of that name at most, not the names after it
        if rest := _UNCLOSED.match(text, at):
            yield rest.span()


def _outside(text: str, cuts: Iterable[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in cuts:
        if start >= at:
            yield text[at:start]
        at = max(at, end)
    yield text[at:]


def _joined(parts: list[str]) -> Iterator[str]:
    """The names in `parts`, where `Last, F.` and `Name, Jr.` were split at their own commas."""
    surnames, given = parts[::2], parts[1::2]
    if len(surnames) == len(given) > 0 and all(map(_INITIALS.fullmatch, given)):
        yield from (f"{first} {last}" for last, first in zip(surnames, given, strict=True))
        return
    for at, part in enumerate(parts):
        if _SUFFIX.fullmatch(part):
            continue
        suffix = parts[at + 1] if at + 1 < len(parts) else ""
        yield f"{part} {suffix}" if _SUFFIX.fullmatch(suffix) else part
