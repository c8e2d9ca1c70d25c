"""Author names: when what somebody typed names an author, and never two of them at once.

The words typed must be different words of one author's name, in any order. An initial stands for a
name that begins with it, on either side, as long as the family name is spelled out on both.
`Le Cun` and `LeCun` are the same, as are `O'Brien` and `OBrien`, `Müller` and `Muller`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from papers.analysis import WORD
from papers.folding import fold

_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʼ`](?=\w)")
SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_PARTICLES = frozenset(
    "al am ben bin da de del della den der di do dos du el la las le les lo mac mc ten ter van von"
    " zu".split()
)


@lru_cache(maxsize=131_072)
def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded, case kept, family name last: `LeCun, Yann` is `Yann LeCun`."""
    family, comma, given = _APOSTROPHES.sub("", fold(name)).partition(",")
    first, last = WORD.findall(given), WORD.findall(family)
    if comma and first and first[0].casefold() not in SUFFIXES:
        return tuple(first + last)
    return tuple(last + first)


def readings(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The words of a name as they are, and with particles joined on: `Le Cun` as `LeCun`."""
    yield tuple(words)
    joined: list[str] = []
    particles = ""
    for word in words:
        particles += word
        if word.casefold() not in _PARTICLES:
            joined.append(particles)
            particles = ""
    joined += [particles] * bool(particles)
    if len(joined) < len(words):
        yield tuple(joined)


def names(terms: Sequence[str], author: str) -> bool:
    """Whether terms (`lecun`, `=LeCun`, `lec*`) name this author."""
    return any(
        _assigned(asked, name) for asked in readings(terms) for name in readings(words_of(author))
    )


def is_word(term: str, word: str) -> bool:
    """Whether a term is this word of a name, spelled out."""
    if term.startswith("="):
        return term[1:] == word
    if term.endswith("*"):
        return word.casefold().startswith(term[:-1])
    return term == word.casefold()


def _assigned(terms: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each term can have a word of its own: spelled out, or with initials for the rest once
    some term is the family name."""
    if not words or len(terms) > len(words):
        return False
    if _matched(terms, words, initials=False):
        return True
    family = _family(words)
    others = [word for place, word in enumerate(words) if place != family]
    return any(
        len(term.strip("=*")) > 1
        and is_word(term, words[family])
        and _matched([*terms[:place], *terms[place + 1 :]], others, initials=True)
        for place, term in enumerate(terms)
    )


def _family(words: Sequence[str]) -> int:
    families = (n for n, word in enumerate(words) if word.casefold() not in SUFFIXES)
    return max(families, default=0)


def _matched(terms: Sequence[str], words: Sequence[str], *, initials: bool) -> bool:
    """Whether every term finds a word of its own (a bipartite matching by augmenting paths)."""
    taken: dict[int, int] = {}

    def place(term: int, tried: set[int]) -> bool:
        for word in range(len(words)):
            if word not in tried and _fits(terms[term], words[word], initials=initials):
                tried.add(word)
                if word not in taken or place(taken[word], tried):
                    taken[word] = term
                    return True
        return False

    return all(place(term, set()) for term in range(len(terms)))


def _fits(term: str, word: str, *, initials: bool) -> bool:
    if is_word(term, word):
        return True
    name = word.casefold()
    return initials and min(len(term), len(name)) == 1 and term[0] == name[0]
