"""MarkdownV2, read as Telegram's server reads it (tdlib, parse_markdown_v2). Pure."""

from dataclasses import dataclass

from playground.entities.entity import Entity, EntityError, byte_offset, utf16_length
from playground.entities.links import mentioned_user, usable_link

_RESERVED = "_*[]()~`>#+-=|{}.!"
_CLOSING = {
    "bold": "*",
    "italic": "_",
    "underline": "__",
    "strikethrough": "~",
    "spoiler": "||",
    "code": "`",
    "pre": "```",
    "text_link": "]",
    "custom_emoji": "]",
    "blockquote": "\n",
}
_NAMES = {
    "bold": "Bold",
    "italic": "Italic",
    "underline": "Underline",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}
_OPENING = (
    ("```", "pre"),
    ("__", "underline"),
    ("||", "spoiler"),
    ("![", "custom_emoji"),
    ("_", "italic"),
    ("*", "bold"),
    ("~", "strikethrough"),
    ("`", "code"),
    ("[", "text_link"),
)


def parse(markup: str) -> tuple[str, list[Entity]]:
    """Read MarkdownV2; gives the plain text and its entities.

    Raises:
        EntityError: the markup is refused; the text is the server's.
    """
    return _Parser(markup).run()


@dataclass(frozen=True, slots=True)
class _Open:
    kind: str
    offset: int
    position: int
    pieces: int
    value: str = ""


class _Parser:
    """One run over one text."""

    def __init__(self, markup: str) -> None:
        self._markup = markup
        self._position = 0
        self._pieces: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []
        self._at_line_start = True

    def run(self) -> tuple[str, list[Entity]]:
        """Read all of it."""
        while self._position < len(self._markup):
            self._step()
        self._end_quote()
        if self._open:
            raise _unclosed(self._markup, self._open[-1])
        return "".join(self._pieces), self._entities

    def _step(self) -> None:
        char = self._markup[self._position]
        following = self._markup[self._position + 1 : self._position + 2]
        in_code = bool(self._open) and self._open[-1].kind in ("code", "pre")
        if char == "\\" and following and ord(following) < 127:
            self._add(following, 2)
        elif char == "\n" and not in_code:
            self._end_line()
        elif self._closes():
            self._close()
        elif in_code or char not in _RESERVED:
            self._add(char, 1)
        else:
            self._begin(char)

    def _add(self, text: str, consumed: int) -> None:
        self._pieces.append(text)
        self._offset += utf16_length(text)
        self._position += consumed
        self._at_line_start = text == "\n"

    def _closes(self) -> bool:
        if not self._open or self._open[-1].kind == "blockquote":
            return False
        kind = self._open[-1].kind
        here = self._markup[self._position :]
        return here.startswith(_CLOSING[kind]) and not (kind == "italic" and here.startswith("__"))

    def _begin(self, char: str) -> None:
        if char == ">" and self._at_line_start:
            if not any(opened.kind == "blockquote" for opened in self._open):
                self._push("blockquote", 1)
            else:
                self._position += 1
            return
        here = self._markup[self._position :]
        found = next((pair for pair in _OPENING if here.startswith(pair[0])), None)
        if found is None:
            raise EntityError(
                f"Character '{char}' is reserved and must be escaped with the preceding '\\'"
            )
        self._push(found[1], len(found[0]))

    def _push(self, kind: str, consumed: int) -> None:
        start = self._position
        self._position += consumed
        value = ""
        if kind == "pre":
            value, self._position = _read_language(self._markup, self._position)
        self._open.append(_Open(kind, self._offset, start, len(self._pieces), value))
        self._at_line_start = False

    def _close(self) -> None:
        opened = self._open.pop()
        self._position += len(_CLOSING[opened.kind])
        value = opened.value
        kind = opened.kind
        if kind in ("text_link", "custom_emoji"):
            kind, value = self._target(opened)
        if self._offset > opened.offset and kind:
            self._entities.append(Entity(kind, opened.offset, self._offset - opened.offset, value))

    def _target(self, opened: _Open) -> tuple[str, str]:
        """Read the "(url)" behind a link's text; gives the kind of entity (or "") and its value."""
        url = "".join(self._pieces[opened.pieces :])
        if self._markup.startswith("(", self._position):
            url, self._position = _read_url(self._markup, self._position + 1)
        elif opened.kind == "custom_emoji":
            raise EntityError("Custom emoji entity must contain a tg://emoji URL")
        if opened.kind == "custom_emoji":
            number = url.removeprefix("tg://emoji?id=")
            if number == url or not number.isdigit():
                raise EntityError("Custom emoji entity must contain a tg://emoji URL")
            return "custom_emoji", number
        if user := mentioned_user(url):
            return "text_mention", user
        link = usable_link(url)
        return ("text_link", link) if link else ("", "")

    def _end_line(self) -> None:
        has_quote = any(opened.kind == "blockquote" for opened in self._open)
        if has_quote and not self._markup.startswith("\n>", self._position):
            self._end_quote(closing=True)
        self._add("\n", 1)

    def _end_quote(self, *, closing: bool = False) -> None:
        """End the quote that is open, if any; "||" just before makes it an expandable one."""
        kind = "blockquote"
        is_marked = bool(self._open) and self._open[-1].position == self._position - 2
        if len(self._open) > 1 and self._open[-1].kind == "spoiler" and is_marked:
            self._open.pop()
            kind = "expandable_blockquote"
        if self._open and self._open[-1].kind == "blockquote":
            opened = self._open.pop()
            if self._offset > opened.offset:
                self._entities.append(Entity(kind, opened.offset, self._offset - opened.offset))
        elif closing:
            raise _unclosed(self._markup, self._open[-1])


def _read_language(markup: str, position: int) -> tuple[str, int]:
    """Read the language behind ``` and the line end that follows; gives it and where to go on."""
    end = position
    while end < len(markup) and markup[end] not in " \t\r\n\v\0`":
        end += 1
    language = markup[position:end]
    if not language or end == len(markup) or markup[end] == "`":
        language, end = "", position
    for line_end in ("\r\n", "\n\r", "\n", "\r"):
        if markup.startswith(line_end, end):
            return language, end + len(line_end)
    return language, end


def _read_url(markup: str, start: int) -> tuple[str, int]:
    """Read a URL up to the ")" that ends it; gives it and where to go on."""
    chars: list[str] = []
    position = start
    while position < len(markup) and markup[position] != ")":
        if markup[position] == "\\" and position + 1 < len(markup):
            position += 1
        chars.append(markup[position])
        position += 1
    if position >= len(markup):
        where = byte_offset(markup, start)
        raise EntityError(f"Can't find end of a URL at byte offset {where}")
    return "".join(chars), position + 1


def _unclosed(markup: str, opened: _Open) -> EntityError:
    where = byte_offset(markup, opened.position)
    name = "PreCode" if opened.value else _NAMES[opened.kind]
    return EntityError(f"Can't find end of {name} entity at byte offset {where}")
