"""Whatever is typed, there is a tree or the language's own refusal, at once."""

import os
import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.errors import KeywordError
from papers.keyword import Keyword, caret, parse, split
from papers.matching import explain, index
from papers.paper import Paper

INPUTS = int(os.environ.get("PAPERBOY_INPUTS", "100000"))
SLOWEST = 0.005  # seconds of processor time

PIECES = (
    *"\"()|-=*:,.&%$\\/\n\t\0'`^~{}[]<>;#+_@!?",
    *" " * 12,
    *(
        "AND",
        "OR",
        "NOT",
        "ANDNOT",
        "NEAR",
        "ti:",
        "abs:",
        "au:",
        "cat:",
        "foo:",
        "title:",
        "author:",
    ),
    *("gan", "diffusion", "U-Net", "few-shot*", "seg*", "=SAM", "C++", "cs.CV", "hep-th", "88.14"),
    *("“", "”", "«", "—", "–", "‑", "−", "（", "）", "｜", "：", "，", "＊", "＝"),
    *(
        "é",
        "e\u0301",
        "ß",
        "ﬁ",
        "İ",
        "ı",
        "κ",
        "Ω",
        "深",
        "か\u3099",
        "한",
        "🔥",
        "👩\u200d🔬",
        "ﷺ",
        "½",
    ),
    *("\u00ad", "\u200b", "\u200d", "\u202e", "\ufeff", "\ud800", "\udfff", "\x7f", "\x1b[31m"),
    *(
        "\u0301" * 40,
        "-" * 20,
        "(" * 9,
        '"' * 5,
        "a-" * 30,
        "x " * 20,
        "w* OR " * 10,
        "' OR 1=1 --",
    ),
)
NASTY = (
    *('"', '"""', '" "', '""""', "*", "**", "^gan", "NEAR(a b)", "NEAR/3", "a NEAR b", "{a b}: c"),
    *(
        "rowid:1",
        "a:b",
        "-x",
        "--",
        "- -",
        "col : x",
        "(a+)+$",
        "(?i)x",
        ".*",
        "\\",
        "\\0",
        "don't",
    ),
    *(
        "LLM-based",
        "self-supervised",
        "3.5",
        "C++",
        "a AND",
        "$",
        "%",
        "_",
        "'; DROP TABLE papers; --",
    ),
    *(
        "\0",
        "a\0b",
        "\ud800",
        "\udc00a",
        "\u202egan",
        "<b>gan</b>",
        "gan" * 90,
        "ti:" * 90,
        "(" * 300,
    ),
    *("w* OR " * 60, '"x" ' * 75, "-(" * 150, "a|" * 150, "é" * 300, "\u0301" * 300, "ﷺ" * 300),
)


def answer(text: str) -> Keyword | KeywordError:
    try:
        return parse(text)
    except KeywordError as error:
        return error


def assert_answered(text: str) -> None:
    found = answer(text)
    if isinstance(found, KeywordError):
        assert str(found)
        assert 0 <= found.position <= len(text)
        assert caret(found).count("\n") == 1
    else:
        again = parse(str(found))
        assert (again, str(again)) == (found, str(found))
        str(found).encode()


def seconds(text: str) -> float:
    began = time.process_time()
    answer(text)
    return time.process_time() - began


def made_up(random: Random) -> str:
    return "".join(random.choices(PIECES, k=random.choice((2, 4, 8, 16, 60))))


@pytest.mark.parametrize("text", NASTY)
def test_what_breaks_others_is_answered(text: str) -> None:
    assert_answered(text)
    assert min(seconds(text) for _ in range(3)) < SLOWEST


@pytest.mark.timeout(1200)
def test_a_great_many_inputs_are_answered_at_once() -> None:
    random = Random(6)  # noqa: S311  (a test is to be repeatable)
    accepted = 0
    for _ in range(INPUTS):
        text = made_up(random)
        began = time.process_time()
        found = answer(text)
        took = time.process_time() - began
        accepted += isinstance(found, Keyword)
        assert took < SLOWEST or min(seconds(text) for _ in range(5)) < SLOWEST, repr(text)
    assert accepted > INPUTS / 100


@given(
    st.text(st.characters(codec=None), max_size=400)
    | st.lists(st.sampled_from(PIECES)).map("".join)
)
def test_any_text_is_answered(text: str) -> None:
    assert_answered(text)


@given(st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_text_can_be_cut(text: str) -> None:
    for piece in split(text):
        assert piece == piece.strip()
        assert piece in text


@given(st.text(max_size=300), st.text(max_size=300), st.lists(st.sampled_from(PIECES)).map("".join))
def test_any_paper_can_be_indexed_and_explained(title: str, author: str, text: str) -> None:
    paper = Paper("x", title, text, (author, text[:50]), (author[:9], "cs.CV"))
    for keyword in ("gan OR u-net -survey", "seg*", "=SAM", "au:lecun OR au:x", "cat:cs"):
        explanation = explain(parse(keyword), paper)
        assert explanation.matched == bool(list(index([paper]).match({1: [parse(keyword)]})))
        assert explanation.matched == bool(explanation.hits)
