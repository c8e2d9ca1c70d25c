"""A feed's XML read into plain typed records. feedparser, confined; bytes in, nothing fetched.

feedparser is told neither to sanitise nor to resolve links: with either switched on it treats RSS
descriptions as HTML and eats mathematics (`$n<m$`), and takes quadratic time over comments. It gets
a stream, never the bytes themselves: bytes that happen to name a file would make it open that file.
"""

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from xml.sax import SAXParseException

import feedparser

from papers.digest import Problem
from papers.errors import PaperboyError

MOST_BYTES = 15_000_000
MOST_ENTRIES = 5_000
_LONGEST = {"title": 5_000, "summary": 50_000, "author": 200_000}  # characters kept of a field
_LONGEST_FIELD = 2_000

_ENTRY = re.compile(rb"<(?:[a-z]{1,20}:)?(?:item|entry)[\s/>]", re.IGNORECASE)
_CLOSED = re.compile(
    rb"</\s*(?:\w{1,20}:)?(?:feed|rss|rdf)\s*>(?:\s|<!--.{0,2000}?-->)*\Z", re.I | re.S
)
# Its address pattern is quadratic: 64 KB of `a.a.a.` after an `@` take it 22 seconds.
_ADDRESS_RUN = re.compile(rb"(?<![\w.+@-])[\w.+@-]{500,}")


class FeedError(PaperboyError):
    """An answer that is no feed: an error page, an error feed, an empty or a cut-off one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as the feed has it; texts are as received, absent ones empty. `line` is from 1."""

    line: int
    id: str
    link: str
    title: str
    summary: str
    creators: tuple[str, ...]
    categories: tuple[str, ...]
    announce_type: str
    date: str
    doi: str
    comment: str
    journal: str


@dataclass(frozen=True, slots=True)
class Document:
    """A feed as it stands. `version` is feedparser's: `atom10`, `rss20`, `rss10` (RDF), …

    `total` and `start` are OpenSearch's, of a page of results. `damage` tells where and why the
    XML is not well-formed, if so; the entries are then what could be made of it.
    """

    version: str
    id: str
    title: str
    subtitle: str
    date: str
    total: int | None
    start: int | None
    entries: tuple[Entry, ...]
    damage: Problem | None


def read(data: bytes) -> Document:
    """The feed in `data` (at most MOST_BYTES, MOST_ENTRIES), in any encoding and feed format.

    Raises FeedError when it is empty, no feed at all, too large, or cut off before its end.
    """
    lines = _checked(data)
    parsed = _parsed(data)
    feed = parsed["feed"]
    if not parsed.get("version"):
        raise FeedError("The answer is not a feed but something else, such as an error page.")
    damage = _damage(parsed.get("bozo_exception")) if parsed["bozo"] else None
    if damage and not _CLOSED.search(data[-4096:].replace(b"\0", b"")):
        raise FeedError(f"The feed is cut off before its end ({len(parsed['entries'])} entries).")
    if len(lines) != len(parsed["entries"]):  # then an entry is told by its number
        lines = list(range(1, len(parsed["entries"]) + 1))
    return Document(
        version=parsed["version"],
        id=_text(feed, "id"),
        title=_text(feed, "title"),
        subtitle=_text(feed, "subtitle"),
        date=_text(feed, "published") or _text(feed, "updated"),
        total=_number(feed, "opensearch_totalresults"),
        start=_number(feed, "opensearch_startindex"),
        entries=tuple(map(_entry, lines, parsed["entries"])),
        damage=damage,
    )


def _checked(data: bytes) -> list[int]:
    """The line of each entry, if `data` is of a size that a feed may have."""
    if not data.strip():
        raise FeedError("The answer is empty: not even a feed without entries.")
    if len(data) > MOST_BYTES:
        raise FeedError(f"The feed has {len(data):,} bytes; at most {MOST_BYTES:,} are read.")
    lines, line, at = [], 1, 0
    for found in _ENTRY.finditer(data):
        line, at = line + data.count(b"\n", at, found.start()), found.start()
        lines.append(line)
    if len(lines) > MOST_ENTRIES:
        raise FeedError(f"The feed has {len(lines):,} entries; at most {MOST_ENTRIES:,} are read.")
    return lines


def _parsed(data: bytes) -> Any:
    stream = io.BytesIO(_ADDRESS_RUN.sub(lambda run: run[0][:500], data))
    try:
        return feedparser.parse(stream, resolve_relative_uris=False, sanitize_html=False)
    except Exception as error:
        # Over hostile bytes feedparser and its parsers fail in their own many ways
        # (AssertionError, RecursionError, LookupError, …); for us each says "no feed".
        raise FeedError(f"The answer can't be read as a feed: {error or type(error)}.") from error


def _damage(error: object) -> Problem:
    """Why expat gave up, as xml.sax tells it; other complaints are of no one line."""
    line, why = 1, str(error)
    if isinstance(error, SAXParseException):
        line, why = error.getLineNumber() or 1, error.getMessage()
    return Problem(line, "the XML is damaged and was mended", why[:_LONGEST_FIELD])


def _entry(line: int, entry: Any) -> Entry:
    primary = entry.get("arxiv_primary_category")
    terms = [primary.get("term")] if isinstance(primary, Mapping) else []
    terms += [tag.get("term") for tag in entry.get("tags", ())]
    return Entry(
        line=line,
        id=_text(entry, "id"),
        link=_text(entry, "link"),
        title=_text(entry, "title"),
        summary=_text(entry, "summary") or _content(entry),
        creators=_creators(entry),
        categories=tuple(dict.fromkeys(_clean(term) for term in terms if term)),
        announce_type=_text(entry, "arxiv_announce_type"),
        date=_text(entry, "published") or _text(entry, "updated"),
        doi=_text(entry, "arxiv_doi") or _text(entry, "prism_doi") or _text(entry, "dc_identifier"),
        comment=_text(entry, "arxiv_comment"),
        journal=_text(entry, "arxiv_journal_reference") or _text(entry, "arxiv_journal_ref"),
    )


def _creators(entry: Any) -> tuple[str, ...]:
    """One string for all authors, or one for each. The single one is taken before feedparser
    looks for e-mail addresses in it, which costs it the brackets."""
    listed = [_text(author, "name") for author in entry.get("authors", ())]
    if len(listed) > 1:
        return tuple(name for name in listed if name)
    single = _text(entry, "author")
    return (single,) if single else ()


def _content(entry: Any) -> str:
    return next((_text(content, "value") for content in entry.get("content", ())), "")


def _text(record: Any, key: str) -> str:
    value = dict.get(record, key)  # its own `get` guesses: `published` for `updated`, and warns
    longest = _LONGEST.get(key, _LONGEST_FIELD)
    return _clean(value)[:longest].strip() if isinstance(value, str) else ""


def _clean(text: str) -> str:
    """`text` as valid Unicode: character references may smuggle in NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _number(record: Any, key: str) -> int | None:
    text = _text(record, key)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None
