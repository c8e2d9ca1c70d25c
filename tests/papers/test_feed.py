"""What becomes of feeds whose shape has changed, of damaged ones, and of answers that are none."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeAlias

import pytest

from papers import feed
from papers.feed import Feed, FeedError
from tests.papers.feeds_rendered import Listed, atom, refusal, rss

DAY = date(2026, 4, 20)
NEW = Listed(
    "2604.14630",
    "A title with $n<m$",
    "Let $n<m$ & $m>0$.",
    ("Ann Lee", "Bob Ray"),
    ("cs.CV", "cs.LG"),
)
CROSS = replace(NEW, id="2604.14580", title="Crossing", type="cross", categories=("cs.LG", "cs.CV"))
AGAIN = replace(NEW, id="2601.00001", title="Again", type="replace")
Render: TypeAlias = Callable[[date, Iterable[Listed]], bytes]
PAPERS = (NEW, CROSS, AGAIN)
JOURNAL = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel rdf:about="http://example.org"><title>A Journal</title><link>http://example.org</link></channel>
{}</rdf:RDF>"""  # fmt: skip


def read(text: str | bytes, category: str = "") -> Feed:
    return feed.parse(text.encode() if isinstance(text, str) else text, category=category)


def changed(pattern: str, by: str, count: int = 0) -> Feed:
    return read(re.sub(pattern, by, atom(DAY, PAPERS).decode(), count=count, flags=re.S))


def told(made: Feed) -> list[tuple[str, int | None, str]]:
    return [(each.paper.id, each.version, each.type.value) for each in made.announcements]


EVERYTHING = [("2604.14630", 1, "new"), ("2604.14580", 1, "cross"), ("2601.00001", 2, "replace")]


@pytest.mark.parametrize(
    "pattern",
    [
        r"<id>oai[^<]*</id>",
        r'<link href="https://arxiv.org[^>]*>',
        r"<arxiv:announce_type>[^<]*</arxiv:announce_type>",
        r"<dc:creator>[^<]*</dc:creator>",
        r"<published>[^<]*</published>",
        r"<updated>[^<]*</updated>",
        r"<dc:rights>[^<]*</dc:rights>",
        r"<subtitle>[^<]*</subtitle>",
    ],
)
def test_any_one_field_may_go_missing(pattern: str) -> None:
    made = changed(pattern, "")
    assert (told(made), made.day, made.problems) == (EVERYTHING, DAY, ())


@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        (r"https://arxiv.org/abs/", "http://rss.arxiv.org/abs/"),
        (r"https://arxiv.org/abs/([\d.]+)", r"https://arxiv.org/pdf/\1v1.pdf"),
        (r"oai:arXiv.org:", "http://arxiv.org/abs/"),
        (r"Announce Type: (\S+) \nAbstract: ", r"Announce Type: \1\n\nAbstract:   "),
        (r"<feed ", '<feed xmlns:media="http://search.yahoo.com/mrss/" '),
    ],
)
def test_a_shape_that_changes_a_little_is_read_all_the_same(pattern: str, by: str) -> None:
    made = changed(pattern, by)
    assert (told(made), made.problems) == (EVERYTHING, ())
    assert made.announcements[0].paper.abstract == "Let $n<m$ & $m>0$."


def test_without_any_type_a_second_version_is_a_replacement() -> None:
    made = changed(r"arXiv:\S+ Announce Type: \S+ \nAbstract: |<arxiv:announce_type>.*?type>", "")
    assert told(made) == [
        ("2604.14630", 1, "new"),
        ("2604.14580", 1, "new"),
        ("2601.00001", 2, "replace"),
    ]


def test_an_unknown_announce_type_is_told() -> None:
    made = changed(">replace<", ">absonly<")
    assert told(made) == EVERYTHING
    assert [problem.reason for problem in made.problems] == [
        "announce type 'absonly' is unknown and was read as replace"
    ]


def test_an_entry_that_names_no_paper_is_told_with_its_line_and_loses_no_other() -> None:
    text = (
        atom(DAY, PAPERS)
        .decode()
        .replace("2604.14580", "nowhere")
        .replace("https://arxiv.org/abs/nowhere", "")
    )
    made = read(text)
    assert told(made) == [EVERYTHING[0], EVERYTHING[2]]
    assert [each.position for each in made.announcements] == [1, 3]
    (problem,) = made.problems
    assert problem.text == "Crossing"
    assert "neither an arXiv id" in problem.reason
    assert text.splitlines()[problem.line - 1].strip() == "<entry>"


@pytest.mark.parametrize("render", [atom, rss])
def test_a_stray_ampersand_in_one_entry_damages_no_other(render: Render) -> None:
    data = render(DAY, PAPERS).replace(b"Ann Lee", b"Ann & Lee <x", 1)
    made = read(data)
    assert told(made) == EVERYTHING
    assert [each.paper.abstract for each in made.announcements] == ["Let $n<m$ & $m>0$."] * 3
    assert [problem.reason for problem in made.problems] == ["the XML is damaged and was mended"]
    assert b"Ann & Lee" in data.splitlines()[made.problems[0].line - 1]


def test_a_paper_listed_twice_is_announced_once() -> None:
    made = read(atom(DAY, (NEW, CROSS, replace(NEW, type="cross"))))
    assert told(made) == EVERYTHING[:2]
    assert [problem.reason for problem in made.problems] == [
        "2604.14630 is announced a second time in this feed"
    ]


def test_ten_different_items_that_share_guid_and_link_are_all_kept_in_a_steady_way() -> None:
    item = "<item><title>No. {}</title><link>https://example.org/toc</link><guid>one</guid></item>"
    items = "".join(map(item.format, range(10)))
    text = f'<rss version="2.0"><channel><title>J</title>{items}</channel></rss>'
    first, second = read(text), read(text)
    assert len(first.ids) == 10
    assert first == second
    assert all(
        each.paper.link.startswith("https://example.org/toc") for each in first.announcements
    )


BIORXIV = "https://www.biorxiv.org/content/10.1101"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("<dc:identifier>doi:10.1101/85</dc:identifier>", ("doi:10.1101/85", None)),
        (f"<link>{BIORXIV}/2026.09.25.000001v2?rss=1</link>", ("doi:10.1101/2026.09.25.000001", 2)),
        (f"<link>{BIORXIV}/2026.09.25.000003v1.full</link>", ("doi:10.1101/2026.09.25.000003", 1)),
        ("<link>https://science.org/doi/10.1126/Sci.A8?af=R</link>", ("doi:10.1126/sci.a8", None)),
        ("<prism:doi>https://doi.org/10.1001/N.2</prism:doi>", ("doi:10.1001/n.2", None)),
        ("<link>https://example.org/paper/17</link>", ("https://example.org/paper/17", None)),
        ("<link>https://doi.org/10.48550/arXiv.2604.14630</link>", ("2604.14630", None)),
    ],
)
def test_papers_from_elsewhere_go_by_doi_or_address(
    fields: str, expected: tuple[str, int | None]
) -> None:
    made = read(JOURNAL.format(f"<item><title>T</title>{fields}</item>"), "journal")
    (announcement,) = made.announcements
    assert (announcement.paper.id, announcement.version) == expected
    assert (made.category, announcement.paper.categories) == ("journal", ("journal",))
    assert announcement.type == ("replace" if expected[1] == 2 else "new")


def test_a_journal_s_entry_is_read_as_it_stands() -> None:
    made = read(
        JOURNAL.format(
            "<item><title><![CDATA[ Direct CO<sub>2</sub>, p<0.05 ]]></title>"
            "<link>https://www.nature.com/articles/s41929-026-01535-6</link>"
            "<content:encoded><![CDATA[<p>Of a<b.</p>]]></content:encoded>"
            "<dc:date>2026-05-12</dc:date>"
            "<dc:creator>Koner, Kalipada</dc:creator><dc:creator>Adams, Jason S.</dc:creator>"
            "<prism:doi>10.1038/s41929-026-01535-6</prism:doi></item>"
        ),
        "Nature Catalysis",
    )
    paper = made.announcements[0].paper
    assert made.day == date(2026, 5, 12)
    assert (paper.title, paper.abstract) == ("Direct CO<sub>2</sub>, p<0.05", "<p>Of a<b.</p>")
    assert paper.authors == ("Kalipada Koner", "Jason S. Adams")
    assert (paper.id, paper.doi) == ("doi:10.1038/s41929-026-01535-6", "10.1038/s41929-026-01535-6")


@pytest.mark.parametrize("render", [atom, rss])
def test_a_weekend_s_feed_is_empty_and_no_error(render: Render) -> None:
    made = read(render(date(2026, 4, 18), ()))
    assert (made.announcements, made.problems, made.day) == ((), (), date(2026, 4, 18))
    assert made.category == "cs.CV"


@pytest.mark.parametrize(
    ("data", "match"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (
            b"<!DOCTYPE html><html><head><title>503</title></head><body>Busy</body></html>",
            "not a feed",
        ),
        (b"Rate exceeded.", "not a feed"),
        (b'{"error": "no"}', "not a feed"),
        (b"\0\1\2\3", "not a feed"),
        (b"\x1f\x8b\x08\0compressed", "not a feed"),
        (refusal("cs.XX"), "Bad archive 'cs.XX'"),
        (atom(DAY, PAPERS)[:-8], "cut off before its end"),
        (atom(DAY, PAPERS)[:2000], "cut off before its end"),
        (rss(DAY, PAPERS)[:-12], "cut off before its end"),
        (b"<rss>" + b"<item/>" * 5001 + b"</rss>", "5,001 entries"),
        (b"<rss>" + b" " * 15_000_000 + b"</rss>", "15,000,011 bytes"),
    ],
)
def test_an_answer_that_is_no_feed_is_an_error_of_its_own(data: bytes, match: str) -> None:
    with pytest.raises(FeedError, match=match):
        feed.parse(data)
