"""Telegram's pace: when a message may go. Replies to people go ahead of alerts.

Every rule is a sliding window on what Telegram has counted. When that was is not known: not before
a message left, and not after its answer came, less the time that the quickest answers take. From
the latter it counts, so that the pace is kept exactly, and only where the way varies a little less.
Without an answer it counts from a second after it left.

What a 429 is about, Telegram doesn't say. Here: the chat it came for rests until `retry_after` is
over, alone. Only when messages to three different chats were refused in a row, with none let
through between them, everything rests.
"""

import asyncio
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram.error import RetryAfter
from telegram.ext import BaseRateLimiter

from bot.limits import UNLIMITED, Limits, Mark, Window

JSONDict = dict[str, Any]

ALERT = 1
"""The `rate_limit_args` of an alert; what has none is a reply to somebody."""

_UNANSWERED = 1.0  # seconds after which a message counts even if its answer is not there
_LOOK = 0.02  # seconds after which to look again: answers that come meanwhile shorten a wait
_ANSWERS = 500  # of the newest, the quickest tells how long the way is ...
_CERTAIN = 0.9  # ... or nearly: some of it no answer has come without
_ALL = 0  # no chat has this id
_IN_A_ROW = 3
_TALKING = 10.0  # seconds since the last reply in which alerts leave room for more of them
_TRIES = 4
_PATIENCE = 30.0  # a reply that would have to wait longer than this fails instead


class Withdrawn(Exception):
    """An alert that waited for its turn was not sent, because the program stops."""


class RateLimiter(BaseRateLimiter[Any]):
    """python-telegram-bot's rate limiter: every request of the bot passes here."""

    def __init__(
        self,
        limits: Limits = UNLIMITED,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.limits = limits
        self._clock = clock
        self._sleep = sleep
        self._windows: OrderedDict[int, Window] = OrderedDict()
        self._overall = Window()
        self._departed = Window()
        self._lines = {True: asyncio.Lock(), False: asyncio.Lock()}  # alerts, replies
        self._last_reply = float("-inf")
        self._answers = deque[float](maxlen=_ANSWERS)  # seconds that each took
        self._withdrawn = False
        self._refused: dict[int, float] = {}  # chats in a row, and until when they rest

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    def withdraw_alerts(self) -> None:
        """From now on no alert goes: those that wait raise Withdrawn."""
        self._withdrawn = True

    def delay(self, chat: int) -> float:
        """Seconds until an alert may go to `chat`, other chats left aside."""
        window = self._windows.get(chat)
        return window.wait(self.limits.of_chat(chat, alert=True), self._clock()) if window else 0.0

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, bool | JSONDict | list[JSONDict]]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> bool | JSONDict | list[JSONDict]:
        """Let a request through when its turn has come. Raises RetryAfter for an alert at once."""
        chat, alert = _chat_of(endpoint, data), rate_limit_args == ALERT
        for tries_left in reversed(range(_TRIES)):
            mark = await self._turn(chat, alert)
            try:
                result = await callback(*args, **kwargs)
            except RetryAfter as error:
                seconds = _seconds(error)
                self._rest(chat, seconds)
                if alert or not tries_left or seconds > _PATIENCE:
                    raise
                if chat == _ALL:
                    await self._sleep(seconds)
            else:
                self._refused.clear()
                return result
            finally:
                self._answered(mark)
        raise AssertionError("the last try returns or raises")

    async def _turn(self, chat: int, alert: bool) -> Mark:
        """Wait for the turn of a message to `chat`, and note that it goes."""
        if chat == _ALL:  # it sends nothing, and only rests when everything does
            while (wait := self._overall.wait((), self._clock())) > 0:
                await self._sleep(wait)
            return Mark(self._clock(), self._clock(), ())
        if not alert:
            self._last_reply = self._clock()
        await self._wait(chat, alert)
        window, now = self._window(chat), self._clock()
        mark = Mark(now, now + _UNANSWERED, (self._overall, window))
        self._departed.add(now, self.limits.per_second or 1)
        self._overall.add(mark.at, self.limits.per_second or 1)
        most = max((rule.most for rule in self.limits.of_chat(chat, alert=False)), default=1)
        window.add(mark.at, most)
        return mark

    def _answered(self, mark: Mark) -> None:
        """An answer is there (or none will come): now it is known better when Telegram counted."""
        now = self._clock()
        self._answers.append(now - mark.left)
        mark.answered(now - _CERTAIN * min(self._answers))

    async def _wait(self, chat: int, alert: bool) -> None:
        own = self.limits.of_chat(chat, alert)
        window = self._window(chat)
        while True:
            while (wait := window.wait(own, self._clock())) > 0:
                await self._sleep(min(wait, _LOOK))
            async with self._lines[alert]:  # one looks at the common window at a time, in order
                while (wait := self._common(alert)) > 0:
                    await self._sleep(min(wait, _LOOK))
                if alert and self._withdrawn:
                    raise Withdrawn
                if window.wait(own, self._clock()) <= 0:
                    return

    def _common(self, alert: bool) -> float:
        """Seconds until one more may go, whatever its chat."""
        now = self._clock()
        talking = now - self._last_reply < _TALKING
        wait = max(
            self._overall.wait(self.limits.overall(alert, talking), now),
            self._departed.wait(self.limits.spread(alert), now),
        )
        if alert and self._lines[False].locked():  # a reply waits, and goes first
            return max(wait, 0.001)
        return wait

    def _window(self, chat: int) -> Window:
        """The window of a chat; those that no longer matter are forgotten on the way."""
        window = self._windows.setdefault(chat, Window())
        self._windows.move_to_end(chat)
        oldest = next(iter(self._windows))
        while oldest != chat and self._windows[oldest].over(self._clock()):
            del self._windows[oldest]
            oldest = next(iter(self._windows))
        return window

    def _rest(self, chat: int, seconds: float) -> None:
        """A message to `chat` was refused: the chat rests, or after several everything."""
        if chat == _ALL:
            return
        until = self._clock() + seconds
        window = self._window(chat)
        window.rests_until = max(window.rests_until, until)
        self._refused[chat] = until
        if len(self._refused) >= _IN_A_ROW:
            self._overall.rests_until = max(self._overall.rests_until, *self._refused.values())
            self._refused.clear()


def _chat_of(endpoint: str, data: dict[str, Any]) -> int:
    """The chat that a request sends a message to; 0 for requests that send none."""
    sends = endpoint.startswith(("send", "copy", "forward")) and endpoint != "sendChatAction"
    chat = data.get("chat_id")
    return chat if sends and isinstance(chat, int) else _ALL


def _seconds(error: RetryAfter) -> float:
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
