"""Documents fetched over HTTP: bounded in size, time and redirects, and at arXiv's pace.

    FetchError          could not be fetched; `retry_after` is what the server asked for, if it did
    ├── BadAddress      not a link that is opened: malformed, another scheme, a private address
    ├── Unreachable     no connection, or one that broke
    ├── TooSlow         not done within the time allowed
    ├── TooLarge        longer than is read
    └── Refused         the server answered with an error; its status and body are kept

What is `permanent` will not get better by trying again; everything else may.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from importlib.metadata import version
from typing import Self, TypedDict

import httpx

from bot.guard import GuardedTransport, Unsafe
from bot.pace import Pace
from bot.unpack import Damaged, TooMuch, Unpacker
from papers.errors import PaperboyError

_LONGEST_PAUSE = timedelta(days=31)
_REDIRECTS = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)


class FetchError(PaperboyError):
    """A document could not be fetched. `url` is the address that failed."""

    permanent = False

    def __init__(self, url: str, why: str, retry_after: timedelta | None = None) -> None:
        super().__init__(f"{url}: {why}")
        self.url = url
        self.retry_after = retry_after


class BadAddress(FetchError):
    """A link that is not opened."""

    permanent = True


class Unreachable(FetchError):
    """No connection, or one that broke before the end."""


class TooSlow(FetchError):
    """Not done within the time allowed."""


class TooLarge(FetchError):
    """More than is read."""


class Refused(FetchError):
    """An answer with an error `status`; `body` may say more (arXiv sends a feed with its 400)."""

    def __init__(
        self, url: str, status: int, body: bytes = b"", retry_after: timedelta | None = None
    ) -> None:
        super().__init__(url, f"the server answered with HTTP {status}", retry_after)
        self.status = status
        self.body = body
        self.permanent = status in (401, 403, 404, 410, 451)


@dataclass(frozen=True, slots=True)
class Answer:
    """A document, or word that it has not changed since the ETag given (then without a body).

    `url` is where it was found in the end. `moved_to` is its new address when the server says that
    the old one is out of date for good, else empty.
    """

    url: str
    body: bytes
    etag: str = ""
    changed: bool = True
    moved_to: str = ""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How far fetching goes: seconds to connect, between pieces and for a whole request; bytes of
    a body, unpacked; redirects."""

    connect: float = 10
    read: float = 20
    total: float = 60
    most_bytes: int = 15_000_000
    redirects: int = 5


class Fetcher:
    """Fetches documents. One per process, as the pace is kept by it; close it, or use `async with`.

    `contact` (an e-mail or web address) tells servers whom to turn to. `paced` are the hosts that
    share arXiv's pace, with their subdomains.
    """

    def __init__(
        self,
        contact: str,
        *,
        pace: Pace | None = None,
        paced: tuple[str, ...] = ("arxiv.org",),
        bounds: Bounds | None = None,
        guard: httpx.AsyncBaseTransport | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._bounds = bounds or Bounds()
        self._pace = pace or Pace()
        self._paced = paced
        self._now = now
        timeout = httpx.Timeout(self._bounds.read, connect=self._bounds.connect)
        headers = {"User-Agent": user_agent(contact), "Accept-Encoding": "gzip"}
        shared: _Shared = {"headers": headers, "timeout": timeout, "cookies": _no_cookies()}
        self._open = httpx.AsyncClient(**shared)
        self._guarded = httpx.AsyncClient(transport=guard or GuardedTransport(), **shared)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Closes all connections."""
        await self._open.aclose()
        await self._guarded.aclose()

    async def get(self, url: str, *, etag: str = "", guarded: bool = False) -> Answer:
        """The document at `url`, unless it has not changed since `etag`.

        `guarded` keeps it out of private networks; set it for every address that a user gave.
        Raises a FetchError, whatever happens.
        """
        moved_to, for_good = "", True
        for _ in range(self._bounds.redirects + 1):
            hop = await self._hop(url, etag, guarded)
            if isinstance(hop, Answer):
                return Answer(hop.url, hop.body, hop.etag, hop.changed, moved_to)
            for_good = for_good and hop.for_good
            url = hop.url
            moved_to = url if for_good else moved_to
        raise Unreachable(url, f"more than {self._bounds.redirects} redirects")

    async def _hop(self, url: str, etag: str, guarded: bool) -> "Answer | _Redirect":
        target = _checked(url)
        if any(target.host == host or target.host.endswith(f".{host}") for host in self._paced):
            async with self._pace.turn():
                return await self._timed(target, etag, guarded)
        return await self._timed(target, etag, guarded)

    async def _timed(self, url: httpx.URL, etag: str, guarded: bool) -> "Answer | _Redirect":
        """One request and its answer, with every way in which it can fail in our own words."""
        try:
            async with asyncio.timeout(self._bounds.total):
                return await self._requested(url, etag, guarded)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise TooSlow(str(url), "no complete answer in time") from error
        except TooMuch as error:
            most = f"{self._bounds.most_bytes:,}"
            raise TooLarge(str(url), f"longer than the {most} bytes that are read") from error
        except Unsafe as error:
            raise BadAddress(str(url), str(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL, Damaged, OSError, ValueError) as error:
            raise Unreachable(str(url), str(error) or type(error).__name__) from error

    async def _requested(self, url: httpx.URL, etag: str, guarded: bool) -> "Answer | _Redirect":
        client = self._guarded if guarded else self._open
        headers = {"If-None-Match": etag} if etag else {}
        async with client.stream("GET", url, headers=headers, follow_redirects=False) as response:
            status, place = response.status_code, response.headers.get("Location", "")
            if status in _REDIRECTS and place:
                return _Redirect(str(url.join(place)), status in _FOR_GOOD)
            if status == 304 and etag:
                return Answer(str(url), b"", etag, changed=False)
            unpacker = Unpacker(
                response.headers.get("Content-Encoding", ""), self._bounds.most_bytes
            )
            async for piece in response.aiter_raw():
                unpacker.feed(piece)
        body = unpacker.body()
        if status != 200:
            pause = retry_after(response.headers.get("Retry-After", ""), self._now())
            raise Refused(str(url), status, body, pause)
        return Answer(str(url), body, response.headers.get("ETag", ""))


@dataclass(frozen=True, slots=True)
class _Redirect:
    url: str
    for_good: bool


class _Shared(TypedDict):
    headers: dict[str, str]
    timeout: httpx.Timeout
    cookies: CookieJar


def _no_cookies() -> CookieJar:
    """A jar that stays empty: what strangers' servers set would gather there for ever."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=()))


def _checked(url: str) -> httpx.URL:
    try:
        target = httpx.URL(url)
        host = target.host
    except (httpx.InvalidURL, ValueError) as error:
        raise BadAddress(url[:200], f"not a link: {error}") from error
    if target.scheme not in ("http", "https") or not host:
        raise BadAddress(url[:200], "only links that begin with http:// or https:// are opened")
    return target


def user_agent(contact: str) -> str:
    """How Paperboy names itself to servers: `paperboy/0.1.0 (someone@example.org)`."""
    told = "".join(each for each in contact if each.isascii() and each.isprintable())
    return f"paperboy/{version('paperboy')} ({told})" if told else f"paperboy/{version('paperboy')}"


def retry_after(header: str, now: datetime) -> timedelta | None:
    """The pause that a Retry-After header asks for, in seconds or until a date: 0 to 31 days."""
    if header.strip().isdecimal():
        pause = timedelta(seconds=min(int(header[:9]), int(_LONGEST_PAUSE.total_seconds())))
    else:
        try:
            until = parsedate_to_datetime(header)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
        pause = until.replace(tzinfo=until.tzinfo or UTC) - now
    return min(max(pause, timedelta()), _LONGEST_PAUSE)
