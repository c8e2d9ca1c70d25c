"""Messages are built of pieces that are escaped, counted and packed whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.html import (
    Html,
    bold,
    code,
    italic,
    join,
    link,
    marked,
    quote,
    shortened,
    text,
    units,
)
from playground.entities.html import parse

plain = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), min_size=1)
pieces = st.recursive(
    plain.map(text),
    lambda inner: st.one_of(
        inner.map(bold),
        inner.map(italic),
        inner.map(lambda piece: link("https://arxiv.org/abs/1", piece)),
        st.lists(inner, max_size=3).map(lambda parts: join(" ", parts)),
    ),
    max_leaves=5,
)


@given(pieces)
def test_telegram_reads_what_was_meant(piece: Html) -> None:
    read, _ = parse(piece.html)
    assert read == piece.plain
    assert units(piece.plain) == len(piece.plain.encode("utf-16-le")) // 2


@pytest.mark.parametrize("address", ["javascript:alert(1)", "tg://user?id=1", "", "//x.org"])
def test_only_web_addresses_become_links(address: str) -> None:
    assert link(address, "x") == text("x")


def test_an_address_cannot_break_out_of_its_link() -> None:
    piece = link('https://x.org/"><b>', "x")
    assert piece.html == '<a href="https://x.org/&quot;&gt;&lt;b&gt;">x</a>'


def test_empty_pieces_leave_no_tags_and_no_separators() -> None:
    assert bold("") == Html()
    assert join("\n", ["a", "", Html(), "b"]) == text("a\nb")
    assert not quote("")


def test_marked_words_are_bold_and_overlaps_are_not_marked_twice() -> None:
    assert marked("one two three", [(4, 7), (0, 3), (2, 5)]).html == "<b>one</b> <b>two</b> three"


@given(plain, st.integers(10, 200))
def test_shortened_text_fits_its_room_and_says_where_it_was_cut(words: str, room: int) -> None:
    short = shortened(words, room)
    assert units(short) <= room
    assert short == words or short.endswith(" …")


def test_words_are_not_cut_in_two() -> None:
    assert shortened("several words, which go on", 17) == "several words …"
    assert code("a<b").html == "<code>a&lt;b</code>"
