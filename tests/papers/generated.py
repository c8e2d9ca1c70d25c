"""Keywords in all forms the language has, made at random from the words of real papers."""

import json
from collections.abc import Callable
from functools import cache
from random import Random

from papers.analysis import spans
from papers.grammar import DEEPEST
from papers.keyword import LONGEST, MOST_WORDS, Keyword, parse
from papers.paper import Paper
from papers.text import clean
from tests.data import SHARED


@cache
def sample() -> tuple[Paper, ...]:
    """The 2,000 real papers of the shared sample."""
    lines = (SHARED / "corpus" / "sample_2000.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(_paper(json.loads(line)) for line in lines)


def _paper(record: dict[str, object]) -> Paper:
    authors, categories = record["authors"], record["categories"]
    assert isinstance(authors, list)
    assert isinstance(categories, list)
    return Paper(
        id=str(record["id"]),
        title=str(record["title"]),
        abstract=str(record["summary"]),
        authors=tuple(authors),
        categories=tuple(categories),
    )


class Generator:
    """Random keywords. Each is taken from some paper, so most find something."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)  # noqa: S311  (tests are to be repeatable)
        self._kinds: list[tuple[Callable[[], str], int]] = [
            (self._word, 40),
            (self._phrase, 20),
            (self._joined, 10),
            (self._prefix, 10),
            (self._exact, 8),
            (self._author, 6),
            (self._category, 6),
        ]

    def keyword(self) -> Keyword:
        """One keyword."""
        return parse(self.text())

    def text(self) -> str:
        """One keyword as somebody may write it: no longer, deeper or of more words than may be."""
        while True:
            text = self._side(self._random.choice((0, 0, 1, 1, 2, 3)))
            if (
                len(text) <= LONGEST
                and len(text.split()) < MOST_WORDS
                and text.count("(") < DEEPEST
            ):
                return text

    def _side(self, depth: int) -> str:
        if not depth:
            return self._term()
        shape = self._random.choice(("{} {}", "{} AND {}", "({} OR {})", "({}|{})", "{} NOT {}"))
        shape = self._random.choice((shape, shape, "{} -({} {})", "({} {}) {}", "{} ANDNOT {}"))
        sides = [self._side(depth - 1) for _ in range(shape.count("{}"))]
        return shape.format(*sides)

    def _term(self) -> str:
        kinds, weights = zip(*self._kinds, strict=True)
        term: str = self._random.choices(kinds, weights)[0]()
        scoped = term.startswith(("au:", "cat:")) or self._random.random() < 0.8
        return term if scoped else self._random.choice(("ti:", "abs:", "title:")) + term

    def _some(self, least: int, most: int) -> list[str]:
        """Successive words of some title or abstract, as they are written there."""
        paper = self._random.choice(sample())
        text = clean(self._random.choice((paper.title, paper.abstract)))
        places = spans(text)
        count = self._random.randint(least, most)
        first = self._random.randrange(max(1, len(places) - count))
        words = [text[begin:end] for begin, end in places[first : first + count]]
        return words if len(words) >= least else self._some(least, most)

    def _word(self) -> str:
        word = self._some(1, 1)[0]
        word = self._random.choice((word, word.lower(), word.upper()))
        return f'"{word}"' if word in ("AND", "OR", "NOT", "ANDNOT") else word

    def _phrase(self) -> str:
        return f'"{" ".join(self._some(2, 4))}"'

    def _joined(self) -> str:
        return self._random.choice(("-", "", "/")).join(["x", *self._some(2, 3)][1:]).lower()

    def _prefix(self) -> str:
        word = self._some(1, 1)[0]
        usable = len(word) > 2 and word.isascii() and word.isalnum()
        return f"{word[: self._random.randint(3, len(word))]}*" if usable else self._prefix()

    def _exact(self) -> str:
        words = self._some(1, 1) if self._random.random() < 0.7 else self._some(2, 3)
        return f"={words[0]}" if len(words) == 1 else f'="{" ".join(words)}"'

    def _author(self) -> str:
        words = self._random.choice(self._random.choice(sample()).authors).replace('"', "").split()
        given, family = words[0], words[-1]
        forms = (family, f'"{given} {family}"', f'"{given[0]} {family}"', f'"{family}, {given}"')
        return f"au:{self._random.choice((*forms, chr(34) + family + ' ' + given[0] + chr(34)))}"

    def _category(self) -> str:
        category = self._random.choice(("cs.CV", "cs", "math.*", "stat.ML", "math.IT", "eess"))
        return f"cat:{category}"
