"""A text as the Bot API takes it: with a parse mode, with entities, or plain. Pure."""

from collections.abc import Callable
from typing import Any

from playground.args import Args
from playground.entities import html, legacy, markdown
from playground.entities.arrange import arrange, merge_found
from playground.entities.entity import Entity, EntityError, utf16_length
from playground.entities.found import find
from playground.entities.links import usable_link
from playground.errors import bad_request

LONGEST_INPUT = 1 << 15
"""Bytes a text may have before it is parsed (Client.cpp, get_formatted_text)."""
GIVEN = {
    "bold", "italic", "underline", "strikethrough", "spoiler", "blockquote",
    "expandable_blockquote", "code", "pre", "text_link", "text_mention", "custom_emoji",
    "date_time", }  # fmt: skip
"""The entities a bot may give itself; others are found by the server and ignored here."""
PARSERS: dict[str, Callable[[str], tuple[str, list[Entity]]]] = {
    "html": html.parse,
    "markdownv2": markdown.parse,
    "markdown": legacy.parse,
}

Formatted = tuple[str, list[Entity]]


def read_text(args: Args, name: str = "text", entities_name: str = "entities") -> Formatted:
    """Read a text parameter with its `parse_mode` or entities; gives the text and entities as kept.

    Raises:
        ApiError: 400, when it is empty or malformed; the words are the server's.
    """
    text = args.text(name)
    if not text:
        raise bad_request("Message text is empty")
    formatted = read_formatted(args, name, entities_name)
    if not formatted[0]:
        raise bad_request("Text must be non-empty")
    return formatted


def read_formatted(args: Args, name: str, entities_name: str) -> Formatted:
    """Read a text that may be empty, such as a caption."""
    text = args.text(name)
    if len(text) > LONGEST_INPUT // 4 and len(text.encode()) > LONGEST_INPUT:
        raise bad_request("Text is too long")
    mode = args.text("parse_mode").lower()
    if mode and mode != "none":
        parser = PARSERS.get(mode)
        if parser is None:
            raise bad_request("Unsupported parse_mode")
        try:
            text, entities = parser(text)
        except EntityError as error:
            raise bad_request(f"Can't parse entities: {error}") from error
    else:
        entities = [_given(item) for item in args.array(entities_name, "MessageEntity") or ()]
        entities = [entity for entity in entities if entity.type in GIVEN]
        _check_within(text, entities)
    return formatted(text, entities)


def formatted(text: str, entities: list[Entity], *, commands: bool = True) -> Formatted:
    """Clean, trim and arrange a text, and add the entities found in it."""
    text, entities = arrange(text, entities)
    return text, merge_found(entities, find(text, commands=commands))


def check_length(text: str, limit: int, error: str) -> None:
    """Refuse a text of more than `limit` UTF-16 code units."""
    if len(text) > limit // 2 and utf16_length(text) > limit:
        raise bad_request(error)


def _given(item: Any) -> Entity:
    """Read one MessageEntity object."""
    if not isinstance(item, dict):
        raise bad_request("Can't parse MessageEntity: expected an Object")
    offset, length, kind = item.get("offset"), item.get("length"), item.get("type")
    if not isinstance(offset, int) or not isinstance(length, int) or not isinstance(kind, str):
        raise bad_request("Can't parse MessageEntity: Field has wrong type")
    user = item.get("user")
    value = {
        "text_link": usable_link(str(item.get("url", ""))),
        "pre": str(item.get("language", "")),
        "custom_emoji": str(item.get("custom_emoji_id", "")),
        "text_mention": str(user.get("id", "")) if isinstance(user, dict) else "",
        "date_time": str(item.get("unix_time", 0)),
    }.get(kind, "")
    needs_value = kind in ("text_link", "custom_emoji", "text_mention")
    return Entity(kind if value or not needs_value else "", offset, length, value)


def _check_within(text: str, entities: list[Entity]) -> None:
    if not entities:
        return
    total = utf16_length(text)
    for entity in entities:
        if not 0 <= entity.offset <= 1_000_000:
            raise bad_request(f"Receive an entity with incorrect offset {entity.offset}")
        if not 0 <= entity.length <= 1_000_000:
            raise bad_request(f"Receive an entity with incorrect length {entity.length}")
        if entity.length and entity.offset >= total:
            raise bad_request(
                f"Entity begins after the end of the text at UTF-16 offset {entity.offset}"
            )
        if entity.end > total:
            raise bad_request(
                f"Entity beginning at UTF-16 offset {entity.offset} ends after the end of the text"
                f" at UTF-16 offset {entity.end}"
            )
