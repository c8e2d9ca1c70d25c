"""What the search index holds of a paper: its words as columns of text for FTS5.

FTS5 sees nothing but tokens made here, split at blanks; the kinds never meet, for each but stems
has a sign of its own before it.

| column            | tokens                                                                     |
|-------------------|----------------------------------------------------------------------------|
| title, abstract   | a stem for each word, in order: phrases                                    |
| …_forms           | `=word=` for each word, in order: beginnings, exact forms                  |
| …_extra           | readings of compounds, for `U-Net`: `.unet` and `=unet=`, `#u`, `#net`     |
|                   | its parts, `^` what is neither one word nor a whole compound (`.` as well) |
|                   | and `&` around compounds: the stems in order, each compound as one         |
| authors           | `~word` for each word of each reading of each name, then a gap             |
| categories        | `@`, which every paper has, and `@cs.cv` for each name                     |
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from papers.analysis import chains, forms, stems
from papers.category import names_of
from papers.names import readings, words_of
from papers.paper import Paper
from papers.text import clean

COLUMNS = (
    *("title", "abstract", "title_forms", "abstract_forms", "title_extra", "abstract_extra"),
    *("authors", "categories"),
)
EVERY = "@"
"""The token that every paper has."""

TOKENIZER = "ascii tokenchars '+#=~@.-^&'"
VERSION = 1
"""Of what is indexed; an index made by another version is made anew."""

AROUND = 3
"""How many words on each side of a compound are with it among the `&` tokens."""

NEAR = 8
"""At most so many words are between two words of one name, or it is marked as LONG_NAME; more are
between those of different names."""

LONG_NAME = "~~"

_NAME = re.compile(r"[a-z0-9.-]+")  # other categories can't be asked for
_Row = tuple[str, ...]


def row(paper: Paper) -> _Row:
    """The texts of a paper's COLUMNS."""
    title, abstract = _read(paper.title), _read(paper.abstract)
    texts = (text for pair in zip(title, abstract, strict=True) for text in pair)
    return (*texts, " ".join(map(_author, paper.authors)), _categories(paper.categories))


def form(written: str) -> str:
    """The token of a word as it is written, after folding. Case is told behind the second sign."""
    folded = written.casefold()
    return f"={folded}={'' if folded == written else written.encode().hex()}"


def category(name: str) -> str:
    """The token of a category or archive, in lower case."""
    return f"@{name}"


class _Chain(NamedTuple):
    """Tokens of words tied together; `whole` is the stem of all of them joined."""

    stems: str
    forms: str
    extra: str
    whole: str


def _read(text: str) -> tuple[str, str, str]:
    read = [_chain(chain) for _, chain in chains(clean(text))]
    extra = [chain.extra for chain in read if chain.extra]
    return (
        " ".join(chain.stems for chain in read),
        " ".join(chain.forms for chain in read),
        " ".join((*extra, *_surroundings(read))),
    )


def _surroundings(read: Sequence[_Chain]) -> Iterator[str]:
    """The whole stems of compounds and of the words near them; `&` alone stands for a gap."""
    end = 0
    for place, chain in enumerate(read):
        if " " in chain.stems:
            if place - AROUND > end:
                yield "&"
            begin = max(end, place - AROUND)
            end = min(len(read), place + AROUND + 1)
            yield from (f"&{near.whole}" for near in read[begin:end])


@lru_cache(maxsize=131_072)
def _chain(chain: str) -> _Chain:
    own, written, extra = [], [], []
    readings = forms(chain)
    length = readings[-1].place + 1
    for reading in readings:
        first, *typed = stems(reading.written)
        odd = typed if reading.length in (1, length) else [first, *typed]
        if reading.length == 1:
            own.append(first)
            written.append(form(reading.written))
            extra += [f".{stem}" for stem in typed]
        else:
            extra += [f".{stem}" for stem in (first, *typed)] + [form(reading.written)]
        extra += [f"^{stem}" for stem in odd]
    parts = [f"#{stem}" for stem in own] if length > 1 else []
    whole = stems(readings[0].written)[0]
    return _Chain(" ".join(own), " ".join(written), " ".join(extra + parts), whole)


@lru_cache(maxsize=65_536)
def _author(name: str) -> str:
    tokens: list[str] = []
    for reading in readings(words_of(clean(name))):
        tokens += [f"~{word.casefold()}" for word in reading]
        tokens += [LONG_NAME] * (len(reading) > NEAR + 2) + ["~"] * (NEAR + 1)
    return " ".join(tokens)


def _categories(categories: tuple[str, ...]) -> str:
    names = set().union(*map(names_of, categories))
    return " ".join((EVERY, *(category(name) for name in sorted(names) if _NAME.fullmatch(name))))
