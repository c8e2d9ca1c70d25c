"""Every recorded feed is read without loss: checked against the standard library's reading."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TypeAlias
from xml.etree import ElementTree

import pytest

from papers import feed, feed_document
from papers.digest import Announcement, AnnounceType
from papers.feed import FeedError
from tests.data import SHARED
from tests.papers.feeds_rendered import Listed, atom, mirror, rss

FEEDS = SHARED / "feeds"
CORPUS = SHARED / "corpus" / "arxiv-74728.jsonl.gz"
ATOM = FEEDS / "zotero-arxiv-daily_atom_cs.AI_2025-08-20.xml"
RSS = sorted(FEEDS.glob("*_rss_*.xml"))
QUERIES = sorted((FEEDS / "api").glob("*.xml"))
ERROR = FEEDS / "api" / "id_abc_s0_m100_b79c8dcf6bc3.xml"
LEGACY_2018 = FEEDS / "legacy" / "physbiblio_hep-ex_2018-05-23.rdf.xml"
LEGACY_2021 = FEEDS / "legacy" / "physbiblio_hep-ex_2021-07-08.rdf.xml"
DAMAGED = FEEDS / "legacy" / "physbiblio_hep-ex_2021-07-08_damaged.rdf.xml"

A, X, D = (
    "{http://www.w3.org/2005/Atom}",
    "{http://arxiv.org/schemas/atom}",
    "{http://purl.org/dc/elements/1.1/}",
)
HEAD = re.compile(r"arXiv:(\S+)v(\d+) Announce Type: (\S+) ?\nAbstract: (.*)", re.S)

Facts: TypeAlias = tuple[str, int | None, str, str, tuple[str, ...], tuple[str, ...], str, str, str]


def tree(path: Path) -> ElementTree.Element:
    return ElementTree.fromstring(path.read_bytes())  # noqa: S314 (a recorded file, trusted)


def facts(made: Announcement) -> Facts:
    paper = made.paper
    return (
        paper.id, made.version, made.type.value, paper.title, paper.authors, paper.categories,
        paper.abstract, paper.comment, paper.doi,
    )  # fmt: skip


def announced(element: ElementTree.Element, summary: str, terms: tuple[str, ...]) -> Facts:
    """What an entry of a daily feed says, read with the standard library alone."""
    head = HEAD.fullmatch(element.findtext(summary, "").strip())
    assert head
    authors = element.findtext(f"{D}creator", "").replace(r"\'e", "é").split(", ")
    title = element.findtext(f"{A}title") or element.findtext("title", "")
    assert element.findtext(f"{X}announce_type") == head[3]
    doi = element.findtext(f"{X}DOI", "")
    said = (head[1], int(head[2]), head[3], title or "")
    return (*said, tuple(authors), terms, head[4], "", doi)


def queried(element: ElementTree.Element) -> Facts:
    """What an entry of a query's answer says, read with the standard library alone."""
    found = re.fullmatch(r"http://arxiv.org/abs/(.+)v(\d+)", element.findtext(f"{A}id", ""))
    assert found
    primary = element.find(f"{X}primary_category")
    assert primary is not None
    terms = [
        primary.attrib["term"],
        *(each.attrib["term"] for each in element.iter(f"{A}category")),
    ]
    authors = tuple(each.text or "" for each in element.iter(f"{A}name"))
    texts = [element.findtext(f"{A}{name}", "").strip() for name in ("title", "summary")]
    comment = element.findtext(f"{X}comment", "").strip()
    return (
        found[1], int(found[2]), "new", texts[0], authors, tuple(dict.fromkeys(terms)), texts[1],
        comment, element.findtext(f"{X}doi", ""),
    )  # fmt: skip


def test_the_recorded_atom_feed_is_read_without_loss() -> None:
    root = tree(ATOM)
    expected = [
        announced(entry, f"{A}summary", tuple(c.attrib["term"] for c in entry.iter(f"{A}category")))
        for entry in root.iter(f"{A}entry")
    ]
    made = feed.parse(ATOM.read_bytes())
    assert (made.kind, made.category, made.day) == ("atom", "cs.AI", date(2025, 8, 20))
    assert [facts(each) for each in made.announcements] == expected
    assert [each.position for each in made.announcements] == [1, 2, 3, 4, 5, 6, 7]
    assert made.announcements[2].paper.authors == ("Paulo André Lima de Castro",)
    assert made.problems == ()


@pytest.mark.parametrize("path", RSS, ids=lambda path: path.stem)
def test_the_recorded_rss_feeds_are_read_without_loss(path: Path) -> None:
    items = list(tree(path).iter("item"))
    expected = [
        announced(item, "description", tuple(c.text or "" for c in item.iter("category")))
        for item in items
    ]
    made = feed.parse(path.read_bytes())
    assert (made.kind, made.problems, len(items)) == ("rss", (), 3 if "cs.AI_" in path.name else 4)
    assert made.day == date.fromisoformat(path.stem[-10:])
    assert [facts(each) for each in made.announcements] == expected


def test_a_feed_of_several_categories_names_them_as_its_address_does() -> None:
    made = feed.parse(RSS[1].read_bytes())
    assert made.category == "cs.LG+cs.AI+cs.CL+stat.ML"
    assert [(each.paper.id, each.version, each.type.value) for each in made.announcements] == [
        ("2609.26811", 1, "new"),
        ("2609.26820", 1, "new"),
        ("2205.06398", 2, "cross"),
        ("2009.13987", 3, "replace"),
    ]
    assert made.announcements[2].paper.doi == "10.1093/bioinformatics/btac431"


@pytest.mark.parametrize("path", [path for path in QUERIES if path != ERROR], ids=lambda p: p.stem)
def test_answers_of_the_query_api_are_read_without_loss(path: Path) -> None:
    root = tree(path)
    made = feed.parse(path.read_bytes())
    assert [facts(each) for each in made.announcements] == [
        queried(entry) for entry in root.iter(f"{A}entry")
    ]
    search = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert made.total == int(root.findtext(f"{search}totalResults", ""))
    assert made.start == int(root.findtext(f"{search}startIndex", ""))
    assert (made.kind, made.day, made.problems) == ("query", None, ())


def test_journal_references_are_read() -> None:
    data = (FEEDS / "api" / "id_astro-ph_0601001_s0_m100_3150dca9dc76.xml").read_bytes()
    (entry,) = feed_document.read(data).entries
    assert entry.journal == "ActaAstron.56:1-50,2006"


def test_the_query_api_s_error_entry_is_an_error_and_no_paper() -> None:
    with pytest.raises(FeedError, match="incorrect id format for abc"):
        feed.parse(ERROR.read_bytes())


def test_feeds_from_before_2024_are_read_as_typed_in_here() -> None:
    made = feed.parse(LEGACY_2018.read_bytes())
    assert (made.kind, made.category, made.day) == ("rdf", "hep-ex", date(2018, 5, 24))
    first, second, third = made.announcements
    assert facts(first)[:6] == (
        "1805.08875", 1, "new", "Measurement of Transverse Single Spin Asymmetries",
        ("Christopher Dilks",), ("hep-ex",),
    )  # fmt: skip
    assert r"range of $2.6&lt;\eta&lt;4$. Within" in first.paper.abstract  # HTML, as received
    assert facts(second)[:6] == (
        "1805.09166", 1, "cross", "Recent Top quark results from the Tevatron",
        ("Boris Tuchming",), ("hep-ex",),
    )  # fmt: skip
    assert facts(third)[:4] == (
        "1805.06430",
        2,
        "replace-cross",
        "New Perspective on Hybrid Mesons",
    )
    assert third.paper.categories == ("nucl-th",)
    assert third.paper.authors == (
        "Shu-Sheng Xu", "Zhu-Fang Cui", "Lei Chang", "Joannis Papavassiliou", "Craig D. Roberts",
        "Hong-Shi Zong",
    )  # fmt: skip


def test_a_collaboration_s_list_names_who_is_shown() -> None:
    made = feed.parse(LEGACY_2021.read_bytes())
    assert [facts(each)[0] for each in made.announcements] == [
        "2107.03419",
        "2106.00550",
        "2007.03939",
    ]
    assert [each.type.value for each in made.announcements] == ["new", "cross", "replace-cross"]
    assert [each.version for each in made.announcements] == [1, 2, 2]
    assert made.announcements[0].paper.authors == ("LHCb collaboration", "R. Aaij")
    assert made.announcements[1].paper.authors == ("Robert A. Wilson",)
    assert [each.paper.abstract for each in made.announcements] == ["desc1", "desc2", "desc3"]


def test_entries_that_lack_a_field_are_kept_and_one_without_a_title_is_told() -> None:
    made = feed.parse(DAMAGED.read_bytes())
    assert [
        (each.paper.id, each.paper.abstract, each.paper.authors) for each in made.announcements
    ] == [
        ("2106.00550", "", ("Robert A. Wilson",)),
        ("2007.03939", "desc3", ()),
    ]
    (problem,) = made.problems
    line = DAMAGED.read_text().splitlines()[problem.line - 1]
    assert line == '<item rdf:about="http://arxiv.org/abs/2107.03419">'
    assert problem.reason == "the entry has no title"


def people(paper: Listed) -> tuple[str, ...]:
    """The mirror's own splitting left `and` before 2 of its names and a `:` as 2 more."""
    return tuple(name.strip().removeprefix("and ") for name in paper.authors if name.strip(" :"))


@pytest.mark.parametrize("render", [atom, rss])
def test_mathematics_survives_in_every_real_abstract_that_could_be_taken_for_html(
    render: Callable[[date, Iterable[Listed]], bytes],
) -> None:
    papers = [
        Listed(record["id"], record["title"], record["summary"], ("A B",), ("cs.CV",))
        for record in map(json.loads, gzip.decompress(CORPUS.read_bytes()).splitlines())
        if "<" in record["summary"] or "&" in record["summary"]
    ]
    assert (len(papers), sum("<" in paper.abstract for paper in papers)) == (1618, 874)
    made = feed.parse(render(date(2026, 4, 20), papers))
    assert [(each.paper.title, each.paper.abstract) for each in made.announcements] == [
        (paper.title.strip(), paper.abstract.strip()) for paper in papers
    ]


@pytest.mark.parametrize("render", [atom, rss])
def test_all_18_mirrored_days_come_back_whole(
    render: Callable[[date, Iterable[Listed]], bytes],
) -> None:
    counts: Counter[AnnounceType] = Counter()
    for day, papers in mirror().items():
        made = feed.parse(render(day, papers))
        assert (made.day, made.category, made.problems) == (day, "cs.CV", ())
        assert [facts(each) for each in made.announcements] == [
            (p.id, p.version, p.type, p.title, people(p), p.categories, p.abstract.strip(), "", "")
            for p in papers
        ]
        counts.update(each.type for each in made.announcements)
    assert counts == {"new": 1323, "cross": 234, "replace": 772, "replace-cross": 180}
