"""Tags of Telegram's HTML: their names, attributes and character references. Pure.

Follows tdlib's parse_html and decode_html_entity. A NUL ends a tag as the end of the text does.
"""

import re
from typing import NamedTuple

from playground.entities.entity import EntityError, ascii_lower, byte_offset

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
    "pre": "pre",
    "code": "code",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile("&(?:#x([0-9a-fA-F]*)|#([0-9]*)|([A-Za-z]*))(;?)")
_TAG_NAME = re.compile("[^ \t\r\n\v\0>]*")
_SPACES = re.compile("[ \t\r\n\v]*")
_ATTRIBUTE_NAME = re.compile("[^ \t\r\n\v\0=>/\"']*")
_TOKEN = re.compile("[A-Za-z0-9.-]*")
_AFTER_VALUE = " \t\r\n\v\0>"


def decode(text: str, position: int) -> tuple[str, int] | None:
    """Read the character reference at `position` (an "&"); gives the character and where to go on.

    Only lt, gt, amp, quot and numbers are known, with or without the semicolon; else None.
    """
    found = _REFERENCE.match(text, position)
    if found is None:
        return None
    hexadecimal, decimal, name, _ = found.groups()
    if name is not None:
        return (_NAMED[name], found.end()) if name in _NAMED else None
    digits, base = (hexadecimal, 16) if hexadecimal is not None else (decimal, 10)
    code = int(digits[:9] or "0", base)
    if code == 0 or code >= 0x10FFFF or found.start(4) - position >= 10:
        return None
    return chr(code), found.end()


class StartTag(NamedTuple):
    """A start tag: its name, what it keeps of its attributes, and the position behind its ">"."""

    name: str
    argument: str
    format: str
    end: int


class TagReader:
    """Reads the tags of one text; `begin` is always the position of the tag's "<"."""

    def __init__(self, markup: str) -> None:
        self._markup = f"{markup}\0"

    def error(self, text: str, position: int) -> EntityError:
        """Make an error that names a byte offset."""
        return EntityError(f"{text} at byte offset {byte_offset(self._markup, position)}")

    def start(self, begin: int) -> StartTag:
        """Read a start tag. Raises EntityError where the server refuses it."""
        position = self._skip(_TAG_NAME, begin + 1)
        if self._markup[position] == "\0":
            raise self.error("Unclosed start tag", begin)
        tag = ascii_lower(self._markup[begin + 1 : position])
        if tag not in TYPES:
            raise self.error(f'Unsupported start tag "{tag}"', begin)
        if self._markup[position] == ">" and tag != "span":
            return StartTag(tag, "", "", position + 1)
        argument, time_format = "", ""
        position = self._skip(_SPACES, position)
        while self._markup[position] != ">":
            name, value, position = self._attribute(tag, begin, position)
            argument = _argument(tag, name, value) or argument
            time_format = value if (tag, name) == ("tg-time", "format") else time_format
            position = self._skip(_SPACES, position)
        if tag == "span" and argument != "spoiler":
            raise self.error('Tag "span" must have class "tg-spoiler"', begin)
        return StartTag(tag, argument, time_format, position + 1)

    def end(self, begin: int) -> tuple[str, int]:
        """Read an end tag; gives its name ("" for "</>") and the position behind its ">"."""
        end = self._skip(_TAG_NAME, begin + 2)
        position = self._skip(_SPACES, end)
        if self._markup[position] != ">":
            raise self.error("Unclosed end tag", begin)
        return ascii_lower(self._markup[begin + 2 : end]), position + 1

    def _skip(self, pattern: re.Pattern[str], position: int) -> int:
        found = pattern.match(self._markup, position)
        return found.end() if found else position

    def _attribute(self, tag: str, begin: int, position: int) -> tuple[str, str, int]:
        end = self._skip(_ATTRIBUTE_NAME, position)
        name = self._markup[position:end]
        if not name:
            raise self.error(f'Empty attribute name in the tag "{tag}"', begin)
        position = self._skip(_SPACES, end)
        value = ""
        if self._markup[position] == "=":
            position = self._skip(_SPACES, position + 1)
            if self._markup[position] != "\0":
                value, position = self._value(position, begin)
        if self._markup[position] == "\0":
            raise self.error(f'Unclosed start tag "{tag}"', begin)
        return name, value, position

    def _value(self, position: int, begin: int) -> tuple[str, int]:
        quote = self._markup[position]
        if quote not in "'\"":
            end = self._skip(_TOKEN, position)
            if self._markup[end] not in _AFTER_VALUE:
                raise self.error("Unexpected end of name token", position)
            value = ascii_lower(self._markup[position:end])
        else:
            value, end = self._quoted(position + 1, quote)
        if self._markup[end] == "\0":
            raise self.error("Unclosed start tag", begin)
        return value, end

    def _quoted(self, position: int, quote: str) -> tuple[str, int]:
        nul = self._markup.index("\0", position)
        end = self._markup.find(quote, position, nul)
        end = nul if end < 0 else end
        value = self._markup[position:end]
        if "&" in value:
            value = _decoded(value)
        return value, end + (self._markup[end] == quote)


def _decoded(text: str) -> str:
    """Decode every character reference of a text."""
    chars: list[str] = []
    position = 0
    while position < len(text):
        decoded = decode(text, position) if text[position] == "&" else None
        char, position = decoded or (text[position], position + 1)
        chars.append(char)
    return "".join(chars)


def _argument(tag: str, name: str, value: str) -> str:
    """Give what a tag keeps of an attribute: its link, language, class, id or time."""
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "unix")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, name) == ("blockquote", "expandable") else ""
