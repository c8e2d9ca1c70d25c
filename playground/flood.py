"""Telegram's flood limits: how many messages a bot may send. Pure; time comes in as an argument.

The figures are those of the Bot FAQ ("My bot is hitting limits"): about 30 messages a second,
one a second to one chat with short bursts let pass, 20 a minute to one group.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

USUAL_BURST = 3


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is let through; None lifts a limit."""

    per_second: int | None = 30
    per_chat_per_second: int | None = 1
    burst: int = USUAL_BURST
    """How many messages one chat takes at once before its rate counts."""
    per_group_per_minute: int | None = 20


@dataclass(slots=True)
class Window:
    """A sliding window: at most `count` in `seconds`."""

    count: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        """Give the seconds until one more fits (0: at once)."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        return self.times[0] + self.seconds - now if len(self.times) >= self.count else 0


class Flood:
    """Counts what a bot sends. `monotonic` gives seconds that no clock change touches."""

    def __init__(self, limits: Limits | None, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self.limits = limits
        self._windows: dict[int, list[Window]] = {}

    def set(self, limits: Limits | None) -> None:
        """Set other limits, and count anew. None switches them off."""
        self.limits = limits
        self._windows.clear()

    def retry_after(self, chat_id: int) -> int:
        """Count one message to a chat; gives 0, or the whole seconds to wait when it may not pass.

        What may not pass is not counted, so a bot that keeps its distance is let in again.
        """
        if self.limits is None:
            return 0
        now = self._monotonic()
        windows = self._of(0) + self._of(chat_id)
        wait = max((window.wait(now) for window in windows), default=0)
        if wait > 0:
            return math.ceil(wait)
        for window in windows:
            window.times.append(now)
        return 0

    def _of(self, chat_id: int) -> list[Window]:
        if chat_id not in self._windows:
            self._windows[chat_id] = list(self._fresh(chat_id))
        return self._windows[chat_id]

    def _fresh(self, chat_id: int) -> list[Window]:
        limits = self.limits or Limits(None, None, 0, None)
        if not chat_id:
            return [Window(limits.per_second, 1)] if limits.per_second else []
        windows = []
        if limits.per_chat_per_second:
            seconds = limits.burst / limits.per_chat_per_second
            windows.append(Window(limits.burst, seconds))
        if chat_id < 0 and limits.per_group_per_minute:
            windows.append(Window(limits.per_group_per_minute, 60))
        return windows
