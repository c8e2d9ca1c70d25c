"""HTTP to Telegram, over aiohttp. Says of every failure whether Telegram may have got the request.

NetworkError (telegram.error)
├── NotSent      no connection was made: the request was not carried out, trying again is safe
└── AnswerLost   the connection broke or stood still after that: it may have been carried out

aiohttp takes a sixth of the processor time of python-telegram-bot's default client, which is over
httpx. Its errors carry the address and with it the token, so none of their texts is passed on.
"""

import json
import os
from typing import Any

import aiohttp
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

_CONNECT = 10.0  # seconds to a connection, waiting for a free one of the pool included
_READ = 40.0  # seconds without a byte of an answer; a short time makes messages double
_IDLE = 30.0  # seconds an unused connection is kept


class NotSent(NetworkError):
    """No connection was made."""


class AnswerLost(NetworkError):
    """The connection was there, the answer did not come."""


class Transport(BaseRequest):
    """python-telegram-bot's way to Telegram, with at most `connections` at once."""

    __slots__ = ("_connections", "_session")

    def __init__(self, connections: int = 100) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """The JSON object of an answer.

        Raises AnswerLost when it is none: with a status of 200, what was asked for has been done.
        """
        try:
            parsed = json.loads(payload)
        except (ValueError, RecursionError):
            parsed = None
        if not isinstance(parsed, dict):
            raise AnswerLost("the answer can't be read")
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
                connector=connector, trust_env=True, cookie_jar=aiohttp.DummyCookieJar()
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
        timeout = aiohttp.ClientTimeout(
            connect=_seconds(connect_timeout, _CONNECT), sock_read=_seconds(read_timeout, _READ)
        )
        content = _content(request_data)
        try:
            async with self._session.request(method, url, timeout=timeout, **content) as answer:
                return answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotSent(f"Telegram can't be reached ({_name(error)})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise AnswerLost(f"no answer ({_name(error)})") from None


def _seconds(given: Any, usual: float) -> float | None:
    return usual if given is BaseRequest.DEFAULT_NONE else given


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
