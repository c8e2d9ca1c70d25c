"""From a displayed text to what is indexed and matched: words, their places, stems and compounds.

Matcher and search both read texts through this module, so both see the same words.

- A word is a run of letters and digits; `C++`, `C#` and `F#` are words; a possessive `'s` is none
  (Snowball would drop it too). Han characters and kana are words each by itself, so that a query in
  Chinese or Japanese, which falls into several words, is a phrase of them.
- Words tied by hyphens or slashes form a chain; every stretch of a chain also counts as its joined
  form, in the place of its parts: `U-Net` reads `U`, `Net` and, over both places, `UNet`.
- Addresses hold no words.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import Stemmer

from papers.folding import fold, fold_with_places
from papers.text import ADDRESS

_HAN = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_WORD = rf"(?:[cC]\+\+|[cCfF]#|[{_HAN}]|(?!(?<=\w['’])[sS](?!\w))[^\W_{_HAN}]+)"
_LONGEST_CHAIN = 8  # words; a chain of n words has n(n-1)/2 joined forms
WORD = re.compile(_WORD)
CHAIN = re.compile(rf"{_WORD}(?:[-/‐‒–−∕]{_WORD}){{0,{_LONGEST_CHAIN - 1}}}")

_PLURAL_ACRONYM = re.compile(r"\w+[A-Z]s")
_BARE_PLURAL = re.compile(r"(?=.{4})[bcdfghjklmnpqrstvwxz]{2,}[aeiou]?(?<!s)s")
_NO_PLURALS = frozenset(("plus", "this", "thus"))


class Form(NamedTuple):
    """A reading of `length` words from the word at `place`: `written` is folded, its case kept.

    Forms of one word are the words themselves, longer ones the joined forms.
    """

    place: int
    length: int
    written: str


def analyse(text: str) -> Iterator[Form]:
    """All readings of a displayed text (`papers.text.clean`), in order of their places."""
    for place, chain in chains(text):
        for offset, length, written in forms(chain):
            yield Form(place + offset, length, written)


@lru_cache(maxsize=64)
def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where each word of a displayed text stands in it: `(begin, end)` by place, in characters.

    Kept for a few texts, because one after another all keywords ask for those of the same paper.
    """
    folded = fold_with_places(_without_addresses(text))
    words = (word.span() for word in WORD.finditer(folded.text))
    return tuple((folded.begins[begin], folded.ends[end - 1]) for begin, end in words)


def chains(text: str) -> Iterator[tuple[int, str]]:
    """The chains of a text (most are single words), folded, and where their first words stand."""
    place = 0
    for chain in CHAIN.findall(fold(_without_addresses(text))):
        yield place, chain
        place += forms(chain)[-1].place + 1


@lru_cache(maxsize=262_144)
def forms(chain: str) -> tuple[Form, ...]:
    """The readings of a chain, places counting from its first word; the last is its last word."""
    words = WORD.findall(chain)
    reach = range(len(words))
    return tuple(
        Form(begin, end - begin, "".join(words[begin:end]))
        for begin in reach
        for end in range(len(words), begin, -1)
    )


def word_chains(text: str) -> list[tuple[str, ...]]:
    """The words of a text, those of one chain together; folded, their case kept."""
    return [tuple(WORD.findall(chain)) for _, chain in chains(text)]


@lru_cache(maxsize=262_144)
def stems(written: str) -> tuple[str, ...]:
    """The stems a form of a text is found by. The first is its own, by which a query looks.

    `CNNs` is found as `cnn`, and as `cnns` in case somebody types that and means it.
    """
    word = written.casefold()
    if len(word) > 2 and _PLURAL_ACRONYM.fullmatch(written):
        own, typed = stem(word[:-1]), stem(word)
        return (own,) if own == typed else (own, typed)
    return (stem(word),)


def stem(word: str) -> str:
    """The stem of a folded word in lower case: Snowball English, and bare plurals of acronyms.

    Snowball keeps the s of words without a vowel before it (`cnns`, `gpus`, `pdes`).
    """
    stemmed: str = _stemmer().stemWord(word)
    if stemmed == word and word not in _NO_PLURALS and _BARE_PLURAL.fullmatch(word):
        return stem(word[:-1])
    return stemmed


def _without_addresses(text: str) -> str:
    return ADDRESS.sub(lambda m: " " * len(m[0]), text) if "://" in text else text


@cache
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")
