"""Being told to stop: SIGTERM and Ctrl-C end the work once, and let it end in order."""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


async def until_told(
    work: Coroutine[Any, Any, T], told: Callable[[], None] = lambda: None
) -> T | None:
    """Run `work` until it is done, or until SIGTERM or Ctrl-C; then None.

    The first signal calls `told` and cancels the work, whose `finally` blocks and context managers
    stop what they began. Further signals change nothing: half a clean-up helps nobody.
    """
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    stopping = asyncio.Event()

    def stop() -> None:
        if not stopping.is_set():
            stopping.set()
            told()
            task.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    try:
        return await task
    except asyncio.CancelledError:
        if stopping.is_set():
            return None
        raise


async def forever() -> None:
    """Wait until cancelled."""
    await asyncio.Event().wait()
