"""Which papers of a day match which profiles, why, and in which order. Pure; nothing is sent here.

A day is indexed once (`index`); profiles are made ready once (`compile_profiles`) for as many days
as they stay the same. `DayIndex.match` then evaluates every distinct part of all keywords once and
unites the results per profile; what a profile's matches are in detail is worked out when it is
asked for.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

import numpy as np

from papers.explaining import reason
from papers.fanout import Batch, batches
from papers.keyword import Keyword
from papers.paper import Paper
from papers.people import Authors, Categories
from papers.postings import Postings, Span
from papers.profiles import Profiles, compile_profiles
from papers.program import Rows
from papers.ranking import ordered
from papers.syntax import And, Category, Field, Leaf, Name, Not, Or, Text, Tree
from papers.text import clean


@dataclass(frozen=True, slots=True)
class Hit:
    """Where in one field a keyword matched: `(begin, end)` in characters of the field as displayed.

    See `displayed` for what that is. Spans are whole words (whole names of authors), ascending and
    not overlapping.
    """

    keyword: Keyword
    field: Field
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A paper that matched a profile, with the hits of each of its keywords that matched."""

    paper: Paper
    hits: tuple[Hit, ...]

    @property
    def keywords(self) -> tuple[Keyword, ...]:
        """The keywords that matched, in the order of the profile."""
        return tuple(dict.fromkeys(hit.keyword for hit in self.hits))


@dataclass(frozen=True, slots=True)
class Explanation:
    """Whether and where a keyword matches a paper, or the first reason why it doesn't."""

    keyword: Keyword
    paper: Paper
    hits: tuple[Hit, ...]
    reason: str
    """Empty if it matches."""

    @property
    def matched(self) -> bool:
        """Whether the keyword matches the paper."""
        return not self.reason


def displayed(paper: Paper, field: Field) -> str:
    """A field of a paper as one line, as it is shown and as hits count in it."""
    match field:
        case "title":
            return clean(paper.title)
        case "abstract":
            return clean(paper.abstract)
        case "authors":
            return ", ".join(clean(name) for name in paper.authors)
    return " ".join(paper.categories)


class DayIndex:
    """A day's papers, ready to be matched. It can be pickled."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self.papers = tuple(papers)
        self._texts: dict[Field, Postings] = {
            "title": Postings([displayed(paper, "title") for paper in papers]),
            "abstract": Postings([displayed(paper, "abstract") for paper in papers]),
        }
        self._authors = Authors([paper.authors for paper in papers])
        self._categories = Categories([paper.categories for paper in papers])
        self._everything = (1 << len(papers)) - 1
        self._found: dict[Leaf, int] = {}

    def match(self, profiles: Mapping[int, Sequence[Keyword]] | Profiles) -> "Matches":
        """All matches of profiles (keywords by chat number), or of those made ready before."""
        ready = profiles if isinstance(profiles, Profiles) else compile_profiles(profiles)
        return Matches(self, ready, ready.united(self.find_leaf, len(self.papers)))

    def find(self, tree: Tree) -> int:
        """The papers that match a tree, as a set of their places in `papers` (one bit each)."""
        match tree:
            case And(children):
                return reduce(and_, map(self.find, children))
            case Or(children):
                return reduce(or_, map(self.find, children))
            case Not(child):
                return self._everything & ~self.find(child)
        return self.find_leaf(tree)

    def find_leaf(self, leaf: Leaf) -> int:
        """The same for a leaf; what was found is kept."""
        found = self._found.get(leaf)
        if found is None:
            found = self._found[leaf] = self._look_for(leaf)
        return found

    def hits(self, keyword: Keyword, paper: int) -> tuple[Hit, ...]:
        """Where a keyword that matches the paper at this place has matched, field by field."""
        spans: dict[Field, list[Span]] = {}
        for leaf in self._matched(keyword.tree, 1 << paper, wanted=True):
            for field, found in self._spans(leaf, paper):
                spans.setdefault(field, []).extend(found)
        fields: tuple[Field, ...] = ("title", "abstract", "authors", "categories")
        return tuple(
            Hit(keyword, field, _merged(spans[field])) for field in fields if spans.get(field)
        )

    def _look_for(self, leaf: Leaf) -> int:
        match leaf:
            case Name(words=words):
                return self._authors.find(words)
            case Category(name=name):
                return self._categories.find(name)
            case Text(units=units, fields=fields):
                return reduce(or_, (self._texts[field].find(units) for field in fields))

    def _matched(self, tree: Tree, paper: int, *, wanted: bool) -> Iterator[Leaf]:
        """The leaves by which a paper matches (or, under a `Not`, does not match) a tree."""
        match tree:
            case And(children) | Or(children):
                for child in children:
                    if bool(self.find(child) & paper) == wanted:
                        yield from self._matched(child, paper, wanted=wanted)
            case Not(child):
                yield from self._matched(child, paper, wanted=not wanted)
            case _ if wanted:
                yield tree

    def _spans(self, leaf: Leaf, paper: int) -> Iterator[tuple[Field, list[Span]]]:
        match leaf:
            case Name(words=words):
                yield "authors", self._authors.spans(words, paper)
            case Category(name=name):
                yield "categories", self._categories.spans(name, paper)
            case Text(units=units, fields=fields):
                for field in fields:
                    yield field, self._texts[field].spans(units, paper)


def index(papers: Sequence[Paper]) -> DayIndex:
    """The costly part of matching, once a day: the papers analysed."""
    return DayIndex(papers)


def explain(keyword: Keyword, paper: Paper) -> Explanation:
    """Why a keyword matches a paper, or why not; the matcher itself decides."""
    day = DayIndex([paper])
    if day.find(keyword.tree):
        return Explanation(keyword, paper, day.hits(keyword, 0), "")
    return Explanation(keyword, paper, (), reason(keyword.tree, paper, day.find))


class Matches:
    """What a day brought: iterates over the ids of the profiles that have any match, ascending."""

    def __init__(self, day: DayIndex, profiles: Profiles, rows: Rows) -> None:
        self._day = day
        self._profiles = profiles
        self.rows = rows
        """For each of `profiles.ids` the set of its papers, as a row of bits (`papers.program`)."""

    def __iter__(self) -> Iterator[int]:
        return iter(self._profiles.ids[self.rows.any(axis=1)].tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(self.rows.any(axis=1)))

    def of(self, profile: int) -> list[Match]:
        """The matches of a profile, best first (`papers.ranking`); none if it is unknown."""
        found = self._profiles.of(profile)
        if found is None:
            return []
        keywords = [self._profiles.distinct[number] for number in found[1]]
        return [self._match(keywords, paper) for paper in self._ordered(keywords)]

    def batches(self) -> Iterator[Batch]:
        """All matches of all profiles as arrays, ranked, some thousand profiles at a time.

        It says the same as `of` for every profile, for those who write it somewhere.
        """
        rows = self._profiles.graded.run(self._day.find_leaf, len(self._day.papers))
        return batches(self._profiles, rows, len(self._day.papers))

    @property
    def keywords(self) -> tuple[Keyword, ...]:
        """The keywords that the numbers in a batch stand for."""
        return self._profiles.distinct

    def _ordered(self, keywords: Sequence[Keyword]) -> list[int]:
        return ordered([keyword.tree for keyword in keywords], self._day.find)

    def _match(self, keywords: Sequence[Keyword], paper: int) -> Match:
        hits = [
            hit
            for keyword in keywords
            if self._day.find(keyword.tree) >> paper & 1
            for hit in self._day.hits(keyword, paper)
        ]
        return Match(self._day.papers[paper], tuple(hits))


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap as one."""
    merged: list[Span] = []
    for begin, end in sorted(spans):
        if merged and begin < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((begin, end))
    return tuple(merged)
