"""Telegram's HTML: what comes out, and what is refused in which words."""

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.entities.arrange import arrange
from playground.entities.entity import EntityError, utf16_length
from playground.entities.html import parse
from playground.entities.text import formatted


def read(markup: str) -> tuple[str, list[tuple[str, int, int, str]]]:
    text, entities = arrange(*parse(markup))
    return text, [(e.type, e.offset, e.length, e.value) for e in entities]


@pytest.mark.parametrize(
    ("markup", "text", "entities"),
    [
        ("plain", "plain", []),
        ("<b>a</b><strong>b</strong>", "ab", [("bold", 0, 2, "")]),
        ("<i>a</i> <em>b</em>", "a b", [("italic", 0, 1, ""), ("italic", 2, 1, "")]),
        ("<u>a</u> <ins>b</ins>", "a b", [("underline", 0, 1, ""), ("underline", 2, 1, "")]),
        ("<s>a</s><strike>b</strike><del>c</del>", "abc", [("strikethrough", 0, 3, "")]),
        ("<tg-spoiler>a</tg-spoiler>", "a", [("spoiler", 0, 1, "")]),
        ('<span class="tg-spoiler">a</span>', "a", [("spoiler", 0, 1, "")]),
        ("<code>a</code>", "a", [("code", 0, 1, "")]),
        ("<pre>a</pre>", "a", [("pre", 0, 1, "")]),
        ('<pre><code class="language-py">a</code></pre>', "a", [("pre", 0, 1, "py")]),
        ('<code class="language-py">a</code>', "a", [("code", 0, 1, "")]),
        ("<blockquote>a</blockquote>", "a", [("blockquote", 0, 1, "")]),
        ("<blockquote expandable>a</blockquote>", "a", [("expandable_blockquote", 0, 1, "")]),
        ('<tg-emoji emoji-id="536">👍</tg-emoji>', "👍", [("custom_emoji", 0, 2, "536")]),
        ('<tg-time unix="1647531900">now</tg-time>', "now", [("date_time", 0, 3, "1647531900")]),
        ("😀<b>é</b>", "😀é", [("bold", 2, 1, "")]),
        ("<B>a</b>", "a", [("bold", 0, 1, "")]),
        ("<b>a</>", "a", [("bold", 0, 1, "")]),
        ("<b>a</b >", "a", [("bold", 0, 1, "")]),
        ("<b></b>a", "a", []),
        ("&lt;b&gt; &amp;&quot;", '<b> &"', []),
        ("&apos;&nbsp;&copy;", "&apos;&nbsp;&copy;", []),
        ("&#39;&#x3c;&#60", "'<<", []),
        ("&#0;&#x110000;&", "&#0;&#x110000;&", []),
        ("&ampx &amp", "&ampx &", []),
        ("  <b> x </b>  ", " x", [("bold", 0, 2, "")]),
        ("\n a \n", "a", []),
        ("a\rb\tc", "ab c", []),
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", "ab", [("blockquote", 0, 2, "")]),
        ("<code>a<b>b</b></code>", "ab", [("code", 0, 2, "")]),
        (
            "<b>a<code>b</code>c</b>",
            "abc",
            [("bold", 0, 1, ""), ("code", 1, 1, ""), ("bold", 2, 1, "")],
        ),
        (
            "<b>ab<i>c</i></b>",
            "abc",
            [("bold", 0, 2, ""), ("bold", 2, 1, ""), ("italic", 2, 1, "")],
        ),
    ],
)
def test_markup_becomes_text_and_entities(
    markup: str, text: str, entities: list[tuple[str, int, int, str]]
) -> None:
    assert read(markup) == (text, entities)


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://arxiv.org/abs/2002.10187", "https://arxiv.org/abs/2002.10187"),
        ("https://ArXiv.org", "https://arxiv.org/"),
        ("arxiv.org/abs/1?x=1&amp;y=2#z", "http://arxiv.org/abs/1?x=1&y=2#z"),
        ("http://a.com:08080/x y", "http://a.com:8080/x%20y"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("javascript:alert(1)", ""),
        ("http://localhost/x", ""),
        ("ftp://a.com/x", ""),
        ("http://a.com:99999/", ""),
        ("http://a b.com/", ""),
        ("/abs/1", ""),
    ],
)
def test_a_link_is_kept_in_telegrams_form_or_dropped(href: str, url: str) -> None:
    expected = [("text_link", 0, 1, url)] if url else []
    assert read(f'<a href="{href}">x</a>') == ("x", expected)


def test_a_link_without_address_takes_its_text() -> None:
    assert read("<a>arxiv.org</a>")[1] == [("text_link", 0, 9, "http://arxiv.org/")]


def test_a_link_to_a_user_is_a_mention() -> None:
    assert read('<a href="tg://user?id=42">x</a>')[1] == [("text_mention", 0, 1, "42")]


@pytest.mark.parametrize(
    ("markup", "error"),
    [
        ("a<b", "Unclosed start tag at byte offset 1"),
        ("a < b > c", 'Unsupported start tag "" at byte offset 2'),
        ("é<foo>x</foo>", 'Unsupported start tag "foo" at byte offset 2'),
        ("<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("<b/>", 'Unsupported start tag "b/" at byte offset 0'),
        ("<p>x</p>", 'Unsupported start tag "p" at byte offset 0'),
        ("<b>x", "Can't find end tag corresponding to start tag b"),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<b>x</b y>", "Unclosed end tag at byte offset 4"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=", 'Unclosed start tag "a" at byte offset 0'),
        ("<a =x>y</a>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("<a href=http://x.com>y</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ('<tg-emoji emoji-id="x">y</tg-emoji>', "Invalid custom emoji identifier specified"),
        (
            "&#xd83d;",
            "Text contains invalid Unicode characters after decoding HTML entities, check for"
            " unmatched surrogate code units",
        ),
    ],
)
def test_markup_is_refused_in_the_servers_words(markup: str, error: str) -> None:
    with pytest.raises(EntityError) as raised:
        parse(markup)
    assert str(raised.value) == error


MARKUP = st.text() | st.lists(
    st.sampled_from(
        ["<b>", "</b>", "<i>", "</>", "<pre>", "</pre>", "<code class='language-x'>", "</code>",
         "<a href='a.bc'>", "</a>", "<blockquote expandable>", "</blockquote>", "&lt;", "&#128512;",
         "<", "&", "😀", "é", " ", "\n", "\r", "x", "/cmd", "@name", "http://a.com", "\0", "\u2028"]
    )
).map("".join)  # fmt: skip


@given(MARKUP)
def test_no_text_makes_the_reader_stumble(markup: str) -> None:
    try:
        parsed = parse(markup)
    except EntityError:
        return
    text, entities = formatted(*parsed)
    units = utf16_length(text)
    assert not text.endswith((" ", "\n"))
    assert all(e.offset >= 0 and e.length > 0 and e.end <= units for e in entities)
    for entity in entities:  # no entity cuts a character in two
        encoded = text.encode("utf-16-le")
        encoded[2 * entity.offset : 2 * entity.end].decode("utf-16-le")
    orders = [entity.order for entity in entities]
    assert sorted(orders) == orders


REMOVED = "\u0333\u033f\u030a\u2028\u2029\u202a\u202b\u202c\u202d\u202e"
CLEAN = st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=REMOVED)


@given(st.text(CLEAN | st.just("\n")))
def test_escaped_text_comes_back_as_it_was(text: str) -> None:
    assert arrange(*parse(html.escape(text)))[0] == text.strip(" \n")


@given(st.text(CLEAN), st.text(CLEAN))
def test_escaped_text_in_tags_keeps_its_place(before: str, inside: str) -> None:
    text, entities = parse(f"{html.escape(before)}<b>{html.escape(inside)}</b>")
    assert text == before + inside
    assert [(e.offset, e.end) for e in entities] == (
        [(utf16_length(before), utf16_length(text))] if inside else []
    )
