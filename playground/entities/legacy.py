"""The older "Markdown", read as Telegram's server reads it (tdlib, parse_markdown). Pure."""

from playground.entities.entity import Entity, EntityError, byte_offset, utf16_length
from playground.entities.links import usable_link


def parse(markup: str) -> tuple[str, list[Entity]]:
    """Read the older Markdown: *bold*, _italic_, `code`, ```pre``` and [links](url), not nested."""
    pieces: list[str] = []
    entities: list[Entity] = []
    offset = position = 0
    while position < len(markup):
        char = markup[position]
        if char == "\\" and markup[position + 1 : position + 2] in ("_", "*", "`", "["):
            inner, position, kind = markup[position + 1], position + 2, ""
        elif char in "_*`[":
            inner, position, kind = _legacy_entity(markup, position)
        else:
            inner, position, kind = char, position + 1, ""
        length = utf16_length(inner)
        name, _, value = kind.partition(" ")
        if length and name and not (name == "text_link" and not value):
            entities.append(Entity(name, offset, length, value))
        pieces.append(inner)
        offset += length
    return "".join(pieces), entities


def _legacy_entity(markup: str, start: int) -> tuple[str, int, str]:
    """Read one entity; gives its text, the position behind it, and its type (with a link's URL)."""
    mark = "```" if markup.startswith("```", start) else markup[start]
    closing = "]" if mark == "[" else mark
    end = markup.find(closing, start + len(mark))
    if end < 0:
        where = byte_offset(markup, start)
        raise EntityError(f"Can't find end of the entity starting at byte offset {where}")
    inner, after = markup[start + len(mark) : end], end + len(closing)
    if mark != "[":
        return inner, after, {"_": "italic", "*": "bold", "`": "code", "```": "pre"}[mark]
    if not markup.startswith("(", after):
        return inner, after, f"text_link {usable_link(inner)}"
    close = markup.find(")", after)
    close = len(markup) if close < 0 else close
    return inner, close + 1, f"text_link {usable_link(markup[after + 1 : close])}"
