"""One word, phrase, prefix or exact form of a keyword, made a leaf of its tree, or refused."""

import re
from functools import lru_cache

from papers.analysis import stems, word_chains
from papers.folding import fold
from papers.names import words_of
from papers.syntax import Category, Field, Leaf, Name, Text, Unit

SHORTEST_PREFIX = 3
FIELDS: dict[str, Field] = {
    **{"ti": "title", "abs": "abstract", "au": "authors", "cat": "categories"},
    **{"title": "title", "abstract": "abstract", "author": "authors", "category": "categories"},
}
SHORT: dict[Field, str] = {name: short for short, name in reversed(FIELDS.items())}

_CATEGORY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:\.(?:\*|[a-z0-9]+(?:-[a-z0-9]+)*))?", re.I)


class Refused(Exception):
    """A term that can't be looked for: why, and how many characters into it."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


@lru_cache(maxsize=65_536)
def leaf(written: str, field: Field | None) -> Leaf:
    """The leaf for a term as the grammar passes it on: `word`, `"a phrase"`, `=Exact`, `begin*`.

    Raises `Refused` when there is nothing in it to look for, or the `*` stands where it can't.
    """
    if field == "categories":
        return _category(written)
    if field == "authors":
        return _name(written)
    return Text(written, _units(written), (field,) if field else ("title", "abstract"))


def _units(written: str) -> tuple[Unit, ...]:
    exact, body = _body(written)
    if body.endswith("*"):
        return (((f"{_beginning(body)}*",),),)
    found = word_chains(body)
    if exact:
        return tuple(((f"={word}",),) for chain in found for word in chain)
    return tuple(_unit(chain) for chain in found)


def _unit(words: tuple[str, ...]) -> Unit:
    reach = range(len(words))
    return tuple(
        tuple(_term(words[begin : end + 1]) for end in range(begin, len(words))) for begin in reach
    )


def _term(words: tuple[str, ...]) -> str:
    return stems("".join(words))[0]


def _name(written: str) -> Name:
    exact, body = _body(written)
    if body.endswith("*"):
        return Name(written, (f"{_beginning(body)}*",))
    words = words_of(body)
    return Name(written, tuple(f"={word}" if exact else word.casefold() for word in words))


def _category(written: str) -> Category:
    name = written.strip('"').strip()
    if not _CATEGORY.fullmatch(name):
        raise Refused(
            f"`{name}` is no category: write one like `cat:cs.CV`, or `cat:cs` for all of cs"
        )
    return Category(name, name.casefold().removesuffix(".*"))


def _body(written: str) -> tuple[bool, str]:
    """Whether the form must be exact, and the words; refuses what holds nothing to look for."""
    exact = written.startswith("=")
    body = written.removeprefix("=")
    star = body.find("*")
    if not word_chains(body):
        raise Refused(f"Nothing to look for in `{written}`: it has no letters or digits")
    if 0 <= star < len(body) - 1:
        raise Refused("A `*` goes at the end of a word, outside quotes", star + exact)
    if exact and star > 0:
        raise Refused("`=` asks for exactly this word, so it can't end in `*`", star + exact)
    return exact, body


def _beginning(body: str) -> str:
    words = [word for chain in word_chains(body) for word in chain]
    if len(words) > 1:
        advice = f'write `{words[-1]}*` or `"{" ".join(words)}"`'
        raise Refused(f"`*` completes one word, and `{body[:-1]}` is several: {advice}")
    if len(fold(words[0])) < SHORTEST_PREFIX:
        raise Refused(
            f"`{body}` is too short: a `*` needs {SHORTEST_PREFIX} letters or more before it"
        )
    return words[0].casefold()
