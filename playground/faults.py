"""Faults on order: what goes wrong, for which methods, how often and how long. Pure."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

from playground.wire import Json

FaultKind = Literal["delay", "drop_before", "drop_after", "html", "garbage", "error"]
"""delay: wait `seconds`, then go on. drop_before / drop_after: cut the connection before, or
after, the request is carried out. html: a 5xx page as proxies send. garbage: 200 with broken JSON.
error: `code`, `description` and, for 429, `retry_after`."""


BAD_GATEWAY = "Bad Gateway"


@dataclass(slots=True)
class Fault:
    """One fault, for `count` calls or `duration` seconds if given. `method` "*" means all."""

    kind: FaultKind
    method: str = "*"
    count: int | None = None
    duration: float | None = None
    chat_id: int | None = None
    seconds: float = 0
    code: int = 502
    description: str = BAD_GATEWAY
    retry_after: int | None = None

    def fits(self, method: str, chat_id: str | None) -> bool:
        """Say whether a call is meant (method in lower case, chat as the bot gave it)."""
        if self.method != "*" and self.method.lower() != method:
            return False
        return self.chat_id is None or str(self.chat_id) == chat_id


class Faults:
    """The faults in force, oldest first."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._active: list[tuple[Fault, float | None]] = []

    def order(self, fault: Fault) -> None:
        """Put a fault in force from now on."""
        end = None if fault.duration is None else self._monotonic() + fault.duration
        self._active.append((fault, end))

    def clear(self) -> None:
        """Let everything go well again."""
        self._active.clear()

    def take(self, method: str, chat_id: str | None) -> list[Fault]:
        """Give the faults that hit this call (delays, then one other), and count them down."""
        if not self._active:
            return []
        fitting = [fault for fault in self._standing() if fault.fits(method, chat_id)]
        delays = [fault for fault in fitting if fault.kind == "delay"]
        hits = delays + [fault for fault in fitting if fault.kind != "delay"][:1]
        for fault in hits:
            if fault.count is not None:
                fault.count -= 1
        return hits

    def views(self) -> list[Json]:
        """List the faults in force as JSON objects."""
        return [asdict(fault) for fault in self._standing()]

    def _standing(self) -> list[Fault]:
        now = self._monotonic()
        self._active = [
            (fault, end)
            for fault, end in self._active
            if (end is None or now < end) and (fault.count is None or fault.count > 0)
        ]
        return [fault for fault, _ in self._active]
