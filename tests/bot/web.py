"""A small web server on loopback that plays what a test tells it to, over real HTTP."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Self


@dataclass(frozen=True)
class Request:
    """What a client sent: the path with its query, and the headers by lower-case names."""

    path: str
    headers: Mapping[str, str]


Play = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


def says(body: bytes = b"", status: int = 200, headers: Mapping[str, str] | None = None) -> Play:
    """Answers with `body` and its length."""

    async def play(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head(status, {"Content-Length": str(len(body)), **(headers or {})}) + body)

    return play


def head(status: int, headers: Mapping[str, str]) -> bytes:
    """The beginning of an answer, up to where its body begins."""
    lines = [f"HTTP/1.1 {status} Told", *(f"{key}: {value}" for key, value in headers.items())]
    return ("\r\n".join([*lines, "Connection: close"]) + "\r\n\r\n").encode()


@dataclass
class Web:
    """The server: `pages` by path (else 404), what it was asked in `requests`, its address `at`."""

    pages: dict[str, Play]
    requests: list[Request] = field(default_factory=list)
    most_at_once: int = 0
    at: str = ""
    _now: int = 0
    _server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        host, port = self._server.sockets[0].getsockname()
        self.at = f"http://{host}:{port}"
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._now += 1
        self.most_at_once = max(self.most_at_once, self._now)
        try:
            text = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = text.split("\r\n")
            fields = (line.partition(":") for line in lines if line)
            request = Request(
                first.split()[1], {name.lower(): value.strip() for name, _, value in fields}
            )
            self.requests.append(request)
            await self.pages.get(request.path, says(status=404))(request, writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass  # the client has gone, as clients do
        finally:
            self._now -= 1
            writer.close()
