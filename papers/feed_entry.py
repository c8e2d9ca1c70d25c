"""One entry of a feed as one announcement: which paper it is, what is said of it, of what type.

arXiv tells id, version and type up to four times (Atom id, link, head of the summary; before 2024
in brackets behind the title), so that any one of them may be missing. Papers from elsewhere go by
their DOI, or by the address of their page.
"""

import re
from typing import NamedTuple

from papers import creators, identifier
from papers.digest import Announcement, AnnounceType
from papers.errors import PaperboyError
from papers.feed_document import Entry
from papers.identifier import Identifier
from papers.paper import Paper

_HEAD = re.compile(r"(?P<id>arXiv:\S+)\s+Announce Type:\s*(?P<type>[\w-]*)\s+(?:Abstract:\s*)?")
_TAIL = re.compile(
    r"\((?P<id>arXiv:[^\s()]+)(?:\s+\[(?P<category>[^\[\]]+)\])?(?:\s+(?P<type>[A-Z ]+))?\)\s*"
)
_DOI = re.compile(r"\b(10\.\d{4,9}/[^\s\"<>?#&]+)")
_EDITION = re.compile(r"(?:v(?P<version>[1-9]\d{0,2}))?(?:\.(?:full|abstract|short|pdf)\S*)?/?$")
_BEFORE_2024 = {"UPDATED": "replace", "CROSS LISTED": "cross"}


class EntryError(PaperboyError):
    """An entry that announces no paper; the text says what it lacks."""


class Source(NamedTuple):
    """What an entry can't tell of its feed: `kind` as in `Feed`, the categories that it covers,
    and the category under which papers that have none of their own are filed (or `""`)."""

    kind: str
    covers: tuple[str, ...] = ()
    filed_under: str = ""


class _Said(NamedTuple):
    """An entry's texts, parted from what arXiv writes before the abstract and behind the title."""

    title: str
    abstract: str
    ids: tuple[str, ...]
    categories: tuple[str, ...]
    type: str


def announcement(entry: Entry, position: int, source: Source) -> Announcement:
    """The announcement that `entry` makes. Raises EntryError when it is of none."""
    said = _said(entry)
    if not said.title:
        raise EntryError("the entry has no title")
    found = _arxiv(said.ids)
    paper_id, version = found or _elsewhere(entry)
    filed = (source.filed_under,) if source.filed_under else ()
    categories = (said.categories or filed) if found else (filed or said.categories)
    whole_list = source.kind == "query"
    paper = Paper(
        id=paper_id,
        title=said.title,
        abstract=said.abstract,
        authors=tuple(map(creators.tidy, entry.creators))
        if whole_list
        else creators.names(entry.creators),
        categories=categories,
        comment=entry.comment,
        doi=_doi(entry.doi) or ("" if found else paper_id.partition("doi:")[2]),
    )
    return Announcement(position, paper, _type(said, version, source), version)


def unknown_type(entry: Entry) -> str:
    """The announce type that `entry` names, if it is none of arXiv's four, else `""`."""
    return "" if entry.announce_type in ("", *AnnounceType) else entry.announce_type


def lacking(entry: Entry) -> list[str]:
    """The fields that `entry` leaves empty or out, by the names that operators read."""
    said = _said(entry)
    told = {
        "title": said.title,
        "abstract": said.abstract,
        "authors": entry.creators,
        "categories": said.categories,
        "announce type": said.type,
    }
    return [name for name, value in told.items() if not value]


def _said(entry: Entry) -> _Said:
    head = _HEAD.match(entry.summary)
    at = entry.title.rfind("(arXiv:")
    tail = _TAIL.fullmatch(entry.title, at) if at >= 0 else None
    ids = [entry.id, *(found["id"] for found in (head, tail) if found), entry.link]
    told = entry.announce_type or (head["type"] if head else "")
    if tail and not told:
        told = _BEFORE_2024.get((tail["type"] or "").strip(), "new")
    return _Said(
        title=entry.title[:at].rstrip().removesuffix(".") if tail else entry.title,
        abstract=entry.summary[head.end() :] if head else entry.summary,
        ids=tuple(ids),
        categories=entry.categories or ((tail["category"],) if tail and tail["category"] else ()),
        type=told,
    )


def _arxiv(names: tuple[str, ...]) -> Identifier | None:
    """The first arXiv id among `names`, with the version that any of them tells of it."""
    found = [each for name in names if (each := identifier.parse(name))]
    versions = [each.version for each in found if each.id == found[0].id and each.version]
    return Identifier(found[0].id, versions[0] if versions else None) if found else None


def _elsewhere(entry: Entry) -> Identifier:
    """The id of a paper that is not arXiv's: its DOI (in lower case: case has no meaning there)."""
    edition = _EDITION.search(entry.link.partition("?")[0])
    version = int(edition["version"]) if edition and edition["version"] else None
    for text in (entry.doi, entry.link, entry.id):
        if doi := _doi(text):
            return Identifier(f"doi:{doi.lower()}", version)
    for text in (entry.link, entry.id):
        if re.match(r"https?://[^\s/]+", text):
            return Identifier(text, None)
    raise EntryError("the entry has neither an arXiv id, nor a DOI, nor a link")


def _doi(text: str) -> str:
    found = _DOI.search(text)
    if not found:
        return ""
    doi = found[1].rstrip(".,;)/")
    return _EDITION.sub("", doi) if "://" in text else doi


def _type(said: _Said, version: int | None, source: Source) -> AnnounceType:
    """The announce type; where none is told a second version is a replacement, but in a query's
    answer everything is new (a query asks for papers, whatever became of them since)."""
    try:
        told = AnnounceType(said.type)
    except ValueError:
        later = (version or 1) > 1 and source.kind != "query"
        return AnnounceType.REPLACE if later else AnnounceType.NEW
    if told is AnnounceType.REPLACE and source.kind == "rdf" and not _covered(said, source):
        return AnnounceType.REPLACE_CROSS  # `UPDATED` stands for both
    return told


def _covered(said: _Said, source: Source) -> bool:
    primary = "".join(said.categories[:1])
    return not source.covers or any(
        primary == name or primary.startswith(f"{name}.") for name in source.covers
    )
