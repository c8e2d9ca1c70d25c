"""What a client sees of the playground's events: messages, and waiting for them without polling."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aiohttp import ClientError, ClientSession, WSMsgType

from playground.wire import Json

RECONNECT_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Message:
    """A message as it stood at one event: `data` is the Bot API's Message object."""

    data: Json
    is_edit: bool = False

    @property
    def id(self) -> int:
        """Give the message's number in its chat."""
        return int(self.data["message_id"])

    @property
    def chat_id(self) -> int:
        """Give the id of the chat."""
        return int(self.data["chat"]["id"])

    @property
    def text(self) -> str:
        """Give the text, or the caption of a file."""
        return str(self.data.get("text", self.data.get("caption", "")))

    @property
    def buttons(self) -> list[list[Json]]:
        """Give the inline keyboard, row by row."""
        rows: list[list[Json]] = self.data.get("reply_markup", {}).get("inline_keyboard", [])
        return rows

    @property
    def labels(self) -> list[str]:
        """Give the texts of all inline buttons."""
        return [button["text"] for row in self.buttons for button in row]

    def entities(self, kind: str) -> list[str]:
        """Give the stretches of text that carry one kind of entity ("bold", "text_link", ...)."""
        units = self.text.encode("utf-16-le")
        found = self.data.get("entities") or self.data.get("caption_entities") or []
        return [
            units[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
            for e in found
            if e["type"] == kind
        ]


class Watcher:
    """Follows the stream of events, and takes it up again where it broke."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self._session = session
        self._url = url
        self._changed = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.seen: list[Json] = []
        """Every event since the playground's first, in order."""

    async def start(self) -> None:
        """Begin to follow; comes back once the line stands."""
        standing = asyncio.get_running_loop().create_future()
        self._task = asyncio.create_task(self._follow(standing))
        await standing

    async def stop(self) -> None:
        """Stop following."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def wait(self, wanted: Callable[[Json], bool], seconds: float) -> Json:
        """Give the first event that is wanted, past or to come within so many seconds.

        Raises:
            TimeoutError: no such event came.
        """
        position = 0
        async with asyncio.timeout(seconds):
            while True:
                changed = self._changed
                while position < len(self.seen):
                    position += 1
                    if wanted(self.seen[position - 1]):
                        return self.seen[position - 1]
                await changed.wait()

    async def _follow(self, standing: asyncio.Future[None]) -> None:
        while True:
            try:
                await self._read(standing)
            except ClientError as error:
                if not standing.done():
                    standing.set_exception(error)
                    return
            await asyncio.sleep(RECONNECT_SECONDS)

    async def _read(self, standing: asyncio.Future[None]) -> None:
        last = self.seen[-1]["seq"] if self.seen else -1
        async with self._session.ws_connect(f"{self._url}?after={last}", max_msg_size=0) as socket:
            if not standing.done():
                standing.set_result(None)
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._take(json.loads(frame.data))

    def _take(self, event: Any) -> None:
        self.seen.append(event)
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()
