"""MarkdownV2 and the older Markdown: what comes out, and what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.entities import legacy, markdown
from playground.entities.arrange import arrange
from playground.entities.entity import EntityError, utf16_length
from playground.entities.text import formatted

Found = list[tuple[str, int, int, str]]


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("*a* _b_", "a b", [("bold", 0, 1, ""), ("italic", 2, 1, "")]),
        ("__a__ ~b~", "a b", [("underline", 0, 1, ""), ("strikethrough", 2, 1, "")]),
        ("||a||", "a", [("spoiler", 0, 1, "")]),
        ("`a*b`", "a*b", [("code", 0, 3, "")]),
        ("```py\na\n```", "a", [("pre", 0, 1, "py")]),
        ("```\na```", "a", [("pre", 0, 1, "")]),
        ("[a](http://b.com/x\\)y)", "a", [("text_link", 0, 1, "http://b.com/x)y")]),
        ("[a](tg://user?id=42)", "a", [("text_mention", 0, 1, "42")]),
        ("[a](nowhere)", "a", []),
        ("![👍](tg://emoji?id=536)", "👍", [("custom_emoji", 0, 2, "536")]),
        (">a\n>b\nc", "a\nb\nc", [("blockquote", 0, 3, "")]),
        (">a\n>b||", "a\nb", [("expandable_blockquote", 0, 3, "")]),
        ("\\*a\\* 1\\.5", "*a* 1.5", []),
        ("*a _b_*", "a b", [("bold", 0, 2, ""), ("bold", 2, 1, ""), ("italic", 2, 1, "")]),
        ("**", "", []),
    ],
)
def test_markdown_v2_becomes_text_and_entities(markup: str, text: str, entities: Found) -> None:
    read, found = arrange(*markdown.parse(markup))
    assert read == text
    assert [(e.type, e.offset, e.length, e.value) for e in found] == entities


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("a.", "Character '.' is reserved and must be escaped with the preceding '\\'"),
        ("a|b", "Character '|' is reserved and must be escaped with the preceding '\\'"),
        ("a>b", "Character '>' is reserved and must be escaped with the preceding '\\'"),
        ("é*a", "Can't find end of Bold entity at byte offset 2"),
        ("[a](b", "Can't find end of a URL at byte offset 4"),
        ("![a]", "Custom emoji entity must contain a tg://emoji URL"),
    ],
)
def test_markdown_v2_is_refused_in_the_servers_words(markup: str, error: str) -> None:
    with pytest.raises(EntityError) as raised:
        markdown.parse(markup)
    assert str(raised.value) == error


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("*a* _b_ `c`", "a b c", [("bold", 0, 1, ""), ("italic", 2, 1, ""), ("code", 4, 1, "")]),
        ("[a](b.com) 1.5", "a 1.5", [("text_link", 0, 1, "http://b.com/")]),
        ("\\*a\\_", "*a_", []),
    ],
)
def test_older_markdown_becomes_text_and_entities(markup: str, text: str, entities: Found) -> None:
    read, found = legacy.parse(markup)
    assert read == text
    assert [(e.type, e.offset, e.length, e.value) for e in found] == entities


def test_older_markdown_names_where_an_entity_begins() -> None:
    with pytest.raises(EntityError, match="starting at byte offset 3"):
        legacy.parse("é *a")


@given(st.text() | st.text("*_~|`[]()!>\\\n a😀"))
def test_no_text_makes_the_readers_stumble(markup: str) -> None:
    for parse in (markdown.parse, legacy.parse):
        try:
            parsed = parse(markup)
        except EntityError:
            continue
        text, entities = formatted(*parsed)
        assert all(e.offset >= 0 and e.end <= utf16_length(text) for e in entities)


PRINTABLE = st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x2000)


@given(st.text(PRINTABLE))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    escaped = "".join(f"\\{c}" if c in "_*[]()~`>#+-=|{}.!\\" else c for c in text)
    read, entities = markdown.parse(escaped)
    assert (read, len(entities)) == (text, 0)
