"""arXiv's pace: one request every three seconds, one connection, over all its hosts and services.

https://info.arxiv.org/help/api/tou.html asks for it. It holds within one process.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

SECONDS = 3.0


class Pace:
    """Takes turns. `seconds` lie at least between the beginnings of two, and none overlap."""

    def __init__(
        self,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._seconds = seconds
        self._clock = clock
        self._sleep = sleep
        self._turn = asyncio.Lock()
        self._next = clock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Waits until it is this one's turn, first come first served, and keeps the others out."""
        async with self._turn:
            while (wait := self._next - self._clock()) > 0:
                await self._sleep(wait)
            self._next = self._clock() + self._seconds
            yield
