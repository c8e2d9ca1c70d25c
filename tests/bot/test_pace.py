"""arXiv's pace against a clock that only sleeping moves."""

import asyncio
from itertools import pairwise

from bot.pace import Pace


class Clock:
    """Time that passes when somebody sleeps, and a little less than they asked for."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0)
        self.now += max(seconds * 0.9, 0.001)


async def test_turns_begin_three_seconds_apart_and_never_overlap() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)
    begun: list[tuple[int, float]] = []
    running = 0

    async def one(number: int) -> None:
        nonlocal running
        async with pace.turn():
            begun.append((number, clock.now))
            running += 1
            assert running == 1
            await clock.sleep(1 if number != 5 else 30)
            running -= 1

    await asyncio.gather(*map(one, range(10)))
    assert [number for number, _ in begun] == list(range(10))
    times = [moment for _, moment in begun]
    assert times[0] == 100.0
    assert all(later - earlier >= 3 for earlier, later in pairwise(times))


async def test_a_turn_that_fails_or_is_given_up_passes_on() -> None:
    clock = Clock()
    pace = Pace(clock=clock, sleep=clock.sleep)

    async def fails() -> None:
        async with pace.turn():
            raise OSError

    async def waits() -> None:
        async with pace.turn():
            raise AssertionError("given up before its turn")

    failing = [asyncio.create_task(fails()) for _ in range(2)]
    given_up = asyncio.create_task(waits())
    await asyncio.sleep(0)
    given_up.cancel()
    results = await asyncio.gather(*failing, given_up, return_exceptions=True)
    assert [type(each) for each in results] == [OSError, OSError, asyncio.CancelledError]
    async with pace.turn():
        assert clock.now >= 106
