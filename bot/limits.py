"""Telegram's limits as rules: at most so many messages in so many seconds, wherever one looks.

Pure; `bot.limiter` holds messages back by them.
"""

from bisect import bisect_left, insort
from dataclasses import dataclass, field
from typing import NamedTuple


class Rule(NamedTuple):
    """At most so many messages in so many seconds."""

    most: int
    seconds: float


@dataclass(frozen=True)
class Limits:
    """How many messages a bot may send; the defaults are those of Telegram's Bot FAQ, which lets
    short bursts to one chat pass: replies may use them, alerts don't. None lifts a limit."""

    per_second: int | None = 30
    per_chat_per_second: float | None = 1.0
    burst: int = 3
    per_group_per_minute: int | None = 20

    def overall(self, alert: bool, talking: bool) -> tuple[Rule, ...]:
        """The rules over all chats; while people are talking, alerts leave room for replies."""
        if self.per_second is None:
            return ()
        room = max(self.per_second // 6, 1) if alert and talking else 0
        return (Rule(max(self.per_second - room, 1), 1),)

    def spread(self, alert: bool) -> tuple[Rule, ...]:
        """The rule by which alerts leave, so that they are spread over the second."""
        return (Rule(-(-self.per_second // 4), 0.1),) if alert and self.per_second else ()

    def of_chat(self, chat: int, alert: bool) -> tuple[Rule, ...]:
        """The rules of one chat."""
        rules = []
        if self.per_chat_per_second:
            burst = 1 if alert else self.burst
            rules.append(Rule(burst, burst / self.per_chat_per_second))
        if chat < 0 and self.per_group_per_minute:
            rules.append(Rule(self.per_group_per_minute, 60))
        return tuple(rules)


UNLIMITED = Limits(None, None, 1, None)


@dataclass(slots=True)
class Window:
    """When the newest messages to one chat, or to all of them, count; and until when none may go.

    Moments are seconds of a clock that only goes on.
    """

    times: list[float] = field(default_factory=list)  # ascending
    rests_until: float = 0.0

    def wait(self, rules: tuple[Rule, ...], now: float) -> float:
        """Seconds until one more may go: 0, or until the strictest rule lets it."""
        waits = [self.rests_until - now]
        for most, seconds in rules:
            if len(self.times) >= most:
                waits.append(self.times[-most] + seconds - now)
        return max(*waits, 0.0)

    def add(self, at: float, most: int) -> None:
        """Note one; `most` is the largest number that a rule asks for."""
        insort(self.times, at)
        del self.times[: -2 * most]  # twice, because those that stay may yet move

    def move(self, at: float, to: float) -> None:
        """One that was noted at a moment counts from an earlier one."""
        place = bisect_left(self.times, at)
        if self.times[place : place + 1] == [at]:
            del self.times[place]
            insort(self.times, to)

    def over(self, now: float) -> bool:
        """Whether it no longer matters: no rule looks further back than a minute."""
        return self.rests_until < now and (not self.times or self.times[-1] + 60 < now)


class Mark(NamedTuple):
    """A message that left, the moment from which it counts for now, and where it counts."""

    left: float
    at: float
    windows: tuple[Window, ...]

    def answered(self, counted: float) -> None:
        """Its answer is there: it counts from `counted`, if that is earlier."""
        for window in self.windows:
            window.move(self.at, min(self.at, counted))
