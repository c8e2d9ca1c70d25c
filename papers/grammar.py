"""The grammar of keywords: characters to tokens, tokens to a tree of what was written. No meaning.

Tokens are cut here and not by lark: a refusal must name its place and the remedy, and one pass over
the text with one pattern is linear whatever the input. lark gets the tokens and knows the grammar.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, cast

from lark import Lark, Token, Transformer, UnexpectedToken, v_args
from lark.lexer import Lexer

from papers.terms import FIELDS, SHORT, Refused

DEEPEST = 8
_GRAMMAR = """
?start: either
?either: both (_OR both)*
?both: side (_AND? side)*
?side: NOT side     -> without
     | scoped
?scoped: FIELD item -> scope
     | item
?item: TERM         -> term
     | _OPEN either _CLOSE
%declare _OR _AND NOT FIELD TERM _OPEN _CLOSE
"""
_TOKEN = re.compile(
    r"""(?P<space>\s+)|(?P<_OPEN>\()|(?P<_CLOSE>\))|(?P<_OR>\|+)|(?P<comma>,)
    |(?P<operator>(?:ANDNOT|AND|OR|NOT)(?=[\s()"|,]|$))|(?P<lone>-(?=\s|$))|(?P<NOT>-)
    |(?P<FIELD>[A-Za-z]\w*:)|(?P<phrase>=?"[^"]*")|(?P<unclosed>=?")|(?P<TERM>[^\s()"|,]+)""",
    re.VERBOSE,
)
_OPERATORS = {"AND": ("_AND",), "OR": ("_OR",), "NOT": ("NOT",), "ANDNOT": ("_AND", "NOT")}
QUOTES = '"“”„‟«»＂'
_VARIANTS = str.maketrans(
    {
        **dict.fromkeys(QUOTES, '"'),
        **dict.fromkeys("‐‑‒–—−﹣－", "-"),
        **dict(zip("（）｜：＝＊，、", "()|:=*,,", strict=True)),
    }
)


@dataclass(frozen=True, slots=True)
class Term:
    """A word, phrase, exact form or prefix, as written but for spacing, and where it stood."""

    written: str
    position: int


@dataclass(frozen=True, slots=True)
class Scope:
    """A field (in its short form) given to a term or a group, and where it stood."""

    field: str
    item: "Syntax"
    position: int


@dataclass(frozen=True, slots=True)
class Without:
    """A negated side, and where its operator stood."""

    side: "Syntax"
    position: int


@dataclass(frozen=True, slots=True)
class Both:
    """Sides that must all match."""

    sides: tuple["Syntax", ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Sides of which one must match."""

    sides: tuple["Syntax", ...]


Syntax = Term | Scope | Without | Both | Either


class Misplaced(Refused):
    """A refusal whose offset counts in the text given to `read`."""


def plain(text: str) -> tuple[str, list[int]]:
    """`text` with typographic quotes and dashes as ASCII, without invisible characters.

    And the place in `text` of each character that is left, and of the end.
    """
    places = [i for i, c in enumerate(text) if c.isprintable() or not _invisible(c)]
    kept = "".join(text[i] if text[i].isprintable() else " " for i in places)
    return kept.translate(_VARIANTS), [*places, len(text)]


def _invisible(character: str) -> bool:
    return unicodedata.category(character) in ("Cf", "Cs")


def read(text: str) -> Syntax:
    """What a text that `plain` has been over says. Raises `Misplaced`."""
    tokens = list(_tokens(text))
    try:
        return cast(Syntax, _parser().parse(tokens))
    except UnexpectedToken as error:
        raise _misplaced(tokens, error.token) from None


def _tokens(text: str) -> Iterator[Token]:
    opened: list[int] = []
    negations = 0
    for found in _TOKEN.finditer(text):
        kind, written, place = str(found.lastgroup), found[0], found.start()
        if kind == "space":
            continue
        for token in _cut(kind, written, place, text):
            yield token
            negations = negations + 1 if token.type == "NOT" else 0
        if kind == "_OPEN":
            opened.append(place)
        elif kind == "_CLOSE":
            if not opened:
                raise Misplaced(
                    "This `)` closes nothing: leave it out, or open a `(` before", place
                )
            opened.pop()
        if len(opened) + negations > DEEPEST:
            raise Misplaced(f"Nested too deep: {DEEPEST} levels are the most", place)
    if opened:
        raise Misplaced("This `(` is never closed: add a `)`", opened[-1])


def _cut(kind: str, written: str, place: int, text: str) -> Iterator[Token]:
    """The tokens for one match of the pattern: one, or two for `ANDNOT`. Raises `Misplaced`."""
    if kind == "operator":
        for name in _OPERATORS[written]:
            yield Token(name, written, place)
    elif kind == "phrase":
        words = " ".join(written[written.index('"') + 1 : -1].split())
        if not words:
            raise Misplaced("Nothing between the quotes: put words there", place)
        yield Token("TERM", f'{"=" * written.startswith("=")}"{words}"', place)
    elif kind == "FIELD":
        yield Token("FIELD", _field(written, place, text), place)
    elif kind in _REFUSALS:
        raise Misplaced(_REFUSALS[kind], place)
    else:
        yield Token(kind, written, place)


_REFUSALS = {
    "comma": 'A comma separates keywords: put it in quotes ("LeCun, Yann"), or write AND or OR',
    "lone": "A `-` by itself: write `-word` to leave papers with a word out",
    "unclosed": 'This quote is never closed: add a `"` after the phrase',
}


def _field(written: str, place: int, text: str) -> str:
    name = written[:-1].lower()
    if name not in FIELDS:
        nearest = get_close_matches(name, FIELDS, n=1, cutoff=0.0)[0]
        raise Misplaced(
            f"There is no field `{written}`: did you mean `{nearest}:`? (For the words themselves: "
            f'"{written[:-1]} …")',
            place,
        )
    following = text[place + len(written) : place + len(written) + 1]
    if not following or following in " )|,":
        raise Misplaced(
            f"`{written}` is empty: write a word right after it, without a space", place
        )
    if following == "-":
        raise Misplaced(f"A `-` goes before the field: `-{written}word`", place + len(written))
    return SHORT[FIELDS[name]]


def _misplaced(tokens: list[Token], unexpected: Token) -> Misplaced:
    """Why the grammar stopped at a token: tokens are balanced by now, so a side is missing."""
    at = next((i for i, token in enumerate(tokens) if token is unexpected), len(tokens))
    before = tokens[at - 1] if at else None
    if not tokens:
        return Misplaced("Nothing to look for: write a word", 0)
    if before and before.type == "FIELD":
        if unexpected.type == "FIELD":
            return Misplaced(
                "One field inside another: write only the inner one", _start(unexpected)
            )
        return Misplaced(f"`{before}:` is empty: write a word right after it", _start(before))
    if not before or unexpected.type in ("_OR", "_AND"):
        return Misplaced(f"`{unexpected}` has nothing on its left", _start(unexpected))
    if before.type == "_OPEN":
        return Misplaced("Nothing between the parentheses", _start(before))
    return Misplaced(f"`{before}` has nothing on its right", _start(before))


def _start(token: Token) -> int:
    return token.start_pos or 0


class _Tokens(Lexer):
    """Hands lark the tokens it is given."""

    def __init__(self, lexer_conf: Any) -> None:
        pass

    def lex(self, data: Any) -> Iterator[Token]:  # type: ignore[override]  # lark's older interface
        yield from data


@v_args(inline=True)
class _Builder(Transformer[Token, Syntax]):
    """lark's callbacks: each rule to its node."""

    def term(self, token: Token) -> Syntax:
        return Term(str(token), _start(token))

    def scope(self, field: Token, item: Syntax) -> Syntax:
        return Scope(str(field), item, _start(field))

    def without(self, operator: Token, side: Syntax) -> Syntax:
        return side.side if isinstance(side, Without) else Without(side, _start(operator))

    def both(self, *sides: Syntax) -> Syntax:
        return Both(sides)

    def either(self, *sides: Syntax) -> Syntax:
        return Either(sides)


@cache
def _parser() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", lexer=_Tokens, transformer=_Builder())
