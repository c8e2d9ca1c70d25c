"""HTTP to Telegram, over aiohttp. Says of every failure whether Telegram may have got the request.

NetworkError (telegram.error)
├── NotSent      no connection was made: the request was not carried out, trying again is safe
└── AnswerLost   the connection broke or stood still after that: it may have been carried out

aiohttp takes a sixth of the processor time of python-telegram-bot's default client, which is over
httpx. Its errors carry the address and with it the token, so none of their texts is passed on.
"""

import json
import os
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

_CONNECT = 10.0  # seconds to a connection, waiting for a free one of the pool included
_READ = 40.0  # seconds without a byte of an answer; a short time makes messages double
_IDLE = 30.0  # seconds an unused connection is kept
_ECHOES = ("entities", "from", "link_preview_options", "reply_markup")


class NotSent(NetworkError):
    """No connection was made."""


class AnswerLost(NetworkError):
    """The connection was there, the answer did not come."""


class Transport(BaseRequest):
    """python-telegram-bot's way to Telegram, with at most `connections` at once."""

    __slots__ = ("_connections", "_proxies", "_session")

    def __init__(self, connections: int = 100) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._proxies: dict[str, str | None] = {}

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The JSON object of an answer; of a message that was sent, without what echoes ours.

        Nobody reads that, and python-telegram-bot takes longer to make objects of a message's
        entities than to send it. Raises AnswerLost when the answer is no JSON object: with a status
        of 200, what was asked for has been done.
        """
        try:
            parsed = json.loads(payload)
        except (ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict):
            raise AnswerLost("the answer can't be read")
        if isinstance(sent := parsed.get("result"), dict) and "message_id" in sent:
            for echo in _ECHOES:
                sent.pop(echo, None)
        return parsed

    @property
    def read_timeout(self) -> float:
        """Seconds without a byte of an answer."""
        return _READ

    async def initialize(self) -> None:
        """Open the pool of connections."""
        # python-telegram-bot looks at this whenever it tells a pause; without, it warns each time
        # that pauses will be of this type one day.
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=_IDLE)
            self._session = aiohttp.ClientSession(
                connector=connector, cookie_jar=aiohttp.DummyCookieJar()
            )

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 (the base class names them)
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Send one request; the answer's status and body. Raises NotSent or AnswerLost."""
        assert self._session is not None, "initialize() comes first"
        timeout = _timeout(_seconds(connect_timeout, _CONNECT), _seconds(read_timeout, _READ))
        options = {"timeout": timeout, "proxy": self._proxy(url), **_content(request_data)}
        try:
            async with self._session.request(method, url, **options) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(f"Telegram can't be reached ({_name(error)})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AnswerLost(f"no answer ({_name(error)})") from None

    def _proxy(self, url: str) -> str | None:
        """The proxy that the environment names for an address (`HTTPS_PROXY`, `NO_PROXY`).

        aiohttp can look for it, too, but does so for every request and on other threads.
        """
        parts = urlsplit(url)
        if parts.netloc not in self._proxies:
            bypassed = proxy_bypass(parts.hostname or "")
            proxy = None if bypassed else getproxies().get(parts.scheme)
            self._proxies[parts.netloc] = proxy
        return self._proxies[parts.netloc]


def _seconds(given: Any, usual: float) -> float | None:
    return usual if given is BaseRequest.DEFAULT_NONE else given


@lru_cache
def _timeout(connect: float | None, read: float | None) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(connect=connect, sock_read=read)


def _name(error: BaseException) -> str:
    """What went wrong, without the words of the error, which may hold the address."""
    cause = error.os_error if isinstance(error, aiohttp.ClientConnectorError) else error
    words = cause.strerror if isinstance(cause, OSError) and cause.strerror else ""
    return words or type(cause).__name__


def _content(data: RequestData | None) -> dict[str, Any]:
    """The request's parameters as aiohttp takes them: JSON, or a form when files go along."""
    if data is None:
        return {}
    if not data.contains_files:
        return {"data": data.json_payload, "headers": {"Content-Type": "application/json"}}
    form = aiohttp.FormData(data.json_parameters, quote_fields=False)
    for field, (name, content, kind) in (data.multipart_data or {}).items():
        form.add_field(field, content, filename=name, content_type=kind)
    return {"data": form}
