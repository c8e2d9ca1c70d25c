"""Feeds meant to do harm: none raises anything but FeedError, reads a file, or takes long."""

import random
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from papers import feed
from papers.feed import FeedError
from tests.data import SHARED
from tests.papers.feeds_rendered import Listed, atom

DAY = date(2026, 4, 20)
FILES = sorted((SHARED / "feeds").rglob("*.xml"))
SMALL = [path.read_bytes() for path in FILES if path.stat().st_size < 40_000]
TOKENS = (
    b"<", b">", b"&", b"</entry>", b"<entry>", b"<item>", b"</item>", b"<![CDATA[", b"]]>", b"<!--",
    b"&#0;", b"&#xD800;", b"&lt;", b"\0", b"\xff\xfe", b"<title>", b"</feed>", b"9" * 400,
    b"<?xml?>", b'<feed xmlns="">', b"<published>0000-00-00</published>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
)  # fmt: skip


def rss(description: str = "", creator: str = "", date: str = "") -> bytes:
    return (
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>t</title>'
        f"<item><title>t</title><link>https://example.org/1</link><pubDate>{date}</pubDate>"
        f"<description>{description}</description><dc:creator>{creator}</dc:creator></item>"
        "</channel></rss>"
    ).encode()


def survives(data: bytes) -> None:
    try:
        made = feed.parse(data)
    except FeedError:
        return
    for each in made.announcements:
        assert each.paper.id
        assert each.paper.title
        repr(made).encode()  # no lone surrogate, which neither SQLite nor Telegram would take
        assert "\0" not in repr(made)


@given(st.binary(max_size=2000))
@example(b"\xef\xbb\xbf<rss")
@example(b"<?xml version='1.0' encoding='utf-7'?><rss></rss>")
@example(b"<?xml version='1.0' encoding='idna'?><rss></rss>")
def test_no_bytes_make_it_raise_anything_else(data: bytes) -> None:
    survives(data)


@given(st.text(max_size=300), st.text(max_size=100), st.text(max_size=40))
def test_no_texts_in_a_feed_make_it_raise_anything_else(text: str, name: str, day: str) -> None:
    survives(rss(text, name, day).decode("utf-8", "replace").encode("utf-8", "replace"))


@settings(max_examples=300)
@given(st.sampled_from(SMALL), st.randoms(use_true_random=False), st.integers(1, 12))
def test_mutated_real_feeds_make_it_raise_nothing_else(
    data: bytes, chance: random.Random, times: int
) -> None:
    for _ in range(times):
        at, to = sorted(chance.choices(range(len(data) + 1), k=2))
        to = min(to, at + chance.choice((0, 1, 20, 500)))
        data = data[:at] + chance.choice((b"", data[to:at], *TOKENS)) + data[to:]
    survives(data)


@pytest.mark.parametrize(
    "data",
    [
        rss(creator="a@" + "a." * 32_000 + "!"),
        rss(creator="a" * 200_000),
        rss(description="&lt;!-- " * 100_000),
        rss(description="<!-- " * 100_000),
        rss(description="<![CDATA[" * 50_000),
        rss(description="& " * 100_000),
        rss(description="<a b='" * 20_000),
        b"<!DOCTYPE " * 50_000 + rss(),
        b"<!ENTITY " * 50_000 + rss(),
        b"<item><title>t</title></item>" * 100_000,
        b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 100_000 + b'">]>' + rss("&a;" * 10_000),
        b"<!DOCTYPE x ["
        + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 30))
        + b"]>"
        + rss("&a29;"),
    ],
    ids=range(12),
)
def test_what_freezes_feedparser_elsewhere_takes_no_time(data: bytes) -> None:
    started = time.process_time()
    survives(data)
    assert time.process_time() - started < 2


def test_bytes_that_name_a_file_do_not_open_it(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_bytes(atom(DAY, [Listed("2604.14630", "Secret", "Words.", ("A B",), ("cs.CV",))]))
    with pytest.raises(FeedError):
        feed.parse(str(file).encode())


def test_external_entities_are_not_fetched(tmp_path: Path) -> None:
    file = tmp_path / "canary"
    file.write_text("canary")
    head = f'<!DOCTYPE x [<!ENTITY xxe SYSTEM "file://{file}">]>'.encode()
    made = feed.parse(head + rss("A&xxe;B"))
    assert [each.paper.abstract.replace("&xxe;", "") for each in made.announcements] == ["AB"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mon, 20 Apr 2026 00:00:00 -0400", date(2026, 4, 20)),
        ("Mon, 20 Apr 2026 03:59:00 GMT", date(2026, 4, 19)),
        ("Mon, 20 Apr 2026 04:00:00 +0000", date(2026, 4, 20)),
        ("Thu, 15 Jan 2026 00:00:00 -0500", date(2026, 1, 15)),
        ("2026-04-20T00:00:00-04:00", date(2026, 4, 20)),
        ("2026-04-20", date(2026, 4, 20)),
        ("20 Apr 2026 00:00:00 EDT", date(2026, 4, 20)),
        ("2026-W17-1", date(2026, 4, 20)),
        ("2016/6/29 15:07:41", None),
        ("2026-13-01", None),
        ("2026-02-30T00:00:00Z", None),
        ("1775088000", None),
        ("0000-00-00", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("Mon, 20 Apr 99999 00:00:00 GMT", None),
        ("Mon, 20 Apr 2026 25:61:61 GMT", None),
        ("Mon, 20 Apr 2026 00:00:00 +9999", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_are_days_in_new_york_or_nothing(text: str, expected: date | None) -> None:
    assert feed.parse(rss(date=text)).day == expected
