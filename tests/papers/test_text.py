"""Titles and abstracts become text a person can read, whatever was received."""

import gzip
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers import latex, markdown
from papers.text import ADDRESS, clean
from tests.data import DIGEST, SHARED

LISTED = (
    '<a class="link-external link-https" href="https://x.org/a_b" rel="nofollow">this https URL</a>'
)


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        (r"\textbf{88.14}\% on RAF-DB", "88.14% on RAF-DB"),
        (r"$4\sim 16$ times", "4∼16 times"),
        (r"$3\times 3$ and $3 \times 3$", "3×3 and 3 × 3"),
        (rf"\url{{{LISTED}}}", "https://x.org/a_b"),
        (rf"\href{{{LISTED}}}{{{LISTED}}}.", "https://x.org/a_b."),
        (r"\href{https://x.org/p%20q}{our page}", "our page (https://x.org/p%20q)"),
        (r"\href{https://x.org/a\_b}{x.org/a_b}", "https://x.org/a_b"),
        (f"at {LISTED}.", "at https://x.org/a_b."),
        ('see <a href="/abs/2002.1">Fig</a>', "see Fig"),
        ("a &lt;b and c&gt; d", "a <b and c> d"),
        ("n<m and p>q, a<b and c>d", "n<m and p>q, a<b and c>d"),
        ("H<sub>2</sub>O <i>in vivo</i><br/>next", "H2O in vivo next"),
        ("R&D, x&times;y, &foo; &amp;lt;", "R&D, x×y, &foo; &lt;"),
        (r"Erd\H{o}s, Schr\"odinger, Fr\'echet", "Erdős, Schrödinger, Fréchet"),
        (r"Nu\~nez, Sk\o vgaard, \AA ngstr\"om, \v{S}koda", "Nuñez, Skøvgaard, Ångström, Škoda"),
        (r"$\kappa$-means, $\ell_1$, CO$_2$, $10^{-3}$", "κ-means, ℓ₁, CO₂, 10⁻³"),
        (r"$O(n \log n)$ and $\frac{a+b}{2}$", "O(n log n) and (a+b)/2"),
        (r"$f: X \to Y$ for $n<m$", "f: X → Y for n<m"),
        (r"90$^\circ$ in ~10 hours, see Fig.~2", "90° in ~10 hours, see Fig. 2"),
        ("costs $5 and $10, a 5% gain", "costs $5 and $10, a 5% gain"),
        (r"$100,000 for $\alpha$", "$100,000 for α"),
        (r"\method beats \ours{} and \name{Foo}", "method beats ours and Foo"),
        (r"{\em it}, {\bf bold} \emph{a} \textit{b}", "it, bold a b"),
        (r"as in \cite{foo}, \eg this\footnote{or that}", "as in , e.g. this (or that)"),
        ("``quoted'' -- and---so", "“quoted” – and—so"),
        ("two\r\n lines\u00a0and\ttabs ", "two lines and tabs"),
        ("a\u202eb\x00c\ud800d\ufeff", "abcd"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ("plain words", "plain words"),
    ],
)
def test_it_reads(raw: str, read: str) -> None:
    assert clean(raw) == read


@pytest.mark.parametrize(
    "raw",
    [
        r"broken \textbf{foo",
        "lone $x and }",
        r"\frac{1}",
        r"\footnote",
        "word " + "{" * 5000,
        r"word \begin{" * 500,
        r"$\frac{" * 500 + "word",
        "\\",
        "{}",
        "<b></b>",
        r"\foo",
        "$",
    ],
)
def test_broken_latex_never_raises_and_never_empties(raw: str) -> None:
    assert clean(raw)
    assert "word" not in raw or "word" in clean(raw)


@given(
    st.lists(st.sampled_from([*r"\${}^_~%&#<>a1 ;'-[]()", "\\frac", "\\url", "<a href="])).map(
        "".join
    )
)
def test_no_marks_raise_or_empty(raw: str) -> None:
    assert bool(clean(raw)) == bool(raw.strip())


@given(st.text())
def test_no_text_raises_and_the_result_is_one_clean_line(raw: str) -> None:
    read = clean(raw)
    assert read == " ".join(read.split())
    read.encode()


def test_the_given_digest_reads_without_a_trace_of_marks() -> None:
    digest = markdown.parse(DIGEST.read_bytes())
    for paper in digest.papers:
        for text in (clean(paper.title), clean(paper.abstract)):
            assert not set(text) & set("\\${}<"), text
            assert "&gt;" not in text
    assert sum(bool(ADDRESS.search(clean(paper.abstract))) for paper in digest.papers) == 10


def test_formulas_in_real_abstracts_are_read_and_not_just_stripped() -> None:
    marked: list[str] = []
    with gzip.open(SHARED / "corpus" / "arxiv-74728.jsonl.gz", "rt", encoding="utf-8") as records:
        while len(marked) < 500:
            abstract = json.loads(next(records))["summary"]
            marked += [abstract] if "$" in abstract else []
    assert [abstract for abstract in marked if latex.read(abstract) == latex.strip(abstract)] == []
