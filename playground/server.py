"""A playground that runs: the HTTP server around one Telegram, from start to stop."""

import asyncio
import contextlib
import secrets
import time
from collections.abc import Callable
from types import TracebackType

from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from playground.flood import Limits
from playground.http.bot_api import BotApi
from playground.http.front import Front
from playground.http.person import application
from playground.http.poster import post_updates
from playground.http.stream import Stream
from playground.state.users import User
from playground.telegram import Telegram

BOT_ID = 8100000001
TELEGRAMS_LIMITS = Limits()
LARGEST_REQUEST = 1 << 30


class Playground:
    """A Telegram on this machine. Use it as `async with Playground() as telegram:`.

    `port` 0 takes a free one; `token` is made up when None; `clock` gives Unix seconds; `limits`
    are the flood limits, none by default; `username` and `name` are the bot's; `reads_all_groups`
    switches its privacy mode off; `history` is how many messages are kept.
    """

    def __init__(
        self,
        port: int = 0,
        token: str | None = None,
        host: str = "127.0.0.1",
        clock: Callable[[], float] = time.time,
        limits: Limits | None = None,
        *,
        username: str = "playground_bot",
        name: str = "Playground bot",
        reads_all_groups: bool = False,
        history: int = 100_000,
    ) -> None:
        self.token = token or new_token()
        self.host = host
        self.port = port
        bot = User(_bot_id(self.token), name, username=username, is_bot=True)
        self.telegram = Telegram(bot, self.token, clock, limits, history)
        self.telegram.reads_all_groups = reads_all_groups
        self.backstage = self.telegram.backstage
        self._bot_api = BotApi(self.telegram)
        self._streams: set[Stream] = set()
        self._server: HTTPServer | None = None
        self._poster: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Give the address of the page and of the person's side."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    @property
    def base_url(self) -> str:
        """Give the address to which a Bot API client appends the token."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """Give the same for downloads."""
        return f"{self.url}/file/bot"

    async def start(self) -> None:
        """Listen. Raises OSError when the port is taken."""
        sockets = bind_sockets(self.port, self.host)
        self.port = sockets[0].getsockname()[1]
        people = application(self.telegram, (self.host,), self._streams)
        front = Front(self._bot_api, people)
        self._server = HTTPServer(
            front, max_body_size=LARGEST_REQUEST, max_buffer_size=LARGEST_REQUEST
        )
        self._server.add_sockets(sockets)
        self._poster = asyncio.create_task(post_updates(self.telegram))

    async def stop(self) -> None:
        """Stop listening, end what still runs and close all connections."""
        if self._poster:
            self._poster.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._poster
        await self._bot_api.close()
        if self._server:
            self._server.stop()
        await self.cut_connections()
        self._server = None

    async def cut_connections(self) -> None:
        """Close all connections, as a network in trouble does; new ones are taken at once."""
        for stream in list(self._streams):
            stream.close()
        if self._server:
            await self._server.close_all_connections()

    async def serve_forever(self) -> None:
        """Run until cancelled."""
        await asyncio.Event().wait()

    async def __aenter__(self) -> "Playground":
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()


def new_token() -> str:
    """Make up a token. Nobody can guess it, so that no web page can speak as the bot."""
    return f"{BOT_ID}:AA{secrets.token_urlsafe(25)[:33]}"


def _bot_id(token: str) -> int:
    """Read the bot's id, which stands before the colon of its token."""
    number, colon, secret = token.partition(":")
    if not (number.isascii() and number.isdigit() and colon and secret):
        raise ValueError(f"a token looks like 123456:AAE..., not like {token[:4]}...")
    return int(number)


async def serve(
    port: int = 8081,
    token: str | None = None,
    host: str = "127.0.0.1",
    limits: Limits | None = TELEGRAMS_LIMITS,
    ready: Callable[[Playground], None] | None = None,
) -> None:
    """Run a playground until cancelled, with Telegram's limits; `ready` hears when it listens."""
    async with Playground(port, token, host, limits=limits) as telegram:
        if ready:
            ready(telegram)
        await telegram.serve_forever()
