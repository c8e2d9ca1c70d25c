"""Tags of Telegram's HTML: their names, attributes and character references. Pure.

Follows tdlib's parse_html and decode_html_entity. A NUL ends a tag as the end of the text does.
"""

import re
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class StartTag:
    """A start tag: its name, what it keeps of its attributes, and the position behind its ">"."""

    name: str
    argument: str
    format: str
    end: int


@dataclass(frozen=True, slots=True)
class TagReader:
    """Reads the tags of one text; `begin` is always the position of the tag's "<"."""

    markup: str

    def error(self, text: str, position: int) -> EntityError:
        """Make an error that names a byte offset."""
        return EntityError(f"{text} at byte offset {byte_offset(self.markup, position)}")

    def start(self, begin: int) -> StartTag:
        """Read a start tag. Raises EntityError where the server refuses it."""
        position = self._skip(_TAG_NAME, begin + 1)
        if self._at(position) == "\0":
            raise self.error("Unclosed start tag", begin)
        tag = ascii_lower(self.markup[begin + 1 : position])
        if tag not in TYPES:
            raise self.error(f'Unsupported start tag "{tag}"', begin)
        argument, time_format = "", ""
        position = self._skip(_SPACES, position)
        while self._at(position) != ">":
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
        if self._at(position) != ">":
            raise self.error("Unclosed end tag", begin)
        return ascii_lower(self.markup[begin + 2 : end]), position + 1

    def _at(self, position: int) -> str:
        return self.markup[position] if position < len(self.markup) else "\0"

    def _skip(self, pattern: re.Pattern[str], position: int) -> int:
        found = pattern.match(self.markup, position)
        return found.end() if found else position

    def _attribute(self, tag: str, begin: int, position: int) -> tuple[str, str, int]:
        end = self._skip(_ATTRIBUTE_NAME, position)
        name = self.markup[position:end]
        if not name:
            raise self.error(f'Empty attribute name in the tag "{tag}"', begin)
        position = self._skip(_SPACES, end)
        value = ""
        if self._at(position) == "=":
            position = self._skip(_SPACES, position + 1)
            if self._at(position) != "\0":
                value, position = self._value(position, begin)
        if self._at(position) == "\0":
            raise self.error(f'Unclosed start tag "{tag}"', begin)
        return name, value, position

    def _value(self, position: int, begin: int) -> tuple[str, int]:
        quote = self._at(position)
        if quote not in "'\"":
            end = self._skip(_TOKEN, position)
            if self._at(end) not in _AFTER_VALUE:
                raise self.error("Unexpected end of name token", position)
            value = ascii_lower(self.markup[position:end])
        else:
            value, end = self._quoted(position + 1, quote)
        if self._at(end) == "\0":
            raise self.error("Unclosed start tag", begin)
        return value, end

    def _quoted(self, position: int, quote: str) -> tuple[str, int]:
        chars: list[str] = []
        while self._at(position) not in (quote, "\0"):
            decoded = decode(self.markup, position) if self.markup[position] == "&" else None
            char, position = decoded or (self.markup[position], position + 1)
            chars.append(char)
        return "".join(chars), position + (self._at(position) == quote)


def _argument(tag: str, name: str, value: str) -> str:
    """Give what a tag keeps of an attribute: its link, language, class, id or time."""
    if (tag, name) in (("a", "href"), ("tg-emoji", "emoji-id"), ("tg-time", "unix")):
        return value
    if (tag, name) == ("code", "class") and value.startswith("language-"):
        return value.removeprefix("language-")
    if (tag, name) == ("span", "class") and value.startswith("tg-"):
        return value.removeprefix("tg-")
    return "1" if (tag, name) == ("blockquote", "expandable") else ""
