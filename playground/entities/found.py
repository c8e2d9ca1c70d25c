"""What Telegram finds in a text by itself: commands, mentions, hashtags, links, e-mail addresses.
Pure.

Follows the expressions that tdlib's MessageEntity.cpp states for its matchers.
"""

import re
from collections.abc import Iterator

from playground.entities.domains import COMMON
from playground.entities.entity import Entity, utf16_length

_TAG_LETTER = "\\w\u00b7\u200c\u0d80-\u0dff"
_MENTION = re.compile(r"(?<!\w)@([A-Za-z0-9_]{2,32})(?!\w)")
_SHORT_MENTIONS = {"gif", "wiki", "vid", "bing", "pic", "bold", "imdb", "ya", "like", "vote", "nft"}
_COMMAND = re.compile(
    r"(?<![\w/<>])/([A-Za-z0-9_]{1,64})(?:@([A-Za-z0-9_]{3,32})|(?!@))(?![\w/<>])"
)
_HASHTAG = re.compile(f"(?<![{_TAG_LETTER}])#([{_TAG_LETTER}]+)(?!#)(?![{_TAG_LETTER}])")
_CASHTAG = re.compile(f"(?<![${_TAG_LETTER}])\\$(1INCH|[A-Z]{{1,8}})(?![${_TAG_LETTER}])")
_PATH = r"[^\s<>\"«»\u2000-\u200b\u200e\u200f\u2016-\u206f]*"
_TG_LINK = re.compile(rf"(?i)(?:tg|ton)://[a-z0-9_-]{{1,253}}(?:[/?#]{_PATH})?")
_LETTER = r"a-zA-Z0-9_~\u00c0-\u1fff\u200c\u200d\u2010-\u2015\u2c00-\ud7ff\uf900-\U0010ffff-"
_NAME = f"[{_LETTER}]+"
_LINK = re.compile(
    r"(?:(?<![a-zA-Z0-9+-])(?P<scheme>[a-zA-Z0-9+-]+)://(?:(?P<user>[^\s/\[\]{}()'`<>\"@«»]+)@)?"
    rf"|(?<![{_LETTER}]))"
    rf"(?P<host>{_NAME}(?:\.{_NAME})+)\.?(?P<port>:[0-9]+)?(?P<path>[/?#]{_PATH})?"
)
_EMAIL = re.compile(
    r"(?<![\w.+@/#-])(?:[a-zA-Z0-9_-]{0,26}[.+]){0,10}[a-zA-Z0-9_-]{1,35}"
    r"@(?:(?:[a-zA-Z0-9][a-zA-Z0-9_-]{0,28})?[a-zA-Z0-9]\.){1,6}[a-zA-Z]{2,8}(?![\w@-])"
)
_NOT_AT_THE_END = ".:;,('?!`"
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_SPACE = re.compile("[ \n]")
_HINTS = re.compile(r"[@/#$.]")


def find(text: str, *, commands: bool = True) -> list[Entity]:
    """Find entities in a plain text, apart from each other, in order. Channels know no commands."""
    if not _HINTS.search(text):
        return []
    spans = sorted(_all(text, commands), key=lambda span: (span[1], -span[2]))
    found: list[Entity] = []
    reached = 0
    for kind, start, end in spans:
        if start >= reached:
            offset = utf16_length(text[:start])
            found.append(Entity(kind, offset, utf16_length(text[start:end])))
            reached = end
    return found


def _all(text: str, commands: bool) -> Iterator[tuple[str, int, int]]:
    if "@" in text:
        for match in _MENTION.finditer(text):
            if len(match[1]) >= 4 or match[1].lower() in _SHORT_MENTIONS:
                yield "mention", *match.span()
        yield from (("email", *match.span()) for match in _EMAIL.finditer(text))
    if commands and "/" in text:
        yield from (("bot_command", *match.span()) for match in _COMMAND.finditer(text))
    if "#" in text:
        yield from (
            ("hashtag", *_tag(match)) for match in _HASHTAG.finditer(text) if _has_letter(match)
        )
    if "$" in text:
        yield from (("cashtag", *match.span()) for match in _CASHTAG.finditer(text))
    if "://" in text:
        yield from (("url", *_trimmed(match)) for match in _TG_LINK.finditer(text))
    if "." in text:
        yield from (("url", *span) for span in _links(text))


def _tag(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), min(match.end(), match.start() + 257)


def _has_letter(match: re.Match[str]) -> bool:
    return any(char.isalpha() for char in match[1][:256])


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    return match.start(), match.start() + len(match[0].rstrip(_NOT_AT_THE_END))


def _links(text: str) -> Iterator[tuple[int, int]]:
    for start, end in _words_with_dots(text):
        for match in _LINK.finditer(text, start, end):
            span = _link(text, match)
            if span:
                yield span


def _words_with_dots(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches between spaces that hold a dot with something behind it."""
    reached = 0
    while (dot := text.find(".", reached)) >= 0:
        reached = dot + 1
        if text[reached : reached + 1].strip(" \n."):
            start = max(text.rfind(" ", 0, dot), text.rfind("\n", 0, dot)) + 1
            space = _SPACE.search(text, dot)
            reached = space.start() if space else len(text)
            yield start, reached


def _link(text: str, match: re.Match[str]) -> tuple[int, int] | None:
    """Give where a link begins and ends, or None when Telegram would not make it one."""
    scheme = (match["scheme"] or "").lower()
    start = match.start()
    if scheme:
        known = next((s for s in ("https", "http", "ftp") if scheme.endswith(s)), None)
        if known is None or scheme in ("shttp", "tftp", "sftp"):
            return None
        start = match.start("scheme") + len(scheme) - len(known)
    elif start and (text[start - 1] in "/#@" or text[start - 1].isalnum()):
        return None
    return (start, _end(text, match)) if _is_domain(match["host"], bool(scheme)) else None


def _is_domain(host: str, has_scheme: bool) -> bool:
    labels = host.split(".")
    last = labels[-1]
    if any(not label or len(label) > 63 for label in labels):
        return False
    if all(label.isascii() and label.isdigit() for label in labels):
        return len(labels) == 4 and all(len(label) <= 3 and int(label) <= 255 for label in labels)
    if last.isdigit() or len(last) < 2 or "_" in last or "_" in labels[-2] or "~" in host:
        return False
    if has_scheme or last.lower().startswith("xn--"):
        return True
    is_capitalised = last != last.lower() and last[1:] == last[1:].lower()
    return last.lower() in COMMON and not is_capitalised


def _end(text: str, match: re.Match[str]) -> int:
    """Give where a link ends: behind its path, without closing brackets that open nowhere in it."""
    if match["path"] is None:
        port = match["port"]
        usable = port and 0 < int(port[1:][:9]) <= 65535
        return match.end("port") if usable else match.end("host")
    path = match["path"]
    for index, char in enumerate(path):
        if char in _BRACKETS and path[:index].count(_BRACKETS[char]) <= path[:index].count(char):
            path = path[:index]
            break
    stripped = path.rstrip(_NOT_AT_THE_END)
    start = match.start("path")
    is_bare = len(stripped) <= 1 and text[start] != "/"
    return start if is_bare else start + max(len(stripped), 1)
