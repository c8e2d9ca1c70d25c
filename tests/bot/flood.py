"""A flood of mutated updates with good ones between them, against a bot that is running."""

import asyncio
import random
import time

from playground import Playground
from tests.bot.mutated import good, mutated, queue
from tests.bot.office import reader


async def flooded(telegram: Playground, batches: int, size: int, seed: int) -> tuple[float, float]:
    """After each `size` mutated updates a good one, awaited: the slowest answer in seconds, and how
    many polls a second there were."""
    rng = random.Random(seed)  # noqa: S311 (the same each time, on purpose)
    slowest, began = 0.0, time.monotonic()
    already = len(telegram.telegram.calls_of("getUpdates"))
    for _ in range(batches):
        for _ in range(size):
            queue(telegram, mutated(rng))
        person = reader(telegram)
        queue(telegram, good(person, "/help"))
        asked = time.monotonic()
        async with asyncio.timeout(30):
            while not _answered(telegram, person):
                await asyncio.sleep(0.01)
        slowest = max(slowest, time.monotonic() - asked)
    polls = len(telegram.telegram.calls_of("getUpdates")) - already
    return slowest, (polls - 1) / (time.monotonic() - began)


def _answered(telegram: Playground, chat: int) -> bool:
    newest = telegram.telegram.calls.after(telegram.telegram.calls.last - 300)
    return any(call.method == "sendMessage" and call.chat_id == str(chat) for call in newest)
