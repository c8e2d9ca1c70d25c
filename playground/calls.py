"""The log of Bot API calls: who asked for what, when, and what the answer was. Pure."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from playground.wire import Json


@dataclass(frozen=True, slots=True)
class Call:
    """One call. `started` is Unix time in seconds; `code` is 0 when the connection was cut."""

    seq: int
    method: str
    chat_id: str | None
    started: float
    milliseconds: float
    code: int
    description: str | None
    message_id: int | None
    parameters: Mapping[str, Any]

    def view(self) -> Json:
        """Give the call as a JSON object."""
        return {name: getattr(self, name) for name in self.__slots__}


class Calls:
    """The newest `capacity` calls."""

    def __init__(self, capacity: int) -> None:
        self._kept: deque[Call] = deque(maxlen=capacity)
        self.last = 0

    def add(self, call: Call) -> None:
        """Keep a call, whose number is `last` + 1."""
        self._kept.append(call)
        self.last = call.seq

    def after(self, seq: int) -> list[Call]:
        """Give the calls after number `seq` that are still kept."""
        return [call for call in self._kept if call.seq > seq]
