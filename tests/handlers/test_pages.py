"""Alert and day pages: whatever the papers are, every page is a message Telegram takes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.alerts import alert_page
from handlers.digests import day_page
from handlers.entries import Entries
from handlers.html import ENTITIES, LIMIT
from handlers.sheets import sheet
from papers import markdown
from papers.digest import AnnounceType
from papers.keyword import parse
from papers.matching import index
from papers.paper import Paper
from storage.store import AlertContent, DigestInfo, Item, Told
from tests.data import DIGEST

DAY = DigestInfo(1, "cs.CV", date(2020, 2, 25), 70)
hostile = st.text(
    st.sampled_from("<>&\"'\\${}_^%~ab \n😀é—/") | st.characters(), max_size=300
) | st.sampled_from(["<b>" * 500, "lidar " * 900, "😀" * 5000, "&amp;" * 900, "a<b " * 600])
papers = st.builds(Paper, id=st.just("2002.00001"), title=hostile, abstract=hostile)


@settings(max_examples=60, deadline=None)
@given(st.lists(papers, min_size=1, max_size=12), st.integers(1, 5))
def test_any_papers_fit(found: list[Paper], page: int) -> None:
    content = AlertContent((DAY,), tuple(Item(paper, ("lidar", "a OR b")) for paper in found))
    html = alert_page(7, content, Entries(), page).html
    assert html.units <= LIMIT
    assert html.entities <= ENTITIES


def test_few_papers_keep_their_whole_abstracts() -> None:
    items = tuple(Item(paper, ("pose",)) for paper in real()[5:8])
    shown = alert_page(7, AlertContent((DAY,), items), Entries())
    assert shown.keyboard is None
    assert "…" not in shown.html.plain
    assert shown.html.units > 3000


def test_five_long_abstracts_share_the_room() -> None:
    items = tuple(Item(paper, ("pose",)) for paper in real()[:5])
    html = alert_page(7, AlertContent((DAY,), items), Entries()).html
    assert LIMIT - 200 < html.units <= LIMIT
    assert all(f"\n{n}. " in html.plain for n in range(1, 6))


@pytest.mark.parametrize(("page", "first"), [(0, 1), (1, 1), (2, 6), (3, 11), (99, 11)])
def test_pages_beyond_the_ends_are_the_ends(page: int, first: int) -> None:
    items = tuple(Item(paper, ("pose",)) for paper in real()[:12])
    assert f"\n{first}. " in alert_page(7, AlertContent((DAY,), items), Entries(), page).html.plain


def test_callback_data_stays_within_telegrams_64_bytes() -> None:
    items = tuple(Item(paper, ("pose",)) for paper in real())
    keyboard = alert_page(2**63, AlertContent((DAY,), items), Entries()).keyboard
    assert keyboard is not None
    for button in keyboard.inline_keyboard[0]:
        assert len(str(button.callback_data).encode()) <= 64


def test_a_day_with_nothing_of_ones_own_is_still_a_day() -> None:
    html = day_page([DAY], real(), [], 1).html
    assert html.plain.startswith("cs.CV · Tue 25 Feb 2020 · 70 papers · 0 yours\n\n1. Maximum")
    assert "★" not in html.plain


def test_ones_own_papers_come_first_and_say_why() -> None:
    found = index(real()).match({1: [parse("lidar OR surfel")]}).of(1)
    html = day_page([DAY], real(), found, 1).html
    assert "1. ★ Monocular Direct Sparse Localization" in html.plain
    assert "lidar OR surfel" in html.plain


@settings(max_examples=40, deadline=None)
@given(st.lists(papers, min_size=10, max_size=12), st.integers(1, 150))
def test_any_day_fits(found: list[Paper], categories: int) -> None:
    unlike = [replace(paper, id=f"2002.{n:05}") for n, paper in enumerate(found)]
    keywords = [parse("lidar OR a OR b"), parse("script")]
    yours = index(unlike).match({1: keywords}).of(1)
    digests = [DAY._replace(category=f"cs.{n}") for n in range(categories)]
    html = day_page(digests, unlike, yours, 1).html
    assert html.units <= LIMIT
    assert html.entities <= ENTITIES


@settings(deadline=None)
@given(papers)
def test_any_sheet_fits(paper: Paper) -> None:
    told = [Told("cs.CV", date(2020, 2, 25), AnnounceType.NEW)] * 9
    assert sheet(paper, told).fits()


def real() -> tuple[Paper, ...]:
    return markdown.parse(DIGEST.read_bytes()).papers
