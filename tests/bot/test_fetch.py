"""Fetching from a real server that behaves, misbehaves, and tries to do harm."""

import asyncio
import gzip
import time
import zlib
from datetime import UTC, datetime, timedelta

import pytest

from bot.fetch import (
    BadAddress,
    Bounds,
    Fetcher,
    FetchError,
    Refused,
    Unreachable,
    retry_after,
    user_agent,
)
from bot.pace import Pace
from tests.bot.web import Request, Web, says
from tests.papers.feeds_rendered import refusal

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
QUICK = Bounds(connect=1, read=0.5, total=1)


def fetcher(bounds: Bounds = QUICK) -> Fetcher:
    return Fetcher("someone@example.org", bounds=bounds, now=lambda: NOW)


@pytest.mark.parametrize(
    ("packed", "encoding"),
    [
        (b"words" * 1000, ""),
        (b"words" * 1000, "identity"),
        (gzip.compress(b"words" * 1000), "gzip"),
        (zlib.compress(b"words" * 1000), "deflate"),
        (zlib.compress(b"words" * 1000)[2:-4], "deflate"),
    ],
)
async def test_a_document_comes_unpacked_with_its_etag(packed: bytes, encoding: str) -> None:
    headers = {"ETag": '"abc"', "Content-Encoding": encoding}
    async with Web({"/feed": says(packed, headers=headers)}) as web, fetcher() as fetch:
        answer = await fetch.get(f"{web.at}/feed")
    assert (answer.body, answer.etag, answer.changed) == (b"words" * 1000, '"abc"', True)
    assert (answer.url, answer.moved_to) == (f"{web.at}/feed", "")
    sent = web.requests[0].headers
    assert sent["user-agent"] == "paperboy/0.1.0 (someone@example.org)"
    assert sent["accept-encoding"] == "gzip"
    assert "if-none-match" not in sent


async def test_what_has_not_changed_is_not_sent_again() -> None:
    async def page(request: Request, writer: asyncio.StreamWriter) -> None:
        known = request.headers.get("if-none-match") == '"abc"'
        await says(b"" if known else b"new", 304 if known else 200)(request, writer)

    async with Web({"/feed": page}) as web, fetcher() as fetch:
        same = await fetch.get(f"{web.at}/feed", etag='"abc"')
        other = await fetch.get(f"{web.at}/feed", etag='"old"')
    assert (same.changed, same.body, same.etag) == (False, b"", '"abc"')
    assert (other.changed, other.body) == (True, b"new")


@pytest.mark.parametrize(
    ("steps", "moved"),
    [
        ([301], "/1"),
        ([308, 301], "/2"),
        ([301, 302, 301], "/1"),
        ([302], ""),
        ([307, 303, 302, 302, 302], ""),
    ],
)
async def test_redirects_are_followed_and_only_lasting_ones_move_an_address(
    steps: list[int], moved: str
) -> None:
    pages = {
        f"/{n}": says(status=s, headers={"Location": f"/{n + 1}"}) for n, s in enumerate(steps)
    }
    async with Web({**pages, f"/{len(steps)}": says(b"there")}) as web, fetcher() as fetch:
        answer = await fetch.get(f"{web.at}/0")
    assert (answer.body, answer.url) == (b"there", f"{web.at}/{len(steps)}")
    assert answer.moved_to == (f"{web.at}{moved}" if moved else "")


@pytest.mark.parametrize(
    ("place", "error", "match"),
    [
        ("/loop", Unreachable, "more than 5 redirects"),
        ("file:///etc/passwd", BadAddress, "only links that begin with http"),
        ("gopher://example.org/", BadAddress, "only links that begin with http"),
        ("http://example.org:port/", Unreachable, "Invalid port"),
    ],
)
async def test_redirects_that_lead_astray_are_not_followed(
    place: str, error: type[FetchError], match: str
) -> None:
    page = says(status=302, headers={"Location": place})
    async with Web({"/loop": page}) as web, fetcher() as fetch:
        with pytest.raises(error, match=match):
            await fetch.get(f"{web.at}/loop")
    assert len(web.requests) == (6 if place == "/loop" else 1)


@pytest.mark.parametrize(
    ("status", "header", "pause", "permanent"),
    [
        (429, "120", timedelta(seconds=120), False),
        (429, "", None, False),
        (503, "Sun, 22 Nov 2026 13:00:00 GMT", timedelta(hours=1), False),
        (503, "Sun, 22 Nov 2026 11:00:00 GMT", timedelta(), False),
        (429, "99999999999999999999", timedelta(days=31), False),
        (429, "soon", None, False),
        (500, "", None, False),
        (404, "", None, True),
        (410, "", None, True),
        (204, "", None, False),
    ],
)
async def test_refusals_tell_when_to_try_again(
    status: int, header: str, pause: timedelta | None, permanent: bool
) -> None:
    page = says(status=status, headers={"Retry-After": header} if header else {})
    async with Web({"/feed": page}) as web, fetcher() as fetch:
        with pytest.raises(
            Refused, match=f"/feed: the server answered with HTTP {status}"
        ) as caught:
            await fetch.get(f"{web.at}/feed")
    assert (caught.value.status, caught.value.retry_after) == (status, pause)
    assert caught.value.permanent is permanent


async def test_arxiv_s_error_feed_is_kept_with_the_refusal() -> None:
    async with Web({"/atom/cs.XX": says(refusal("cs.XX"), 400)}) as web, fetcher() as fetch:
        with pytest.raises(Refused) as caught:
            await fetch.get(f"{web.at}/atom/cs.XX")
    assert caught.value.body == refusal("cs.XX")


@pytest.mark.parametrize(
    "url", ["", "feed", "ftp://example.org/x", "http://", "http://exa mple.org:x/", "http://xn--/", "http://\ud800/"]
)  # fmt: skip
async def test_what_is_no_web_link_is_not_opened(url: str) -> None:
    async with fetcher() as fetch:
        with pytest.raises(BadAddress) as caught:
            await fetch.get(url)
    assert caught.value.permanent


async def test_cookies_are_not_kept() -> None:
    page = says(b"x", headers={"Set-Cookie": "who=you; Path=/"})
    async with Web({"/feed": page}) as web, fetcher() as fetch:
        await fetch.get(f"{web.at}/feed")
        await fetch.get(f"{web.at}/feed")
    assert "cookie" not in web.requests[1].headers


async def test_requests_to_arxiv_s_hosts_take_turns_at_its_pace() -> None:
    pages = {"/0": says(status=302, headers={"Location": "/1"}), "/1": says(b"a"), "/2": says(b"b")}
    async with Web(pages) as web, Fetcher("", pace=Pace(0.2), paced=("0.0.1",)) as fetch:
        started = time.monotonic()
        await asyncio.gather(*(fetch.get(f"{web.at}/{n}") for n in range(3)))
        assert time.monotonic() - started >= 0.6
    assert (len(web.requests), web.most_at_once) == (4, 1)


async def test_other_hosts_are_not_held_up() -> None:
    async with Web({"/feed": says(b"a")}) as web, fetcher() as fetch:
        started = time.monotonic()
        await asyncio.gather(*(fetch.get(f"{web.at}/feed") for _ in range(10)))
        assert time.monotonic() - started < 1


def test_the_user_agent_can_carry_no_other_header() -> None:
    assert user_agent("") == "paperboy/0.1.0"
    assert user_agent("a@b.org\r\nHost: evil") == "paperboy/0.1.0 (a@b.orgHost: evil)"


@pytest.mark.parametrize("header", ["", "-5", "1e9", "²", "Sun, 99 Nov 2026", "inf", "9" * 5000])
def test_any_retry_after_is_a_pause_of_at_most_a_month_or_none(header: str) -> None:
    pause = retry_after(header, NOW)
    assert pause is None or timedelta() <= pause <= timedelta(days=31)
