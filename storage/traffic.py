"""What goes out and comes in, as part of `storage.store`: the outbox in figures, and the inbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol


class Outbox(NamedTuple):
    """The outbox in figures: alerts by state; of those pending, how many are due, since when."""

    states: Mapping[str, int]
    due: int
    oldest_due: datetime | None

    def lag(self, now: datetime) -> float:
        """How many seconds the oldest due alert has been waiting; 0 when none is due."""
        return max((now - self.oldest_due).total_seconds(), 0.0) if self.oldest_due else 0.0


class Incoming(NamedTuple):
    """An update as Telegram sent it: its id, its JSON, and why it can't be read, if so."""

    update_id: int
    payload: str
    refused: str | None = None


class Inbox(Protocol):
    """Updates that were fetched from Telegram, kept until they have been handled."""

    async def add(self, updates: Sequence[Incoming], following: int, now: datetime) -> list[int]:
        """Store `updates`, and that `following` is the update_id to ask for next.

        The ids of those that are to be handled: an update that waits already is not stored again,
        and one that can't be read is only kept to be looked at (the newest few hundred of them).
        """

    async def waiting(self) -> Sequence[Incoming]:
        """What was stored and not handled, oldest first."""

    async def done(self, update_id: int) -> None:
        """It was handled, and is dropped."""

    async def following(self, now: datetime) -> int:
        """The update_id to ask for next; 0 (whatever there is) after a day without any.

        Telegram keeps updates for a day, so nothing handled can come again by then; and after a
        quiet week its ids begin anew anywhere (Bot API, Update).
        """

    async def refused(self) -> Sequence[Incoming]:
        """Those that can't be read, newest first."""
