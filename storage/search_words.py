"""What the search index holds of a paper: its words as columns of text for FTS5.

FTS5 sees nothing but tokens made here, split at blanks; the kinds never meet, for each but stems
has a sign of its own before it.

| column                         | tokens                                                        |
|--------------------------------|---------------------------------------------------------------|
| `title`, `abstract`            | a stem for each word, in order: phrases                       |
| `title_forms`, `abstract_forms`| `=word=` for each word, in order: beginnings, exact forms     |
| `title_extra`, `abstract_extra`| in any order, the other readings: joined compounds (`unet` for
                                   `U-Net`) as stem and form, plurals of acronyms as typed      |
| `authors`                      | `~word` for each word of each reading of each name, then `~`  |
| `categories`                   | `@`, which every paper has, and `@cs.cv` for each name        |
"""

import re
from functools import lru_cache

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

TOKENIZER = "ascii tokenchars '+#=~@.-'"
VERSION = 1
"""Of what is indexed; an index made by another version is made anew."""

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


def _read(text: str) -> tuple[str, str, str]:
    read = [_chain(chain) for _, chain in chains(clean(text))]
    return (
        " ".join(stem for stem, _, _ in read),
        " ".join(written for _, written, _ in read),
        " ".join(extra for _, _, extra in read if extra),
    )


@lru_cache(maxsize=131_072)
def _chain(chain: str) -> tuple[str, str, str]:
    """The stems, the forms and the extra tokens of words tied together."""
    own, written, extra = [], [], []
    for reading in forms(chain):
        first, *typed = stems(reading.written)
        if reading.length == 1:
            own.append(first)
            written.append(form(reading.written))
            extra += typed
        else:
            extra += [first, *typed, form(reading.written)]
    return " ".join(own), " ".join(written), " ".join(extra)


@lru_cache(maxsize=65_536)
def _author(name: str) -> str:
    words = (word for reading in readings(words_of(clean(name))) for word in (*reading, ""))
    return " ".join(f"~{word.casefold()}" for word in words)


def _categories(categories: tuple[str, ...]) -> str:
    names = set().union(*map(names_of, categories))
    return " ".join((EVERY, *(category(name) for name in sorted(names) if _NAME.fullmatch(name))))
