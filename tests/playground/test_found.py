"""What Telegram finds in plain text by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.entities.entity import utf16_length
from playground.entities.found import find


def found(text: str) -> list[tuple[str, str]]:
    units = text.encode("utf-16-le")
    return [(e.type, units[2 * e.offset : 2 * e.end].decode("utf-16-le")) for e in find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", [("bot_command", "/start")]),
        ("/start@my_bot now", [("bot_command", "/start@my_bot")]),
        ("see /help.", [("bot_command", "/help")]),
        ("a/b 1/2 //x /x/y </z", []),
        ("/start@x", []),
        ("@someone", [("mention", "@someone")]),
        ("@ab me@ab.cd.", [("email", "me@ab.cd")]),
        ("#tag #1 #a#b x#y", [("hashtag", "#tag")]),
        ("$USD $X$ $toolong", [("cashtag", "$USD")]),
        ("https://arxiv.org/abs/2002.10187.", [("url", "https://arxiv.org/abs/2002.10187")]),
        ("(arxiv.org/abs/1)", [("url", "arxiv.org/abs/1")]),
        ("http://a.com/x_(y)", [("url", "http://a.com/x_(y)")]),
        ("see http://a.com, or", [("url", "http://a.com")]),
        ("e.g. i.e. 3.5 v1.0 a.b fig.2", []),
        ("cs.CV and hep.foo", [("url", "cs.CV")]),
        ("http://1.2.3.4:80/x 1.2.3.400", [("url", "http://1.2.3.4:80/x")]),
        ("http://localhost/x", []),
        ("tg://resolve?domain=x", [("url", "tg://resolve?domain=x")]),
        ("😀 /x", [("bot_command", "/x")]),
        ("end.Begin", []),
    ],
)
def test_telegram_finds(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_channels_know_no_commands() -> None:
    assert find("/start", commands=False) == []


@given(st.text(st.sampled_from("/@#$.:- ab1é😀()\n_?") | st.characters()))
def test_what_is_found_lies_apart_and_within_the_text(text: str) -> None:
    entities = find(text)
    ends = [0, *(e.end for e in entities)]
    assert all(end <= e.offset for end, e in zip(ends, entities, strict=False))
    assert ends[-1] <= utf16_length(text)
