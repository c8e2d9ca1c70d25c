"""Matcher and definition agree: on every pair of generated keywords and real papers."""

import os
from collections import defaultdict
from functools import cache
from itertools import islice

import pytest

from papers.bits import ones
from papers.keyword import Keyword
from papers.matching import DayIndex, Matches, index
from tests.papers.definition import Document
from tests.papers.generated import Generator, sample

SEEDS = range(int(os.environ.get("PAPERBOY_SEEDS", "3")))  # the search is held to a million pairs
KEYWORDS = 50  # with each seed, on 2,000 papers


@cache
def day() -> DayIndex:
    return index(sample())


@cache
def documents() -> list[Document]:
    return [Document(paper) for paper in sample()]


def keywords(seed: int) -> list[Keyword]:
    generator = Generator(seed)
    return list(islice(iter(generator.keyword, None), KEYWORDS))


def brought(matches: Matches) -> dict[int, list[int]]:
    """The places of the papers that each profile is brought, from the batches."""
    papers: dict[int, list[int]] = defaultdict(list)
    for batch in matches.batches():
        for profile, paper in zip(batch.profiles.tolist(), batch.papers.tolist(), strict=True):
            papers[profile].append(paper)
    return papers


@pytest.mark.parametrize("seed", SEEDS)
def test_every_generated_keyword_matches_the_papers_it_means(seed: int) -> None:
    asked = keywords(seed)
    matches = day().match({number: [keyword] for number, keyword in enumerate(asked)})
    papers = brought(matches)
    assert set(matches) == set(papers)
    for number, keyword in enumerate(asked):
        meant = [n for n, document in enumerate(documents()) if document.matches(keyword.tree)]
        assert list(ones(day().find(keyword.tree))) == meant, str(keyword)
        assert sorted(papers.get(number, [])) == meant, str(keyword)


def test_generated_keywords_find_something() -> None:
    """Otherwise their agreement would say little."""
    found = [day().find(keyword.tree).bit_count() for keyword in keywords(0)]
    assert sum(map(bool, found)) > KEYWORDS * 0.6
    assert sum(1 for count in found if 0 < count < len(sample()) / 2) > KEYWORDS * 0.5
