"""What the search index holds of a paper: its words as columns of text for FTS5.

FTS5 sees nothing but tokens made here, split at blanks; the kinds never meet, for each but stems
has a sign of its own. `abstract` and `title` hold

| tokens         | of what                                                                       |
|----------------|-------------------------------------------------------------------------------|
| `deep_net`     | the stems of each two words next to each other, in order: phrases             |
| `net`          | all stems that the text is found by, each once                                |
| `=Net=`        | each word as it is written, in order: beginnings, exact forms                 |
| `=unet.`       | the joined form of a compound such as `U-Net`: beginnings                     |
| `.unet`        | its stem, and `#u`, `#net` its parts                                          |
| `^unet`        | as `.unet`, if it is neither one word nor a whole compound                    |
| `&deep_unet`   | around compounds as `deep_net`, each compound as one; `&` alone is a gap      |
| `%unet_few`    | one of two compounds next to each other as one, of the other the word beside  |
| `!net`         | as `net`, in titles alone, where common words are rare                        |

and `others` holds `@`, which every paper has, and `@cs.cv` for each category; and for each reading
of each author's name `~word` for each word, a gap, and the family name with the initials of other
words: `~y.lecun`, and also `~y..lecun` if the initial is all there is.

A phrase of words that are common, each by itself, would take long to find by their places. Two in
a row are rare, mostly, so that phrases are looked for by their pairs alone. The abstract comes
first, as FTS5 needs two bytes for each token and paper to say that a column isn't the first.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from papers.analysis import chains, forms, stems
from papers.category import names_of
from papers.names import SUFFIXES, readings, words_of
from papers.paper import Paper
from papers.text import clean

COLUMNS = ("abstract", "title", "others")
EVERY = "@"
"""The token that every paper has."""

TOKENIZER = "ascii tokenchars '+#=~@.-^&%_!'"
VERSION = 2
"""Of what is indexed; an index made by another version is made anew."""

AROUND = 3
"""How many words on each side of a compound are with it among the `&` tokens."""

NEAR = 8
"""At most so many words are between two words of one name, or it is marked as LONG_NAME; more are
between those of different names."""

LONG_NAME = "~~"

_CATEGORY = re.compile(r"[a-z0-9.-]+")  # other categories can't be asked for
_Row = tuple[str, ...]


class Chain(NamedTuple):
    """Words tied together: the stem of each, the token of each as it is written, all stems they are
    found by, the same and the tokens of the compound they are, and the stem of all words joined."""

    stems: tuple[str, ...]
    forms: tuple[str, ...]
    found: tuple[str, ...]
    loose: tuple[str, ...]
    whole: str


def row(paper: Paper) -> _Row:
    """The texts of a paper's COLUMNS."""
    return texts(read(paper.title), read(paper.abstract), paper.authors, paper.categories)


def texts(
    title: Sequence[Chain],
    abstract: Sequence[Chain],
    authors: tuple[str, ...],
    categories: tuple[str, ...],
) -> _Row:
    """The same for a title and an abstract that are read already."""
    heading = (f"!{stem}" for each in title for stem in each.found)
    others = chain((EVERY,), map(_author, authors), _categories(categories))
    return _words(abstract), " ".join((_words(title), *heading)), " ".join(others)


def read(text: str) -> list[Chain]:
    """The chains of a title or abstract as received."""
    return [_chain(written) for _, written in chains(clean(text))]


def _words(read: Sequence[Chain]) -> str:
    in_a_row = pairs(chain.from_iterable(each.stems for each in read))
    loose = dict.fromkeys(chain.from_iterable(each.loose for each in read))
    forms = chain.from_iterable(each.forms for each in read)
    return " ".join((*in_a_row, *loose, *forms, *_mixed(read), *_surroundings(read)))


def pairs(stems: Iterable[str], sign: str = "") -> Iterator[str]:
    """The tokens of stems in a row."""
    return (f"{sign}{one}_{next_}" for one, next_ in pairwise(stems))


def form(written: str) -> str:
    """The token of a word as it is written, after folding. Case is told behind the second sign."""
    folded = written.casefold()
    return f"={folded}={'' if folded == written else written.encode().hex()}"


def category(name: str) -> str:
    """The token of a category or archive, in lower case."""
    return f"@{name}"


def initial(letter: str, family: str, *, alone: bool = False) -> str:
    """The token of an initial with a family name, in lower case; or of one without the rest."""
    return f"~{letter}{'..' if alone else '.'}{family}"


def _mixed(read: Sequence[Chain]) -> Iterator[str]:
    for one, other in pairwise(read):
        if len(one.stems) > 1 and len(other.stems) > 1:
            yield f"%{one.whole}_{other.stems[0]}"
            yield f"%{one.stems[-1]}_{other.whole}"


def _surroundings(read: Sequence[Chain]) -> Iterator[str]:
    """The pairs near compounds, each compound as one."""
    last, end = 0, len(read) - 1
    for place, each in enumerate(read):
        if len(each.stems) > 1:
            if place - AROUND > last:
                yield "&"
            for n in range(max(last, place - AROUND), min(end, place + AROUND)):
                yield f"&{read[n].whole}_{read[n + 1].whole}"
                last = n + 1


@lru_cache(maxsize=131_072)
def _chain(written: str) -> Chain:
    readings = forms(written)
    length = readings[-1].place + 1
    single = [reading.written for reading in readings if reading.length == 1]
    own = tuple(stems(word)[0] for word in single)
    found = tuple(chain.from_iterable(stems(reading.written) for reading in readings))
    extra = [f"#{stem}" for stem in own if length > 1]
    for reading in readings:
        known = stems(reading.written)
        extra += (f".{stem}" for stem in known[reading.length == 1 :])
        extra += (f"^{stem}" for stem in known[reading.length in (1, length) :])
        extra += [f"={reading.written.casefold()}."] * (reading.length > 1)
    whole = stems(readings[0].written)[0]
    return Chain(own, tuple(map(form, single)), found, (*found, *extra), whole)


@lru_cache(maxsize=65_536)
def _author(name: str) -> str:
    tokens: list[str] = []
    for reading in readings(words_of(clean(name))):
        folded = [word.casefold() for word in reading]
        family = max((n for n, word in enumerate(folded) if word not in SUFFIXES), default=0)
        given = [word for n, word in enumerate(folded) if n != family]
        tokens += (f"~{word}" for word in folded)
        tokens += [LONG_NAME] * (len(reading) > NEAR + 2) + ["~"] * (NEAR + 1)
        tokens += (initial(word[0], folded[family]) for word in given)
        tokens += (initial(word, folded[family], alone=True) for word in given if len(word) == 1)
    return " ".join(tokens)


def _categories(given: Iterable[str]) -> Iterator[str]:
    names = set().union(*map(names_of, given))
    return (category(name) for name in sorted(names) if _CATEGORY.fullmatch(name))
