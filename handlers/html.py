"""Telegram's HTML, built from pieces that are escaped by construction. Knows no commands.

Telegram counts a message's text after parsing, in UTF-16 units, and refuses whole messages over
its limits; so each piece knows its size, and whole pieces are packed, never cut HTML.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

LIMIT = 4096  # UTF-16 units of a message's text after parsing
ENTITIES = 100  # beyond this many, Telegram leaves the rest of a message unformatted
_MARKS = 6  # bold words in one text: enough to see why, and far from the limit above


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of a message: its HTML, the plain text it shows, and how many entities it has."""

    html: str = ""
    plain: str = ""
    entities: int = 0

    def __add__(self, other: Html | str) -> Html:
        more = text(other)
        return Html(self.html + more.html, self.plain + more.plain, self.entities + more.entities)

    def __radd__(self, other: str) -> Html:
        return text(other) + self

    def __bool__(self) -> bool:
        return bool(self.plain)

    @property
    def units(self) -> int:
        """The size as Telegram counts it: UTF-16 units of the text shown."""
        return units(self.plain)

    def fits(self) -> bool:
        """Whether one message can hold this."""
        return self.units <= LIMIT and self.entities <= ENTITIES


def units(plain: str) -> int:
    """How many UTF-16 units `plain` takes: two for characters beyond the basic plane."""
    return len(plain.encode("utf-16-le", "surrogatepass")) // 2


def text(plain: Html | str) -> Html:
    """Text as it is; anything else in angle brackets stays text."""
    return plain if isinstance(plain, Html) else Html(escape(plain), plain)


def bold(content: Html | str) -> Html:
    """Bold."""
    return _tagged("b", content)


def italic(content: Html | str) -> Html:
    """Italic."""
    return _tagged("i", content)


def code(content: str) -> Html:
    """Fixed width; a tap copies it."""
    return _tagged("code", content)


def pre(content: str) -> Html:
    """Fixed width, on lines of its own."""
    return _tagged("pre", content)


def quote(content: Html | str) -> Html:
    """A quote that shows its beginning and opens on a tap."""
    return _tagged("blockquote", content, " expandable")


def link(address: str, content: Html | str) -> Html:
    """Text that leads to an address on the web; any other kind of address stays plain text."""
    if not address.startswith(("https://", "http://")):
        return text(content)
    return _tagged("a", content, f' href="{escape(address)}"')


def join(separator: Html | str, pieces: Iterable[Html | str]) -> Html:
    """The pieces with `separator` between them; empty pieces are left out."""
    told = [piece for piece in map(text, pieces) if piece]
    between = text(separator)
    return Html(
        between.html.join(piece.html for piece in told),
        between.plain.join(piece.plain for piece in told),
        sum(piece.entities for piece in told) + between.entities * max(len(told) - 1, 0),
    )


def marked(plain: str, spans: Iterable[tuple[int, int]]) -> Html:
    """`plain` with the characters of the first few `spans` (offsets, in any order) in bold."""
    pieces: list[Html | str] = []
    place = 0
    for start, end in sorted(set(spans))[:_MARKS]:
        if start >= place:
            pieces += plain[place:start], bold(plain[start:end])
            place = end
    return join("", [*pieces, plain[place:]])


def shortened(plain: str, room: int) -> str:
    """`plain` cut to `room` UTF-16 units at the end of a word, with an ellipsis where it ends."""
    if units(plain) <= room:
        return plain
    kept = plain[: max(room - 2, 0)]
    while units(kept) > room - 2 and kept:
        kept = kept[:-1]
    head, _, _ = kept.rpartition(" ")
    return f"{(head or kept).rstrip(' ,;:–—-(')} …"


def _tagged(tag: str, content: Html | str, attributes: str = "") -> Html:
    inner = text(content)
    if not inner:
        return inner
    return Html(f"<{tag}{attributes}>{inner.html}</{tag}>", inner.plain, inner.entities + 1)
