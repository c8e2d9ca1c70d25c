"""The person's side of HTTP: JSON actions under /api/."""

import inspect
from typing import Any

from tornado.web import Application, HTTPError

from playground.errors import ApiError
from playground.http.bodies import read_args
from playground.http.pages import PAGE, Guarded, Index, PageFile
from playground.http.stream import Stream
from playground.people.table import ACTIONS, READS
from playground.pictures import type_of
from playground.telegram import Telegram
from playground.wire import dump

BODIES = ("application/json", "multipart/form-data")


def application(telegram: Telegram, hosts: tuple[str, ...], streams: set[Stream]) -> Application:
    """Make the web application: the page, its files, the actions and the stream.

    `streams` is kept to those that are open.
    """
    return Application(
        [
            (r"/", Index),
            (r"/page/(.*)", PageFile, {"path": str(PAGE)}),
            (r"/api/stream", Stream),
            (r"/api/file/([A-Za-z0-9_-]+)", Download),
            (r"/api/([a-z_]+)", Api),
        ],
        default_handler_class=Missing,
        log_function=lambda _: None,
        websocket_ping_interval=20,
        telegram=telegram,
        hosts=hosts,
        streams=streams,
    )


class Answering(Guarded):
    """Answers with JSON, errors too."""

    @property
    def telegram(self) -> Telegram:
        """Give the Telegram to act in."""
        telegram: Telegram = self.settings["telegram"]
        return telegram

    def write_error(self, status_code: int, **_: Any) -> None:
        """Send an error in the same envelope as the Bot API's."""
        error = ApiError(status_code, self._reason)
        self.set_header("Content-Type", "application/json")
        self.finish(dump(error.body()))

    def refuse(self, error: ApiError) -> None:
        """Answer that something can't be done."""
        self.set_status(error.code)
        self.set_header("Content-Type", "application/json")
        self.finish(dump(error.body()))


class Api(Answering):
    """POST /api/<action> does something, GET /api/<view> shows something."""

    async def get(self, name: str) -> None:
        """Show something."""
        await self._answer(READS.get(name))

    async def post(self, name: str) -> None:
        """Do something. The body is JSON, or a multipart form when files go with it."""
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if self.request.body and kind not in BODIES:
            raise HTTPError(415, reason=f"the body must be one of: {', '.join(BODIES)}")
        await self._answer(ACTIONS.get(name))

    async def _answer(self, action: Any) -> None:
        if action is None:
            raise HTTPError(404, reason="no such action")
        request = self.request
        content_type = request.headers.get("Content-Type", "")
        try:
            result = action(self.telegram, read_args(request.query, content_type, request.body))
            if inspect.isawaitable(result):
                result = await result
        except ApiError as error:
            self.refuse(error)
            return
        self.set_header("Content-Type", "application/json")
        self.finish(dump({"ok": True, "result": result}))


class Download(Answering):
    """GET /api/file/<file_id>: a file's bytes. Pictures are shown, everything else is saved."""

    def get(self, file_id: str) -> None:
        """Send it."""
        file = self.telegram.files.by_id(file_id)
        if file is None:
            raise HTTPError(404, reason="no such file")
        picture = type_of(file.content)
        self.set_header("Content-Security-Policy", "default-src 'none'; sandbox")
        self.set_header("Content-Type", picture or "application/octet-stream")
        if picture is None:
            self.set_header("Content-Disposition", "attachment")
        self.finish(file.content)


class Missing(Guarded):
    """Everything else."""

    def prepare(self) -> None:
        """Say that it is not there."""
        super().prepare()
        raise HTTPError(404)
