"""A feed that has changed its format is noticed; one that is as it always was is not."""

import re
from datetime import date

import pytest

from papers import feed
from papers.drift import OF_ARXIV, drift, usually_told
from papers.novelty import sudden
from papers.paper import Paper
from tests.data import SHARED
from tests.papers.feeds_rendered import atom, mirror, rss

DAY = max(mirror(), key=lambda day: len(mirror()[day]))
ATOM = atom(DAY, mirror()[DAY]).decode()
RSS = rss(DAY, mirror()[DAY]).decode()
COUNT = len(mirror()[DAY])


@pytest.mark.parametrize("day", [day for day, papers in mirror().items() if papers])
def test_real_days_lack_nothing(day: date) -> None:
    assert drift(feed.parse(atom(day, mirror()[day])), OF_ARXIV) == ""


@pytest.mark.parametrize(
    "name",
    ["zotero-arxiv-daily_atom_cs.AI_2025-08-20.xml", "distill_rss_cs.AI_2026-04-27.xml"],
)
def test_real_feeds_lack_nothing(name: str) -> None:
    assert drift(feed.parse((SHARED / "feeds" / name).read_bytes()), OF_ARXIV) == ""


@pytest.mark.parametrize("document", [ATOM, RSS], ids=["atom", "rss"])
@pytest.mark.parametrize(
    ("field", "told"),
    [
        ("title", r"<title>.*?</title>"),
        ("abstract", r"<(summary|description)>.*?</\1>"),
        ("authors", r"<dc:creator>.*?</dc:creator>"),
        ("categories", r"<category\b.*?(/|</category)>"),
        ("announce type", r"<arxiv:announce_type>.*?</arxiv:announce_type>|Announce Type: \S+"),
    ],
)
def test_a_field_that_is_gone_is_named(document: str, field: str, told: str) -> None:
    head, first, entries = re.split(r"(<entry>|<item>)", document, maxsplit=1)
    changed = head + first + re.sub(told, "", entries, flags=re.DOTALL)
    told = drift(feed.parse(changed.encode()), OF_ARXIV)
    assert f"{COUNT} of {COUNT} entries have no {field}" in told.split("; ")


@pytest.mark.parametrize(
    ("entries", "lacking", "told"),
    [(100, 6, True), (100, 5, False), (3, 3, True), (2, 2, False), (40, 2, False), (40, 3, True)],
)
def test_a_few_accidents_are_no_drift(entries: int, lacking: int, told: bool) -> None:
    found = feed.Feed("atom", "cs.CV", DAY, (), entries=entries, lacking={"abstract": lacking})
    assert bool(drift(found, OF_ARXIV)) is told
    assert drift(found, OF_ARXIV - {"abstract"}) == ""


def test_what_a_feed_usually_tells_is_what_nearly_all_its_papers_have() -> None:
    whole, bare = Paper("1", "T", "A.", ("A. B",)), Paper("2", "T", "", ("A. B",))
    assert usually_told([]) == frozenset()
    assert usually_told([whole] * 3) == {"title", "abstract", "authors"}
    assert usually_told([whole] * 3 + [bare]) == {"title", "authors"}


@pytest.mark.parametrize(
    ("listed", "fresh", "usual", "odd"),
    [
        (30, 30, 0, True),
        (30, 16, 2, True),
        (30, 15, 2, False),
        (30, 30, 30, False),  # as every day
        (4, 4, 0, False),
        (8, 5, 1, True),
    ],
)
def test_more_than_half_new_is_odd_unless_it_is_usual(
    listed: int, fresh: int, usual: int, odd: bool
) -> None:
    assert sudden(listed, fresh, usual) is odd
