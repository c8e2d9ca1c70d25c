"""The queue of updates that wait for the bot. Knows neither HTTP nor what the updates say."""

import asyncio
import itertools
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playground.wire import Json

KEPT_SECONDS = 24 * 3600
FIRST_ID = 412_870_931
ALL_KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
)
ASKED_FOR_ONLY = ("chat_member", "message_reaction", "message_reaction_count")
"""Left out unless named in allowed_updates (Bot API, getUpdates)."""
DEFAULT_KINDS = tuple(kind for kind in ALL_KINDS if kind not in ASKED_FOR_ONLY)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that the bot has not confirmed: its number, when it came, what it says."""

    update_id: int
    time: float
    data: Json


class Updates:
    """Unconfirmed updates in order, and the kinds the bot wants. Each new one wakes who waits."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._ids = itertools.count(FIRST_ID)
        self._queue: deque[Waiting] = deque()
        self.arrival = asyncio.Event()
        """Set by the next update; another one takes its place then."""
        self.allowed: tuple[str, ...] | None = None
        """What the bot asked for; None stands for the default."""

    def __len__(self) -> int:
        self._forget_old()
        return len(self._queue)

    def wants(self, kind: str) -> bool:
        """Say whether updates of this kind are kept for the bot."""
        return kind in (self.allowed or DEFAULT_KINDS)

    def allow(self, kinds: Sequence[str]) -> None:
        """Remember the kinds asked for; unknown ones are ignored, and none means the default."""
        self.allowed = tuple(kind for kind in ALL_KINDS if kind in kinds) or None

    def add(self, kind: str, payload: Json) -> int | None:
        """Queue an update; gives its id, or None when the bot does not want this kind."""
        return self.add_raw({kind: payload}) if self.wants(kind) else None

    def add_raw(self, fields: Json) -> int:
        """Queue whatever `fields` say, right or wrong, under the next id."""
        update_id = next(self._ids)
        self._queue.append(Waiting(update_id, self._clock(), {"update_id": update_id, **fields}))
        self.wake()
        return update_id

    def wake(self) -> None:
        """Rouse who waits."""
        self.arrival.set()
        self.arrival = asyncio.Event()

    def confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps only the last -offset updates."""
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        while self._queue and self._queue[0].update_id < offset:
            self._queue.popleft()

    def first(self, limit: int) -> list[Json]:
        """Give up to `limit` of the oldest updates; they stay until confirmed."""
        self._forget_old()
        return [waiting.data for waiting in itertools.islice(self._queue, limit)]

    def clear(self) -> None:
        """Drop everything that waits."""
        self._queue.clear()

    def _forget_old(self) -> None:
        horizon = self._clock() - KEPT_SECONDS
        while self._queue and self._queue[0].time < horizon:
            self._queue.popleft()
