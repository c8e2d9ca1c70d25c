"""The Markdown digest: read whole, whatever real files bring, and written back as it was."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers import markdown
from papers.digest import Announcement, Digest
from papers.errors import DigestError
from papers.paper import Paper
from tests.data import DIGEST

HEADING = "# ArXiv cs.CV --Tue, 25 Feb 2020\n"


def entry(number: int, title: str, link: str, abstract: str = "Words.") -> str:
    return f"### {number}.{title}  [ :arrow_down: ]({link})\n>  {abstract} \n"


def read(text: str) -> Digest:
    return markdown.parse(text.encode())


def test_the_given_digest_is_read_whole_and_written_back_byte_for_byte() -> None:
    digest = markdown.parse(DIGEST.read_bytes())
    assert (digest.category, digest.day) == ("cs.CV", date(2020, 2, 25))
    assert [a.position for a in digest.announcements] == list(range(1, 71))
    assert digest.problems == ()
    assert digest.papers[42].title.startswith("Kullback-Leibler Divergence-Based Fuzzy $C$-Means")
    assert all(len(paper.abstract) > 400 for paper in digest.papers)
    assert markdown.render(digest).encode() == DIGEST.read_bytes()


@pytest.mark.parametrize(
    ("title", "link", "expected"),
    [
        ("Plain", "https://arxiv.org/pdf/2002.10434.pdf", ("2002.10434", None)),
        ("Of $C$-Means", "https://arxiv.org/pdf/2002.10434v2.pdf", ("2002.10434", 2)),
        ("Why [Not] Brackets]", "https://arxiv.org/abs/2002.10434", ("2002.10434", None)),
        ("Links [like](this) inside", "http://arxiv.org/abs/0704.0001v1", ("0704.0001", 1)),
        ("Old", "https://arxiv.org/pdf/quant-ph/9802028.pdf", ("quant-ph/9802028", None)),
        ("Older", "https://arxiv.org/abs/math.GT/0309136v3", ("math.GT/0309136", 3)),
        ("3DSSD: starts with a digit", "https://arxiv.org/pdf/2002.10187", ("2002.10187", None)),
    ],
)
def test_titles_and_links_of_every_kind(
    title: str, link: str, expected: tuple[str, int | None]
) -> None:
    digest = read(HEADING + entry(7, title, link))
    (announcement,) = digest.announcements
    assert (announcement.paper.id, announcement.version) == expected
    assert announcement.paper.title == title
    assert announcement.position == 7
    assert digest.problems == ()


@pytest.mark.parametrize(
    "heading",
    [
        "# ArXiv cs.CV --Tue, 25 Feb 2020",
        "# ArXiv cs.CV -- Tuesday, 25 February 2020  ",
        "#ArXiv cs.CV --25 FEB 2020",
        "# arxiv cs.CV – Tue, Feb. 25, 2020",
        "# ArXiv cs.CV - 25th febr 2020",
        "# ArXiv cs.CV: 2020-02-25",
    ],
)
def test_headings_in_other_spellings(heading: str) -> None:
    digest = read(f"{heading}\n{entry(1, 'A', 'https://arxiv.org/abs/2002.10434')}")
    assert (digest.category, digest.day, len(digest.papers)) == ("cs.CV", date(2020, 2, 25), 1)


@pytest.mark.parametrize("category", ["hep-th", "cond-mat.mes-hall", "xx.YY", "Computer Vision"])
def test_any_category_is_taken_as_it_stands(category: str) -> None:
    assert read(f"# ArXiv {category} --Tue, 25 Feb 2020").category == category


@pytest.mark.parametrize(
    "text", ["", "\n\n", "hello", "# ArXiv cs.CV", "# ArXiv cs.CV --Tue, 31 Feb 2020", "#" * 10**6]
)
def test_what_has_no_heading_is_refused_with_the_remedy(text: str) -> None:
    with pytest.raises(DigestError, match=r"should read like '# ArXiv cs\.CV --Tue, 25 Feb 2020'"):
        read(text)


def test_an_empty_digest_is_a_digest() -> None:
    assert read(HEADING).announcements == ()


@pytest.mark.parametrize("change", ["crlf", "cr", "bom", "utf-16", "blank lines", "trailing"])
def test_encodings_and_line_ends_change_nothing(change: str) -> None:
    text = HEADING + entry(1, "Äpfel", "https://arxiv.org/abs/2002.10434", "één × two")
    changed = {
        "crlf": text.replace("\n", "\r\n").encode(),
        "cr": text.replace("\n", "\r").encode(),
        "bom": text.encode("utf-8-sig"),
        "utf-16": text.encode("utf-16"),
        "blank lines": ("\n" + text.replace("\n", "\n\n")).encode(),
        "trailing": text.replace("\n", "   \t\n").encode(),
    }[change]
    assert markdown.parse(changed).announcements == read(text).announcements


def test_an_abstract_may_be_missing_or_take_several_lines() -> None:
    digest = read(
        HEADING
        + "### 1.None  [ :arrow_down: ](https://arxiv.org/abs/2002.00001)\n"
        + "### 4.Many  [ :arrow_down: ](https://arxiv.org/abs/2002.00002)\n"
        + ">  one \n> two\nthree\n"
    )
    assert [paper.abstract for paper in digest.papers] == ["", "one\ntwo\nthree"]
    assert [a.position for a in digest.announcements] == [1, 4]
    assert digest.problems == ()


def test_bad_entries_are_told_by_line_and_lose_nothing_else() -> None:
    digest = read(
        HEADING
        + entry(1, "Good", "https://arxiv.org/abs/2002.00001")
        + "### 2.No link at all\n>  its abstract \n"
        + entry(3, "Elsewhere", "https://example.org/paper.pdf")
        + entry(4, "Again", "https://arxiv.org/abs/2002.00001v2", "not this")
        + entry(5, "", "https://arxiv.org/abs/2002.00005")
        + "## Something else\n"
        + entry(6, "Last", "https://arxiv.org/abs/2002.00006")
    )
    assert [paper.id for paper in digest.papers] == ["2002.00001", "2002.00006"]
    assert digest.papers[0].abstract == "Words."
    assert [(problem.line, problem.reason[:26]) for problem in digest.problems] == [
        (4, "no arXiv link at the end o"),
        (6, "no arXiv link at the end o"),
        (8, "2002.00001 was already ann"),
        (10, "this entry has no title"),
    ]


def test_bytes_that_are_not_utf_8_cost_only_themselves() -> None:
    good = entry(1, "Caf\xe9", "https://arxiv.org/abs/2002.00001")
    digest = markdown.parse(HEADING.encode() + good.encode("latin-1"))
    assert digest.papers[0].title == "Caf\ufffd"
    assert [(p.line, p.reason) for p in digest.problems] == [(2, "these bytes are not UTF-8")]


words = st.text(
    st.characters(codec="utf-8", exclude_characters="\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")
)
lines = words.map(str.strip).filter(bool)
papers = st.builds(
    Paper,
    id=st.from_regex(r"\A(0[0-9]|2[0-6])(0[1-9]|1[0-2])\.[0-9]{5}\Z"),
    title=lines,
    abstract=st.lists(lines, max_size=3).map("\n".join),
)
entries = st.builds(
    Announcement, st.integers(1, 999), papers, version=st.none() | st.integers(1, 99)
)


@given(st.lists(entries, unique_by=lambda entry: entry.paper.id))
def test_what_is_written_is_read_back(announcements: list[Announcement]) -> None:
    digest = Digest("cs.CV", date(2020, 2, 25), tuple(announcements), heading=HEADING.strip())
    assert markdown.parse(markdown.render(digest).encode()) == digest


@given(st.binary() | st.text().map(lambda text: (HEADING + text).encode("utf-8", "replace")))
def test_no_bytes_raise_anything_but_the_digest_error(data: bytes) -> None:
    try:
        markdown.parse(data)
    except DigestError:
        assert not data.startswith(HEADING.encode())
