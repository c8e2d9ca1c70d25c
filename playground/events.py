"""What happens, numbered and in order, for those who watch. Knows no event's meaning."""

import itertools
import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from playground.wire import Json, dump


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: its number, kind, time (Unix seconds) and data."""

    seq: int
    kind: str
    time: float
    data: Json

    def encoded(self) -> bytes:
        """Give the event as JSON text."""
        return dump(self.view())

    def view(self) -> Json:
        """Give the event as it goes to a watcher."""
        return {"seq": self.seq, "kind": self.kind, "time": self.time, **self.data}


class Events:
    """The newest `capacity` events, and those who listen for more."""

    def __init__(self, capacity: int) -> None:
        self._kept: deque[Event] = deque(maxlen=capacity)
        self._listeners: list[Callable[[Event], None]] = []
        self.last = 0
        self.run = secrets.token_hex(4)
        """Tells these numbers from those of another run of the program."""

    def add(self, kind: str, time: float, data: Json) -> None:
        """Number an event, keep it and tell the listeners."""
        self.last += 1
        event = Event(self.last, kind, time, data)
        self._kept.append(event)
        for listener in tuple(self._listeners):
            listener(event)

    def all(self) -> list[Event]:
        """Give every event that is still kept."""
        return list(self._kept)

    def after(self, seq: int) -> list[Event] | None:
        """Give the events after number `seq`, or None when some of them are no longer kept."""
        missing = self.last - seq
        if not 0 <= missing <= len(self._kept):
            return None
        newest = itertools.islice(reversed(self._kept), missing)
        return list(newest)[::-1]

    def listen(self, listener: Callable[[Event], None]) -> Callable[[], None]:
        """Call `listener` for each event from now on; the function given back ends it."""
        self._listeners.append(listener)

        def stop() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return stop
