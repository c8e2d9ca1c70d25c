"""Handling updates: side by side over chats, one after the other within each.

Who writes a thousand commands waits for them alone, and beyond a bound they are set aside.
"""

import asyncio
import logging
from collections import deque
from typing import Any

from telegram import Update
from telegram.ext import Application

from bot.metrics import Metrics
from bot.sparing import Sparing
from storage.errors import Unavailable
from storage.traffic import Inbox

_LONGEST = 1_000  # updates that may wait in one lane
_MOST = 20_000  # updates that may wait in all lanes before no more are fetched
_AT_ONCE = 256
_PATIENCE = 120.0  # seconds after which a handler is given up
_AGAIN = 2.0  # seconds before a database that can't be written is tried again
_GRACE = 5.0  # seconds for what is being handled when told to stop

log = logging.getLogger(__name__)


class Lanes:
    """The updates that wait to be handled, by chat."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        inbox: Inbox,
        metrics: Metrics,
    ) -> None:
        self._application = application
        self._inbox = inbox
        self._metrics = metrics
        self._lanes: dict[int, deque[Update]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(_AT_ONCE)
        self._waiting = 0
        self._room = asyncio.Event()
        self._room.set()
        self._stopping = False
        self._sparing = Sparing(log)

    def full(self, update: Update, more: int) -> bool:
        """Whether the chat of `update` would have too many waiting with `more` others."""
        return len(self._lanes.get(lane_of(update), ())) + more >= _LONGEST

    async def room(self) -> None:
        """Wait until more can be taken."""
        await self._room.wait()

    def add(self, update: Update) -> None:
        """Put an update at the end of its lane."""
        key = lane_of(update)
        lane = self._lanes.get(key)
        self._count(1)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[key] = deque([update])
        task = asyncio.create_task(self._work(key))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """Finish the updates that are being handled, within seconds, and begin no other."""
        self._stopping = True
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=_GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _work(self, key: int) -> None:
        """Handle a lane to its end."""
        lane = self._lanes[key]
        while lane and not self._stopping:
            async with self._slots:
                await self._handle(lane.popleft())
            self._count(-1)
        del self._lanes[key]

    async def _handle(self, update: Update) -> None:
        """Have one update handled, and drop it."""
        try:
            async with asyncio.timeout(_PATIENCE):
                await self._application.process_update(update)
        except TimeoutError:
            self._sparing.say("slow", "update %d took too long, given up", update.update_id)
        except Exception as error:  # (its error handlers failed, too) the next update must come
            self._sparing.say("fault", "update %d: a fault of ours", update.update_id, error=error)
        await self._drop(update)
        self._metrics.handled()

    async def _drop(self, update: Update) -> None:
        while True:
            try:
                await self._inbox.done(update.update_id)
            except Unavailable as error:
                self._sparing.say("drop", "what was handled can't be recorded: %s", error)
                await asyncio.sleep(_AGAIN)
            else:
                return

    def _count(self, change: int) -> None:
        self._waiting += change
        if self._waiting < _MOST:
            self._room.set()
        else:
            self._room.clear()


def lane_of(update: Update) -> int:
    """The lane in which an update waits: its chat's, or its person's."""
    if chat := update.effective_chat:
        return chat.id
    return update.effective_user.id if update.effective_user else 0
