"""Keywords: the language in which subscribers, searches and the command line say what they want."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from papers.analysis import word_chains
from papers.errors import KeywordError
from papers.grammar import (
    QUOTES,
    Both,
    Either,
    Misplaced,
    Scope,
    Syntax,
    Term,
    Without,
    plain,
    read,
)
from papers.syntax import Leaf, Tree, both, either, finds, key, without
from papers.terms import FIELDS, Refused, leaf

LONGEST = 300
MOST_WORDS = 32
_WINDOW = 60
_SEPARATOR = re.compile(r'[,\n，、"“”„‟«»＂()（）]')


@dataclass(frozen=True, slots=True)
class Keyword:
    """A parsed keyword. Keywords are equal when they say the same, however they are written.

    `str(keyword)` is the keyword as written, tidied (`gan -survey` for `gan  AND NOT (survey)`); it
    parses to the same tree. `key` is the same for equal keywords, and only for them.
    """

    tree: Tree = field(compare=False, repr=False)
    text: str = field(compare=False)
    key: str = field(repr=False)

    def __str__(self) -> str:
        return self.text


def parse(text: str) -> Keyword:
    """The keyword that `text` says, in time linear in its length.

    Raises `KeywordError`, and nothing else, for all that the language refuses.
    """
    if len(text) > LONGEST:
        raise KeywordError(f"Too long: {LONGEST} characters are the most", text, LONGEST)
    readable, places = plain(text)
    try:
        syntax = read(readable)
        _check_size(syntax)
        tree = _tree(syntax, None)
        _check_finds(syntax, tree)
    except Misplaced as error:
        raise KeywordError(str(error), text, places[error.offset]) from None
    return Keyword(tree, _tidy(syntax), key(tree))


def split(text: str) -> list[str]:
    """The keywords in a text that may hold several, cut at commas and new lines.

    Not at those inside quotes or parentheses. Blank pieces are left out; nothing is checked.
    """
    pieces = (piece.strip() for piece in _pieces(text))
    return [piece for piece in pieces if piece]


def caret(error: KeywordError) -> str:
    """Two lines for a fixed-width font: the refused text, and a `^` below the place.

    Control characters show as spaces; of a long text only the surroundings of the place are shown.
    """
    begin = max(0, min(error.position - _WINDOW // 2, len(error.text) - _WINDOW))
    end = begin + _WINDOW
    before = _shown(error.text[begin : error.position])
    after = _shown(error.text[error.position : end])
    lead, tail = "…" * (begin > 0), "…" * (end < len(error.text))
    return f"{lead}{before}{after}{tail}\n{' ' * (len(lead) + _columns(before))}^"


def _tree(syntax: Syntax, scope: Scope | None) -> Tree:
    match syntax:
        case Term(written, position):
            return _leaf(written, position, scope)
        case Scope(item=item, position=position):
            if scope:
                raise Misplaced(
                    "A field inside another field's parentheses: close them first", position
                )
            return _tree(item, syntax)
        case Without(side):
            return without(_tree(side, scope))
        case Both(sides):
            return both(_tree(side, scope) for side in sides)
        case Either(sides):
            return either(_tree(side, scope) for side in sides)


def _leaf(written: str, position: int, scope: Scope | None) -> Leaf:
    try:
        return leaf(written, FIELDS[scope.field] if scope else None)
    except Refused as error:
        raise Misplaced(str(error), position + error.offset) from None


def _check_size(syntax: Syntax) -> None:
    words = 0
    for term in _walk(syntax):
        if isinstance(term, Term):
            words += sum(map(len, word_chains(term.written)))
            if words > MOST_WORDS:
                raise Misplaced(f"Too many words: {MOST_WORDS} are the most", term.position)


def _check_finds(syntax: Syntax, tree: Tree) -> None:
    if not finds(tree):
        place = next(part.position for part in _walk(syntax) if isinstance(part, Without))
        raise Misplaced("This only leaves papers out: add a word to look for beside it", place)


def _walk(syntax: Syntax) -> Iterator[Syntax]:
    yield syntax
    match syntax:
        case Scope(item=side) | Without(side=side):
            yield from _walk(side)
        case Both(sides) | Either(sides):
            for side in sides:
                yield from _walk(side)


def _tidy(syntax: Syntax) -> str:
    """The shortest usual way to write it. It is never too long: without blanks around `|` no part
    is longer than what it was read from."""
    text = _written(syntax, " OR ")
    return text if len(text) <= LONGEST else _written(syntax, "|")


def _written(syntax: Syntax, bar: str) -> str:
    match syntax:
        case Term(written):
            return written
        case Scope(name, item):
            return f"{name}:{_grouped(item, bar, (Both, Either, Without))}"
        case Without(side):
            return f"-{_grouped(side, bar, (Both, Either))}"
        case Both(sides):
            return " ".join(_grouped(side, bar, (Either,)) for side in sides)
        case Either(sides):
            return bar.join(_written(side, bar) for side in sides)


def _grouped(syntax: Syntax, bar: str, groups: tuple[type[Syntax], ...]) -> str:
    text = _written(syntax, bar)
    return f"({text})" if isinstance(syntax, groups) else text


def _pieces(text: str) -> Iterator[str]:
    begin = depth = 0
    quoted = False
    for mark in _SEPARATOR.finditer(text):
        if mark[0] in QUOTES:
            quoted = not quoted
        elif not quoted:
            depth = max(0, depth + (mark[0] in "(（") - (mark[0] in ")）"))
            if not depth and mark[0] in ",\n，、":
                yield text[begin : mark.start()]
                begin = mark.end()
    yield text[begin:]


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)


def _columns(text: str) -> int:
    """How wide a fixed-width font prints `text`: Han characters take two columns, marks none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
