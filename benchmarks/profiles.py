"""Profiles such as many subscribers would have: popular keywords in most, rare ones in a few."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from papers.analysis import analyse, stems
from papers.keyword import Keyword, parse
from papers.paper import Paper
from papers.taxonomy import taxonomy
from papers.text import clean

KEYWORDS = 5
"""Keywords in a profile."""

_SLOT = re.compile(r"{(\w+)}")
_WORDS, _PHRASES, _COMMON = 14_000, 4_000, 600
_SHAPES = {  # how many of a hundred keywords are of which shape
    "{word}": 38,
    "{phrase}": 20,
    "{word} {word}": 16,
    "{phrase} {word}": 5,
    "{word} -{word}": 5,
    "({word} OR {word}) -{phrase}": 3,
    "{prefix}*": 4,
    "ti:{word}": 4,
    "{word} cat:{category}": 3,
    "au:{author}": 2,
}


class Vocabulary:
    """What profiles ask for, most popular first: taken from real papers.

    Phrases are of words that no hyphenated word reads as when joined, so that engines which know
    nothing of joined forms can be asked for them and must find the same.
    """

    def __init__(self, papers: Sequence[Paper]) -> None:
        words: Counter[str] = Counter()
        phrases: Counter[str] = Counter()
        readings = [list(analyse(clean(text))) for p in papers for text in (p.title, p.abstract)]
        odd = {stem for text in readings for form in text for stem in _odd_stems(*form)}
        for text in readings:
            plain = [form.written.casefold() for form in text if form.length == 1]
            words.update(word for word in plain if word.isascii() and word.isalpha())
            usable = [w if w.isascii() and not odd & set(stems(w)) else "" for w in plain]
            pairs = pairwise(usable)
            phrases.update(f'"{first} {second}"' for first, second in pairs if first and second)
        common = [word for word, _ in words.most_common(_WORDS + _COMMON)]
        self.terms = {
            "word": common[_COMMON:],  # nobody asks for "the"
            "phrase": [phrase for phrase, _ in phrases.most_common(_PHRASES + 500)[500:]],
            "prefix": sorted({word[:5] for word in common[_COMMON:6000] if len(word) > 6}),
            "author": _authors(papers),
            "category": _categories(papers),
        }


def _odd_stems(_place: int, length: int, written: str) -> tuple[str, ...]:
    return stems(written) if length > 1 else stems(written)[1:]


def _authors(papers: Sequence[Paper]) -> list[str]:
    families = Counter(author.split()[-1] for paper in papers for author in paper.authors)
    return [name for name, _ in families.most_common(2000) if name.isascii() and name.isalpha()]


def _categories(papers: Sequence[Paper]) -> list[str]:
    categories = Counter(name for paper in papers for name in paper.categories)
    return [name for name, _ in categories.most_common(40) if name in taxonomy().categories]


def generate(count: int, papers: Sequence[Paper], seed: int = 6) -> dict[int, list[Keyword]]:
    """So many profiles, by id. Keywords are drawn by Zipf's law, equal ones parsed once."""
    terms = Vocabulary(papers).terms
    random = np.random.default_rng(seed)
    draws = {name: _drawer(known, random) for name, known in terms.items()}
    shapes = list(_SHAPES)
    weights = np.array(list(_SHAPES.values())) / sum(_SHAPES.values())
    chosen = random.choice(len(shapes), size=count * KEYWORDS, p=weights).tolist()
    parsed: dict[str, Keyword] = {}
    flat = [_parsed(_filled(shapes[shape], draws), parsed) for shape in chosen]
    return {n: flat[n * KEYWORDS : (n + 1) * KEYWORDS] for n in range(count)}


def _drawer(terms: Sequence[str], random: np.random.Generator) -> Callable[[], str]:
    """A function that draws a term, the n-th with a probability as 1 / (n + 10)."""
    weights = 1 / (np.arange(len(terms)) + 10)
    buffer: list[int] = []

    def draw() -> str:
        if not buffer:
            buffer.extend(
                random.choice(len(terms), size=65_536, p=weights / weights.sum()).tolist()
            )
        return terms[buffer.pop()]

    return draw


def _filled(shape: str, draws: dict[str, Callable[[], str]]) -> str:
    return _SLOT.sub(lambda slot: draws[slot[1]](), shape)


def _parsed(text: str, parsed: dict[str, Keyword]) -> Keyword:
    keyword = parsed.get(text)
    if keyword is None:
        keyword = parsed[text] = parse(text)
    return keyword
