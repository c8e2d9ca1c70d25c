"""Papers as JSON Lines, plain or gzip, streamed: one paper a line, in either of two shapes.

The one is what API clients write: `authors` and `categories` are lists, the abstract is `summary`.
The other is arXiv's public metadata snapshot: `categories` are one string with blanks, authors are
`authors_parsed` (last name, first names, suffix, then affiliations) beside one `authors` string,
the abstract is `abstract`, and `versions` are listed. Each field may be absent but id and title.
"""

import json
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, NamedTuple

from papers import creators, identifier
from papers.digest import Problem
from papers.errors import PaperboyError
from papers.paper import Paper

MOST_LINE = 4_000_000  # bytes; collaborations of 5,000 authors need about 300,000
_CHUNK = 1 << 18


class RecordsError(PaperboyError):
    """A file that can't be read to its end as what it began as."""


class Record(NamedTuple):
    """A line read: its number from 1, the paper or what is wrong with it, and the offset in bytes
    (of the unpacked text) at which the next line begins, from which reading may go on later."""

    line: int
    found: Paper | Problem
    end: int


def read(stream: BinaryIO, *, line: int = 0, offset: int = 0) -> Iterator[Record]:
    """The records of `stream` in order, skipping empty lines, in memory bounded by MOST_LINE.

    Whether it is gzip shows in its first bytes. To go on after an interruption give the `line` and
    `end` of the last record taken (with gzip, what comes before is unpacked again, not read).
    Raises RecordsError when gzip is damaged or cut off, after what came before it.
    """
    for number, (text, end) in enumerate(_lines(_unpacked(stream, offset), offset), start=line + 1):
        if text.strip() or len(text) > MOST_LINE:
            yield Record(number, _record(text, number), end)


def _record(text: bytes, line: int) -> Paper | Problem:
    if len(text) > MOST_LINE:
        reason = f"the line is longer than {MOST_LINE:,} bytes"
    else:
        try:
            return paper(json.loads(text))
        except (ValueError, RecursionError) as error:  # not JSON, or not UTF-8
            reason = f"not a JSON object: {error}"
        except RecordsError as error:
            reason = str(error)
    return Problem(line, reason, text[:200].decode("utf-8", "replace"))


def paper(record: Any) -> Paper:
    """The paper in one decoded record of either shape. Raises RecordsError for what is none."""
    if not isinstance(record, dict):
        raise RecordsError("not a JSON object but another kind of value")
    named = _text(record, "id") or _text(record, "abs") or _text(record, "pdf")
    found = identifier.parse(named)
    if not found:
        raise RecordsError(f"no arXiv id: {named[:60]!r}" if named else "no id")
    title = _text(record, "title")
    if not title:
        raise RecordsError(f"{found.id} has no title")
    return Paper(
        id=found.id,
        title=title,
        abstract=_text(record, "abstract") or _text(record, "summary"),
        authors=_authors(record),
        categories=_categories(record.get("categories")),
        comment=_text(record, "comment") or _text(record, "comments"),
        doi=_text(record, "doi"),
    )


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    return _valid(value).strip() if isinstance(value, str) else ""


def _valid(text: str) -> str:
    """`text` as valid Unicode: JSON may spell out NUL and lone surrogates."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")


def _strings(value: object) -> list[str]:
    return (
        [_valid(each) for each in value if isinstance(each, str)] if isinstance(value, list) else []
    )


def _authors(record: dict[str, Any]) -> tuple[str, ...]:
    parsed = record.get("authors_parsed")
    if isinstance(parsed, list) and parsed:
        names = (_strings(each)[:3] for each in parsed)
        full = (" ".join([*each[1:2], *each[:1], *each[2:3]]) for each in names)
        return tuple(name for each in full if (name := creators.tidy(each)))
    listed = record.get("authors")
    if isinstance(listed, str):
        return creators.split(_valid(listed))
    return tuple(name for each in _strings(listed) if (name := creators.tidy(each)))


def _categories(value: object) -> tuple[str, ...]:
    names = value.split() if isinstance(value, str) else _strings(value)
    return tuple(dict.fromkeys(name for each in names if (name := each.strip())))


def _lines(chunks: Iterable[bytes], offset: int) -> Iterator[tuple[bytes, int]]:
    """Each line of `chunks` without its end, and where the next begins; of one that is too long
    only the beginning (one byte more than MOST_LINE) is kept."""
    begun, length = b"", 0
    for chunk in chunks:
        *whole, rest = chunk.split(b"\n")
        for part in whole:
            offset += length + len(part) + 1
            yield begun + part[: MOST_LINE + 1 - len(begun)], offset
            begun, length = b"", 0
        begun += rest[: MOST_LINE + 1 - len(begun)]
        length += len(rest)
    if length:
        yield begun, offset + length


def _unpacked(stream: BinaryIO, offset: int) -> Iterator[bytes]:
    """The text of `stream` from `offset` on, in chunks; gzip is unpacked in bounded steps."""
    head = stream.read(2)
    chunks = _chunks(stream, head)
    if head == b"\x1f\x8b":
        chunks = _inflated(chunks)
    elif offset > len(head) and stream.seekable():
        stream.seek(offset)
        chunks, offset = _chunks(stream, b""), 0
    for chunk in chunks:
        yield chunk[offset:]
        offset = max(0, offset - len(chunk))


def _chunks(stream: BinaryIO, head: bytes) -> Iterator[bytes]:
    yield head
    while chunk := stream.read(_CHUNK):
        yield chunk


def _inflated(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """What gzip packed, also in several members one after the other, or padded with zeros."""
    member = None
    for chunk in chunks:
        while chunk := chunk if member else chunk.lstrip(b"\0"):
            member = member or zlib.decompressobj(wbits=31)
            try:
                yield member.decompress(chunk, _CHUNK)
            except zlib.error as error:
                raise RecordsError(f"The gzip file is damaged: {error}.") from error
            chunk = member.unused_data if member.eof else member.unconsumed_tail
            member = None if member.eof else member
    if member:
        raise RecordsError("The gzip file is cut off before its end.")
