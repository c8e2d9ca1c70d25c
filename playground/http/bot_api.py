"""The Bot API's side of HTTP: /bot<token>/<method> and /file/bot<token>/<path>.

It sits on tornado's connection interface, not on its RequestHandler: a request then takes about
60 % of the time, and a load test needs a server that is faster than the bot it tests.
"""

import asyncio
import re
import time
from collections.abc import Coroutine
from typing import Any
from urllib.parse import unquote

from tornado.http1connection import HTTP1Connection
from tornado.httputil import HTTPHeaders

from playground.args import Args
from playground.calls import Call
from playground.errors import ApiError
from playground.faults import BAD_GATEWAY, Fault
from playground.http import reply
from playground.http.bodies import read_args
from playground.methods.table import METHODS, WAITING, Method
from playground.telegram import Telegram
from playground.wire import Json, dump

LARGEST_BODY = 60 * 1024 * 1024
_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]{1,80}")


class BotApi:
    """Carries out the requests of bots."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._tasks: set[asyncio.Task[None]] = set()

    def handle(
        self, connection: HTTP1Connection, target: str, headers: HTTPHeaders, body: bytes
    ) -> None:
        """Answer one request; `target` is its path and query."""
        started = time.perf_counter()
        path, _, query = target.partition("?")
        try:
            name, function = self._method(path)
            args = read_args(query, headers.get("Content-Type", ""), body)
        except ApiError as error:
            reply.send_error(connection, error)
            return
        request = Request(self._telegram, connection, name, function, args, started)
        faults = self._telegram.faults.take(name.lower(), request.chat_id)
        waiting = WAITING.get(name.lower())
        if waiting or faults:
            self._run(request.answer_late(faults), connection)
        else:
            request.answer()

    def download(self, connection: HTTP1Connection, target: str) -> None:
        """Answer a download of a file that getFile gave the path of."""
        try:
            path = unquote(target.partition("?")[0]).removeprefix("/file")
            token, _, inner = path.removeprefix("/bot").partition("/")
            self._check_token(token)
            file = self._telegram.files.by_path(inner)
            if file is None:
                raise ApiError(404, "Not Found")
        except ApiError as error:
            reply.send_error(connection, error)
            return
        reply.send(connection, 200, file.content, "application/octet-stream")

    async def close(self) -> None:
        """End what still runs."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _run(self, work: Coroutine[Any, Any, None], connection: HTTP1Connection) -> None:
        """Let a request take its time; it ends early when the other side hangs up."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

        def hung_up() -> None:
            task.cancel()

        connection.set_close_callback(hung_up)

    def _method(self, path: str) -> tuple[str, Method]:
        """Find the method a path names; its token is checked first, as the server does."""
        token, _, method = path.removeprefix("/bot").partition("/")
        self._check_token(unquote(token))
        found = METHODS.get(method.lower())
        if found is None:
            raise ApiError(404, "Not Found: method not found")
        return found

    def _check_token(self, token: str) -> None:
        if token == self._telegram.token:
            return
        raise (
            ApiError(401, "Unauthorized") if _TOKEN.fullmatch(token) else ApiError(404, "Not Found")
        )


class Request:
    """One call of one method, from its arguments to its answer and its line in the log."""

    __slots__ = (
        "_args",
        "_connection",
        "_function",
        "_name",
        "_started",
        "_telegram",
        "_wall",
        "chat_id",
    )

    def __init__(
        self,
        telegram: Telegram,
        connection: HTTP1Connection,
        name: str,
        function: Method,
        args: Args,
        started: float,
    ) -> None:
        self._telegram = telegram
        self._connection = connection
        self._name = name
        self._function = function
        self._args = args
        self._started = started
        self._wall = time.time()
        chat_id = args.values.get("chat_id")
        self.chat_id = None if chat_id is None else str(chat_id)

    def answer(self) -> None:
        """Call the method and send what it gives."""
        try:
            result = self._function(self._telegram, self._args)
        except ApiError as error:
            self._refuse(error)
        else:
            self._give(result)

    async def answer_late(self, faults: list[Fault]) -> None:
        """Do the same with faults, or for a method that waits."""
        for fault in faults:
            if fault.kind == "delay":
                await asyncio.sleep(fault.seconds)
            elif fault.kind != "drop_after":
                self._spoil(fault)
                return
        try:
            result = self._function(self._telegram, self._args)
            if asyncio.iscoroutine(result):
                result = await result
        except ApiError as error:
            self._refuse(error)
            return
        if any(fault.kind == "drop_after" for fault in faults):
            self._log(0, "connection dropped after processing", result)
            reply.cut(self._connection)
        else:
            self._give(result)

    def _give(self, result: object) -> None:
        self._log(200, None, result)
        reply.send(self._connection, 200, b'{"ok":true,"result":%b}' % dump(result))

    def _refuse(self, error: ApiError) -> None:
        self._log(error.code, error.description, None)
        reply.send_error(self._connection, error)

    def _spoil(self, fault: Fault) -> None:
        """Answer as a fault wants it, with nothing carried out."""
        if fault.kind == "drop_before":
            self._log(0, "connection dropped before processing", None)
            reply.cut(self._connection)
        elif fault.kind == "html":
            self._log(fault.code, fault.description, None)
            reply.send_page(self._connection, fault.code)
        elif fault.kind == "garbage":
            self._log(200, "invalid JSON", None)
            reply.send(self._connection, 200, b'{"ok":true,"result":{"message_id"')
        else:
            self._refuse(_error(fault))

    def _log(self, code: int, description: str | None, result: object) -> None:
        telegram = self._telegram
        message_id = result.get("message_id") if isinstance(result, dict) else None
        telegram.log(
            Call(
                telegram.calls.last + 1,
                self._name,
                self.chat_id,
                self._wall,
                round((time.perf_counter() - self._started) * 1000, 3),
                code,
                description,
                message_id,
                self._args.values,
            )
        )


def _error(fault: Fault) -> ApiError:
    parameters: Json | None = None
    description = fault.description
    if fault.retry_after is not None:
        parameters = {"retry_after": fault.retry_after}
        if fault.code == 429 and description == BAD_GATEWAY:
            description = f"Too Many Requests: retry after {fault.retry_after}"
    return ApiError(fault.code, description, parameters)
