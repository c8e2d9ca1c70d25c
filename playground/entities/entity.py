"""One entity of a text, and lengths in UTF-16 code units, in which Telegram counts. Pure."""

from typing import NamedTuple

from playground.wire import Json

VALUE_FIELD = {
    "text_link": "url",
    "pre": "language",
    "custom_emoji": "custom_emoji_id",
    "text_mention": "user_id",
}
SPLITTABLE = ("bold", "italic", "underline", "strikethrough", "spoiler")
QUOTES = ("blockquote", "expandable_blockquote")
CODE = ("pre", "code")
PRIORITY = {
    "blockquote": 0,
    "expandable_blockquote": 0,
    "pre": 11,
    "code": 20,
    "text_link": 49,
    "text_mention": 49,
    "bold": 90,
    "italic": 91,
    "underline": 92,
    "strikethrough": 93,
    "spoiler": 94,
    "custom_emoji": 99,
}
"""The order of entities over the same text (tdlib, MessageEntity.cpp); others have 50."""


class EntityError(ValueError):
    """Markup that Telegram refuses; the text is what comes after "can't parse entities: "."""


class Entity(NamedTuple):
    """A formatted stretch: its type, place in UTF-16 code units, and link, language or id."""

    type: str
    offset: int
    length: int
    value: str = ""
    extra: str = ""
    """The format of a date_time, whose `value` is the Unix time."""

    @property
    def end(self) -> int:
        """Give the offset just behind the entity."""
        return self.offset + self.length

    @property
    def order(self) -> tuple[int, int, int]:
        """Give the sorting key: from outer to inner, from left to right."""
        return self.offset, -self.length, PRIORITY.get(self.type, 50)

    def spanning(self, start: int, end: int) -> "Entity":
        """Give the same entity over another stretch."""
        return Entity(self.type, start, end - start, self.value, self.extra)

    def view(self) -> Json:
        """Give the Bot API's MessageEntity object; a text_mention has a user_id in it."""
        view: Json = {"offset": self.offset, "length": self.length, "type": self.type}
        if self.type == "date_time":
            view["unix_time"] = int(self.value)
            if self.extra:
                view["date_time_format"] = self.extra
        elif self.value:
            view[VALUE_FIELD[self.type]] = self.value
        return view


def utf16_length(text: str) -> int:
    """Count the UTF-16 code units of a text."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def byte_offset(text: str, position: int) -> int:
    """Give the UTF-8 byte offset of a character position, as error texts name it."""
    return len(text[:position].encode("utf-8", "surrogatepass"))


def ascii_lower(text: str) -> str:
    """Put A-Z into lower case and nothing else."""
    if text.isascii():
        return text.lower()
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def has_surrogates(text: str) -> bool:
    """Say whether a text holds half of a surrogate pair, which is no character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
