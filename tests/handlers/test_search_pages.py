"""Answers of /search and /why: whatever was found, a message that Telegram takes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.excerpt import excerpt
from handlers.html import ENTITIES, LIMIT, units
from handlers.search import View, answer
from handlers.why import explanations
from papers.keyword import LONGEST, Keyword, parse
from papers.matching import Match, explain, index
from papers.paper import Paper
from storage.searches import Found

MONTH = date(2026, 1, 31)
hostile = st.text(
    st.sampled_from("<>&\"'\\${}_^%~ab \n😀é—/") | st.characters(exclude_categories=["Cs"]),
    max_size=300,
) | st.sampled_from(["<b>" * 500, "lidar " * 900, "😀" * 5000, "a<b lidar " * 600])
papers = st.builds(
    Paper,
    id=st.just("2002.00001"),
    title=hostile,
    abstract=hostile,
    authors=st.lists(hostile, max_size=3).map(tuple),
    categories=st.just(("cs.CV", "cs.LG")),
)
LONG = parse(" OR ".join(f'"lidar {"é" * 12} a{n}"' for n in range(9)) + " OR a")


def matched(found: list[Paper], keyword: Keyword) -> list[Match]:
    day = index(found)
    return [Match(paper, day.hits(keyword, place)) for place, paper in enumerate(found)]


@settings(max_examples=60, deadline=None)
@given(st.lists(papers, min_size=1, max_size=6), st.sampled_from([LONG, parse("lidar")]))
def test_any_answer_fits(found: list[Paper], keyword: Keyword) -> None:
    view = View(newest=True, since=MONTH, top=2**63 - 1, page=50)
    told = Found(found, 300, 2**63 - 1, 2**63 - 2, hurried=True)
    page = answer(keyword, view, told, matched(found, keyword), MONTH)
    assert page.html.units <= LIMIT
    assert page.html.entities <= ENTITIES
    assert page.keyboard is not None
    for row in page.keyboard.inline_keyboard:
        assert all(len(str(button.callback_data).encode()) <= 64 for button in row)


@pytest.mark.parametrize("unknown", [[], ["lidar", "x" * LONGEST]])
def test_an_answer_without_papers_fits(unknown: list[str]) -> None:
    page = answer(LONG, View(since=MONTH), Found([], 0, 0, None, unknown=unknown), [], MONTH)
    assert page.html.fits()
    assert page.keyboard is not None
    assert answer(LONG, View(), Found([], 0, 0, None), [], MONTH).keyboard is None


@settings(deadline=None)
@given(papers)
def test_any_explanation_fits(paper: Paper) -> None:
    keywords = [LONG, *(parse(f"lidar -{'x' * 200}{n}") for n in range(99))]
    assert explanations(paper, [explain(keyword, paper) for keyword in keywords]).fits()


@settings(deadline=None)
@given(hostile, st.data())
def test_an_excerpt_shows_the_first_words_that_matched(text: str, data: st.DataObject) -> None:
    words = [(m, m + 1) for m, c in enumerate(text) if not c.isspace()]
    if not words:
        return
    begin, end = data.draw(st.sampled_from(words))
    shown = excerpt(text, [(begin, end)], 200)
    assert shown.units <= 202
    if units(text) == len(text):
        assert f"<b>{_escaped(text[begin:end])}</b>" in shown.html


def _escaped(text: str) -> str:
    return text.translate({38: "&amp;", 60: "&lt;", 62: "&gt;", 34: "&quot;", 39: "&#x27;"})
