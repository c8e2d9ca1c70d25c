"""The WebSocket that pushes every event to a watcher, from where it left off."""

import json
from collections.abc import Callable

from tornado.websocket import WebSocketClosedError, WebSocketHandler

from playground.events import Event
from playground.http.guard import refusal, refused
from playground.telegram import Telegram


def _nothing() -> None:
    """Do nothing."""


class Stream(WebSocketHandler):
    """GET /api/stream?after=N: first the events after number N, then each as it happens.

    A watcher that missed more than is kept (or names a number from another run) gets one
    `{"kind": "gap", "seq": last}` instead and should read the snapshot again. `run` (the
    snapshot's) makes sure that N is a number of this run.
    """

    def initialize(self) -> None:
        """Take what there is to watch, and the set of open streams to be in."""
        self.telegram: Telegram = self.settings["telegram"]
        self.streams: set[Stream] = self.settings["streams"]
        self.stop: Callable[[], None] = _nothing

    def prepare(self) -> None:
        """Let nobody in but this machine's programs and our own pages."""
        if reason := refused(self.request, self.settings["hosts"]):
            self.set_status(403, reason)
            self.finish()

    def check_origin(self, origin: str) -> bool:
        """Say whether a page may open the stream."""
        return refusal(self.request.host, origin, None, self.settings["hosts"]) is None

    def open(self) -> None:
        """Send what was missed (without `after`, all that is kept), and listen."""
        events = self.telegram.events
        try:
            after = int(self.get_argument("after", "-1"))
        except ValueError:
            after = -1
        same_run = self.get_argument("run", events.run) == events.run
        missed = events.all() if after == -1 else events.after(after) if same_run else None
        if missed is None:
            self.write_message(json.dumps({"kind": "gap", "seq": events.last}))
        for event in missed or ():
            self.push(event)
        self.stop = events.listen(self.push)
        self.streams.add(self)

    def push(self, event: Event) -> None:
        """Send one event."""
        try:
            self.write_message(event.encoded())
        except WebSocketClosedError:
            self.on_close()

    def on_close(self) -> None:
        """Stop listening."""
        self.stop()
        self.stop = _nothing
        self.streams.discard(self)
