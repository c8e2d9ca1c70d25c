"""Time that only passes when everybody waits for it."""

import asyncio
import heapq
import itertools
from collections.abc import Awaitable, Coroutine, Iterable
from typing import Any


class VirtualTime:
    """A clock and a `sleep`; `run` lets coroutines sleep through hours in no time."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._order = itertools.count()
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> Awaitable[None]:
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self.now + seconds, next(self._order), future))
        return future

    async def run(self, work: Iterable[Coroutine[Any, Any, Any]]) -> list[Any]:
        """Run to the end; results, or what was raised, in order."""
        tasks = [asyncio.create_task(each) for each in work]
        while not all(task.done() for task in tasks):
            for _ in range(8):
                await asyncio.sleep(0)
            if self._sleepers and not all(task.done() for task in tasks):
                self.now, _, future = heapq.heappop(self._sleepers)
                if not future.done():
                    future.set_result(None)
        return await asyncio.gather(*tasks, return_exceptions=True)
