"""arXiv identifiers, as people write them: bare, with a version, as a link, in either scheme.

https://info.arxiv.org/help/arxiv_identifier.html: `YYMM.NNNN` until 2014, `YYMM.NNNNN` since
January 2015, and `archive[.SC]/YYMMNNN` before April 2007; `vN` names a version.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

_NEW = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_OLD = r"[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]{2})?/\d{2}(?:0[1-9]|1[0-2])\d{3}"
_ID = rf"(?P<id>{_NEW}|{_OLD})(?:v(?P<version>[1-9]\d{{0,3}}))?"
_LINK = (
    r"(?:https?://)?(?:www\.|export\.|browse\.)?arxiv\.org/(?:abs|pdf|html|format|src|e-print)/"
    r"|(?:https?://)?(?:dx\.)?doi\.org/10\.48550/arxiv\."
    r"|(?:https?://)?(?:www\.)?(?:alphaxiv\.org/abs|huggingface\.co/papers|ar5iv\.org/abs)/"
    r"|arxiv:\s?|oai:arxiv\.org:"
)
_WHOLE = re.compile(rf"\s*(?:{_LINK})?{_ID}(?:\.pdf)?/?(?:[?#]\S*)?\s*", re.IGNORECASE)
_MENTIONED = re.compile(rf"(?:{_LINK}){_ID}(?![\d/])", re.IGNORECASE)


class Identifier(NamedTuple):
    """An arXiv id without its version, and the version if one was named."""

    id: str
    version: int | None = None


def parse(text: str) -> Identifier | None:
    """The identifier that `text` is (an id or a link to the paper), or None if it is none."""
    found = _WHOLE.fullmatch(text)
    return _identifier(found) if found else None


def mentioned(text: str) -> Iterator[Identifier]:
    """The papers that `text` links to or names as `arXiv:…`, in order, each id once."""
    seen: set[str] = set()
    for found in _MENTIONED.finditer(text):
        identifier = _identifier(found)
        if identifier.id not in seen:
            seen.add(identifier.id)
            yield identifier


def _identifier(found: re.Match[str]) -> Identifier:
    name = found["id"]
    if "/" in name:  # archives are lower-case, subject classes are not: math.GT/0309136
        archive, number = name.lower().split("/")
        base, dot, subject = archive.partition(".")
        name = f"{base}{dot}{subject.upper()}/{number}"
    return Identifier(name, int(found["version"]) if found["version"] else None)
