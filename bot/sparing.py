"""Log lines that may come by the thousand: the first at once, then one a minute, with a count."""

import logging
import time
from collections.abc import Callable


class Sparing:
    """Speaks through `log`, of each kind of thing at most once in `every` seconds."""

    def __init__(
        self,
        log: logging.Logger,
        every: float = 60.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._log = log
        self._every = every
        self._clock = clock
        self._said: dict[str, tuple[float, int]] = {}  # when, and how often kept to itself since

    def say(
        self,
        kind: str,
        text: str,
        *args: object,
        level: int = logging.WARNING,
        error: BaseException | None = None,
    ) -> None:
        """Log `text % args`, with the traceback of `error`; kinds are few."""
        now = self._clock()
        last, held_back = self._said.get(kind, (float("-inf"), 0))
        if now - last < self._every:
            self._said[kind] = (last, held_back + 1)
            return
        self._said[kind] = (now, 0)
        more = f" (and {held_back} more like it before)" if held_back else ""
        self._log.log(level, text + more, *args, exc_info=error)
