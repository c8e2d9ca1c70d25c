"""Telegram's HTML, read as its server reads it (tdlib, parse_html): no other parser agrees with
it. Pure.

Offsets in errors are UTF-8 bytes of the text as sent; offsets of entities are UTF-16 code units.
"""

import re
from typing import NamedTuple

from playground.entities.entity import (
    Entity,
    EntityError,
    byte_offset,
    has_surrogates,
    utf16_length,
)
from playground.entities.links import mentioned_user, usable_link
from playground.entities.tags import TYPES, StartTag, TagReader, decode

_SPECIAL = re.compile("[<&]")


def parse(markup: str) -> tuple[str, list[Entity]]:
    """Read HTML markup; gives the plain text and its entities, inner ones first.

    Raises:
        EntityError: the markup is refused; the text is the server's.
    """
    if "<" not in markup and "&" not in markup:
        return markup, []
    return _Parser(markup).run()


class _Open(NamedTuple):
    """A tag that waits for its end: where its text begins, as an offset and in pieces."""

    tag: StartTag
    offset: int
    pieces: int


class _Parser:
    """One run over one text."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._reader = TagReader(markup)
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def run(self) -> tuple[str, list[Entity]]:
        """Read all of it."""
        position = 0
        while special := _SPECIAL.search(self._markup, position):
            self._add(self._markup[position : special.start()])
            position = self._special(special.start())
        self._add(self._markup[position:])
        if self._open:
            name = self._open[-1].tag.name
            raise EntityError(f"Can't find end tag corresponding to start tag {name}")
        text = "".join(self._pieces)
        if has_surrogates(text):
            raise EntityError(
                "Text contains invalid Unicode characters after decoding HTML entities,"
                " check for unmatched surrogate code units"
            )
        return text, [_without_language(entity) for entity in self._entities]

    def _add(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._offset += utf16_length(text)

    def _special(self, begin: int) -> int:
        """Read what begins with "<" or "&"; gives the position behind it."""
        if self._markup[begin] == "&":
            char, position = decode(self._markup, begin) or ("&", begin + 1)
            self._add(char)
            return position
        if self._markup.startswith("/", begin + 1):
            return self._end_tag(begin)
        tag = self._reader.start(begin)
        self._open.append(_Open(tag, self._offset, len(self._pieces)))
        return tag.end

    def _end_tag(self, begin: int) -> int:
        if not self._open:
            raise self._reader.error("Unexpected end tag", begin)
        found, position = self._reader.end(begin)
        opened = self._open.pop()
        if found and found != opened.tag.name:
            where = byte_offset(self._markup, begin)
            raise EntityError(
                f"Unmatched end tag at byte offset {where},"
                f' expected "</{opened.tag.name}>", found "</{found}>"'
            )
        if self._offset > opened.offset:
            self._close(opened)
        return position

    def _close(self, opened: _Open) -> None:
        tag = opened.tag
        entity = Entity(TYPES[tag.name], opened.offset, self._offset - opened.offset, tag.argument)
        if entity.type == "text_link":
            url = tag.argument or "".join(self._pieces[opened.pieces :])
            self._entities += _links(entity, url)
        elif entity.type in ("pre", "code"):
            self._entities.append(self._joined(entity))
        else:
            self._entities.append(_finished(entity, tag.format))

    def _joined(self, entity: Entity) -> Entity:
        """Join pre and code that cover the same text into one pre that names the language."""
        last = self._entities[-1] if self._entities else None
        if last is None or (last.offset, last.length) != (entity.offset, entity.length):
            return entity
        if {last.type, entity.type} != {"pre", "code"} or not (last.value or entity.value):
            return entity
        self._entities.pop()
        return Entity("pre", entity.offset, entity.length, last.value or entity.value)


def _links(entity: Entity, url: str) -> list[Entity]:
    """Give the link or mention that a URL makes, or nothing when it is unusable."""
    if user := mentioned_user(url):
        return [Entity("text_mention", entity.offset, entity.length, user)]
    link = usable_link(url)
    return [Entity("text_link", entity.offset, entity.length, link)] if link else []


def _finished(entity: Entity, time_format: str) -> Entity:
    is_number = entity.value.isascii() and entity.value.isdigit()
    if entity.type == "custom_emoji":
        if not is_number or int(entity.value[:20]) == 0:
            raise EntityError("Invalid custom emoji identifier specified")
        return entity
    if entity.type == "date_time":
        if not is_number or len(entity.value) > 12:
            raise EntityError("Invalid date specified")
        return Entity(entity.type, entity.offset, entity.length, entity.value, time_format)
    kind = "expandable_blockquote" if entity.type == "blockquote" and entity.value else entity.type
    return Entity(kind, entity.offset, entity.length)


def _without_language(entity: Entity) -> Entity:
    """A language counts only where pre and code were joined."""
    if entity.type == "code" and entity.value:
        return Entity("code", entity.offset, entity.length)
    return entity
