"""The door: sends each request to the Bot API's side or to the person's side by its path."""

from collections.abc import Awaitable

from tornado.http1connection import HTTP1Connection
from tornado.httputil import (
    HTTPConnection,
    HTTPHeaders,
    HTTPMessageDelegate,
    HTTPServerConnectionDelegate,
    RequestStartLine,
    ResponseStartLine,
)
from tornado.web import Application

from playground.errors import ApiError
from playground.http import reply
from playground.http.bot_api import LARGEST_BODY, BotApi


class Front(HTTPServerConnectionDelegate):
    """Takes every request of the server. Paths under /bot and /file/bot are a bot's."""

    def __init__(self, bot_api: BotApi, people: Application) -> None:
        self._bot_api = bot_api
        self._people = people

    def start_request(
        self, server_conn: object, request_conn: HTTPConnection
    ) -> HTTPMessageDelegate:
        """Take a request that begins."""
        return _Choice(self._bot_api, self._people, server_conn, request_conn)


class _Choice(HTTPMessageDelegate):
    """One request: chooses its side when the first line is read."""

    __slots__ = (
        "_bot_api",
        "_chunks",
        "_headers",
        "_other",
        "_people",
        "_request",
        "_server",
        "_size",
        "_target",
    )

    def __init__(
        self, bot_api: BotApi, people: Application, server: object, request: HTTPConnection
    ) -> None:
        self._bot_api = bot_api
        self._people = people
        self._server = server
        self._request = request
        self._other: HTTPMessageDelegate | None = None
        self._chunks: list[bytes] = []
        self._size = 0

    def headers_received(
        self, start_line: RequestStartLine | ResponseStartLine, headers: HTTPHeaders
    ) -> Awaitable[None] | None:
        """Look at the path."""
        self._headers = headers
        self._target = start_line.path if isinstance(start_line, RequestStartLine) else "/"
        if self._target.startswith(("/bot", "/file/bot")):
            return None
        self._other = self._people.start_request(self._server, self._request)
        return self._other.headers_received(start_line, headers)

    def data_received(self, chunk: bytes) -> Awaitable[None] | None:
        """Gather the body; what is beyond the limit is only counted."""
        if self._other:
            return self._other.data_received(chunk)
        self._size += len(chunk)
        if self._size <= LARGEST_BODY:
            self._chunks.append(chunk)
        return None

    def finish(self) -> None:
        """Hand over the whole request."""
        if self._other:
            self._other.finish()
        elif isinstance(self._request, HTTP1Connection):
            if self._size > LARGEST_BODY:
                reply.send_error(self._request, ApiError(413, "Request Entity Too Large"))
            elif self._target.startswith("/file/"):
                self._bot_api.download(self._request, self._target)
            else:
                body = b"".join(self._chunks)
                self._bot_api.handle(self._request, self._target, self._headers, body)

    def on_connection_close(self) -> None:
        """Tell the person's side that the other end hung up."""
        if self._other:
            self._other.on_connection_close()
