"""Ways to match a day's papers with many profiles. Each says what it computes.

An engine is made from the profiles (once), then takes a day's papers, then matches. `match` gives
for every profile the set of its papers, as rows of bits (see `papers.program`).
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import ClassVar, Protocol

import ahocorasick
import hyperscan
import sqlite_utils

from benchmarks.combining import Finder, evaluated, fts, holds, plain, rows, united
from benchmarks.streams import FIELDS, pattern, places, streams
from papers.matching import DayIndex, index
from papers.paper import Paper
from papers.profiles import Profiles
from papers.program import Rows
from papers.syntax import Leaf


class Engine(Protocol):
    """What is measured."""

    name: ClassVar[str]
    computes: ClassVar[str]

    def __init__(self, profiles: Profiles) -> None: ...
    def take(self, papers: Sequence[Paper]) -> None:
        """Make a day's papers ready."""

    def match(self) -> Rows:
        """The papers of every profile."""


THE_SAME = "the language; same results, asserted"


class Paperboy:
    """The day's words indexed, every distinct part of a keyword once, united with numpy."""

    name: ClassVar[str] = "Paperboy"
    computes: ClassVar[str] = "the language"

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles

    def take(self, papers: Sequence[Paper]) -> None:
        self._day: DayIndex = index(papers)

    def match(self) -> Rows:
        return self._day.match(self._profiles).rows


class _WordFinder:
    """Finds the distinct words and phrases in the streams; Python's integers do the rest."""

    computes: ClassVar[str] = THE_SAME

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles
        self._leaves: dict[str, list[tuple[Leaf, int]]] = {}
        for leaf in profiles.program.leaves:
            for place in places(leaf):
                self._leaves.setdefault(pattern(leaf), []).append((leaf, place))
        self._patterns = list(self._leaves)
        self._build()

    def take(self, papers: Sequence[Paper]) -> None:
        self._streams = [streams(paper) for paper in papers]

    def match(self) -> Rows:
        found = self._found()
        sets = [evaluated(keyword.tree, found, self._all) for keyword in self._profiles.distinct]
        return rows(united(self._profiles, sets), len(self._streams))

    @property
    def _all(self) -> int:
        return (1 << len(self._streams)) - 1

    def _found(self) -> dict[Leaf, int]:
        """The papers of every leaf that occurs."""
        papers = [[0] * len(self._patterns) for _ in FIELDS]
        for number, texts in enumerate(self._streams):
            for place, text in enumerate(texts):
                self._scan(text, papers[place], 1 << number)
        found: dict[Leaf, int] = {}
        for number, wanted in enumerate(self._leaves.values()):
            for leaf, place in wanted:
                found[leaf] = found.get(leaf, 0) | papers[place][number]
        return found

    def _build(self) -> None:
        raise NotImplementedError

    def _scan(self, text: str, papers: list[int], paper: int) -> None:
        raise NotImplementedError


class AhoCorasick(_WordFinder):
    """pyahocorasick on the distinct words and phrases."""

    name: ClassVar[str] = "Aho-Corasick"

    def _build(self) -> None:
        self._automaton = ahocorasick.Automaton()
        for number, text in enumerate(self._patterns):
            self._automaton.add_word(text, number)
        self._automaton.make_automaton()

    def _scan(self, text: str, papers: list[int], paper: int) -> None:
        for _, number in self._automaton.iter(text):
            papers[number] |= paper


class Hyperscan(_WordFinder):
    """Hyperscan on the distinct words and phrases, each reported once a text."""

    name: ClassVar[str] = "Hyperscan"

    def _build(self) -> None:
        self._database = hyperscan.Database()
        self._database.compile(
            expressions=[re.escape(text).encode() for text in self._patterns],
            ids=list(range(len(self._patterns))),
            elements=len(self._patterns),
            flags=hyperscan.HS_FLAG_SINGLEMATCH,
        )

    def _scan(self, text: str, papers: list[int], paper: int) -> None:
        def seen(number: int, *_: object) -> None:
            papers[number] |= paper

        self._database.scan(text.encode(), match_event_handler=seen)


class _UnitedInBulk(_WordFinder):
    """The same, but put together by Paperboy's numpy program."""

    def match(self) -> Rows:
        found = self._found()
        return self._profiles.united(found.__getitem__, len(self._streams))


class AhoCorasickInBulk(_UnitedInBulk, AhoCorasick):
    """pyahocorasick with Paperboy's way to put results together."""

    name: ClassVar[str] = "Aho-Corasick + Paperboy's numpy"


class HyperscanInBulk(_UnitedInBulk, Hyperscan):
    """Hyperscan with Paperboy's way to put results together."""

    name: ClassVar[str] = "Hyperscan + Paperboy's numpy"


class Fts5:
    """SQLite's full-text index of the day, one query for each distinct keyword."""

    name: ClassVar[str] = "FTS5"
    computes: ClassVar[str] = THE_SAME

    def __init__(self, profiles: Profiles) -> None:
        self._profiles = profiles
        self._queries = [fts(keyword.tree) for keyword in profiles.distinct]

    def take(self, papers: Sequence[Paper]) -> None:
        self._count = len(papers)
        self._db = sqlite_utils.Database(memory=True).conn
        tokens = "unicode61 remove_diacritics 0 tokenchars '|^@#+.-'"
        columns = ", ".join(FIELDS)
        self._db.execute(f'CREATE VIRTUAL TABLE day USING fts5({columns}, tokenize="{tokens}")')
        rows = ((number, *streams(paper)) for number, paper in enumerate(papers))
        self._db.executemany(
            "INSERT INTO day (rowid, title, abstract, people) VALUES (?, ?, ?, ?)", rows
        )

    def match(self) -> Rows:
        sets = []
        for query in self._queries:
            bits = 0
            for (number,) in self._db.execute("SELECT rowid FROM day WHERE day MATCH ?", (query,)):
                bits |= 1 << number
            sets.append(bits)
        return rows(united(self._profiles, sets), self._count)


class Loop:
    """What small bots do: for every profile, paper and keyword, is it in the text."""

    name: ClassVar[str] = "substring loop"
    computes: ClassVar[str] = "substrings of the lower-case text"

    def __init__(self, profiles: Profiles) -> None:
        keywords, starts = profiles.keywords.tolist(), profiles.starts.tolist()
        ready = [plain(keyword.tree, self.made) for keyword in profiles.distinct]
        self._profiles = [
            [ready[number] for number in keywords[begin:end]] for begin, end in pairwise(starts)
        ]

    def take(self, papers: Sequence[Paper]) -> None:
        self._texts = [f"{paper.title} {paper.abstract}".lower() for paper in papers]

    def match(self) -> Rows:
        found = []
        for profile in self._profiles:
            bits = 0
            for number, text in enumerate(self._texts):
                for wanted, unwanted in profile:
                    if holds(wanted, unwanted, text):
                        bits |= 1 << number
                        break
            found.append(bits)
        return rows(found, len(self._texts))

    @staticmethod
    def made(word: str) -> Finder:
        """What says whether a word is in a text."""
        return lambda text: word in text


class RegularExpressions(Loop):
    """The same with compiled regular expressions, to find whole words only."""

    name: ClassVar[str] = "regular expressions"
    computes: ClassVar[str] = "whole words as written, no stems"

    @staticmethod
    def made(word: str) -> Finder:
        return re.compile(rf"\b{re.escape(word)}\b").search
