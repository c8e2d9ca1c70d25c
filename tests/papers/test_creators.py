"""Author strings as real sources write them, split into the people they name."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers import creators


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Alice Smith, Bob Jones", ("Alice Smith", "Bob Jones")),
        ("Ann Lee and Bob Ray, and Zoe Fox", ("Ann Lee", "Bob Ray", "Zoe Fox")),
        (r"Paulo Andr\'e Lima de Castro", ("Paulo André Lima de Castro",)),
        (r"J\"org M\"uller, {\L}ukasz Kaiser", ("Jörg Müller", "Łukasz Kaiser")),
        (r"Nu\~nez, Jo\~{a}o, \AA ke, S\oe ren", ("Nuñez", "João", "Åke", "Sœren")),
        (
            r"Ho\v{r}ava, Fran\c{c}ois, Erd\H{o}s, Y{\i}ld{\i}z",
            ("Hořava", "François", "Erdős", "Yıldız"),
        ),
        ("A B (MIT, Boston (USA)), C D (1 and 2)", ("A B", "C D")),
        ("A B ((1) Here, (2) There), C D ((2) There)", ("A B", "C D")),
        ("A B (never closed, C D (closed)", ("A B", "C D")),
        ("A B closed), C D", ("A B closed", "C D")),
        (
            "LHCb collaboration: R. Aaij, et al. (909 authors not shown)",
            ("LHCb collaboration", "R. Aaij"),
        ),
        (
            ' <a href="http://arxiv.org/find/1/au:+D_C/0">Christopher Dilks</a> (STAR)',
            ("Christopher Dilks",),
        ),
        (
            "Kukla, D., Crampton, A. B., de Wood, D.-E.",
            ("D. Kukla", "A. B. Crampton", "D.-E. de Wood"),
        ),
        ("John Smith, Jr., Ann Lee, Bob Ray III", ("John Smith Jr.", "Ann Lee", "Bob Ray III")),
        ("NVIDIA, :, Wei Wang, Wei Wang", ("NVIDIA", "Wei Wang", "Wei Wang")),
        ("Filho; Barros; Lima", ("Filho", "Barros", "Lima")),
        ("Sean O'Neil, Anna-Lena D&#39;Arcy, 李 明", ("Sean O'Neil", "Anna-Lena D'Arcy", "李 明")),
        ("Sandy Anderson, Andy Band", ("Sandy Anderson", "Andy Band")),
        ("", ()),
        (" , ; () ", ()),
    ],
)
def test_one_string_is_split_into_its_authors(text: str, expected: tuple[str, ...]) -> None:
    assert creators.split(text) == expected


@pytest.mark.parametrize(
    ("strings", "expected"),
    [
        (("Kalipada Koner", "Jason S. Adams"), ("Kalipada Koner", "Jason S. Adams")),
        (("Koner, Kalipada", "Adams, Jason S."), ("Kalipada Koner", "Jason S. Adams")),
        (("Koner, K.", "Adams, J. S."), ("K. Koner", "J. S. Adams")),
        (("A B, C D",), ("A B", "C D")),
        ((), ()),
    ],
)
def test_one_string_per_author_may_put_the_surname_first(
    strings: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert creators.names(strings) == expected


@given(st.text(max_size=200) | st.text(r"\{}()~'\"$,; aAé", max_size=200))
def test_any_text_gives_names_without_brackets_around_them_or_blanks(text: str) -> None:
    for name in creators.split(text):
        assert name == " ".join(name.split()) != ""


@pytest.mark.parametrize("text", ["(", " ", "(,", "a, ", "<a ", "and ", "x()"])
def test_hostile_strings_take_no_time(text: str) -> None:
    started = time.perf_counter()
    creators.split(text * 50_000)
    assert time.perf_counter() - started < 2
