"""LaTeX read in pieces reads as it does in one."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from papers import latex
from papers.latex_pieces import pieces

WORDS = ["[1]", *"word a 5 x-ray's (see end). -- --- ``so'' ?` ^2 * _".split()]
FORMULAS = [
    r"$n < m$",
    r"$\mathcal{O}(n \log n)$",
    r"$\text{if $x$}$",
    *r"$k$ $$a_i$$ $x_\frac12$".split(),
]
MACROS = [
    *r"\textbf{bold} \emph \alpha \method \method{} \frac \frac12 \frac{a}{b} \'e \' \"{o}".split(),
    *r"\o \v{S}koda \% \& \_ \$ \\ \cite{x} \cite \footnote{so} \textcolor{red}{words}".split(),
    *r"\item \textcolor{red} \sqrt[3]{x} \sqrt \href{x}{y} \section*{S} \unknown{a}{b}".split(),
    *("\\ ", r"\cite[p. 2]{x}"),
]
BROKEN = ["{a {b} c}", *r"{ } $ \ \( \) \[ \begin{x} \end{x} \verb|{|".split()]
GLUE = ["", " ", " ", "  ", "\n", "\n\n", "{", "}", "{}"]
TEXT = st.lists(
    st.tuples(
        st.sampled_from([*WORDS, *WORDS, *FORMULAS, *MACROS, *BROKEN]), st.sampled_from(GLUE)
    ),
    max_size=12,
).map(lambda parts: "".join(part for pair in parts for part in pair))


def read(texts: list[str]) -> str:
    try:
        return " ".join("".join(map(latex.parsed, texts)).split())
    except Exception:  # whichever it raises, the whole must raise one too
        return "raised"


@settings(max_examples=1000)
@given(TEXT)
def test_pieces_read_as_the_whole_does(text: str) -> None:
    assert "".join(pieces(text, latex.arities())) == text
    assert read(pieces(text, latex.arities())) == read([text])


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("plain (words), x_1", ["plain (words), x_1"]),
        (r"a $k$-means, $n < m$", ["a ", "$k$", "-means, ", "$n < m$"]),
        (r"\textbf{two words}-s here", [r"\textbf{two words}-s", " here"]),
        (r"\emph word by word", [r"\emph word", " by word"]),
        (r"88\% of {a} b", ["88", r"\%", " of ", "{a}", " b"]),
        (r"\frac{a} b c", [r"\frac{a} b c"]),
        ("$a$ {b", ["$a$ {b"]),
        (r"$a$ \( b \)", [r"$a$ \( b \)"]),
    ],
)
def test_it_is_cut_where_nothing_is_broken_up(text: str, cut: list[str]) -> None:
    assert pieces(text, latex.arities()) == cut
