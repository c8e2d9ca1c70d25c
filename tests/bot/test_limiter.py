"""Telegram's pace against virtual time, and once against the playground's own counting."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from telegram.error import BadRequest, RetryAfter

from bot.limiter import ALERT, RateLimiter, Withdrawn
from bot.limits import UNLIMITED, Limits
from tests.bot.virtual import VirtualTime

TELEGRAMS = Limits()


@pytest.fixture(autouse=True)
def pauses_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


class Wire:
    """Where requests go: notes when each came to which chat, and answers after `latency`.

    With a `jitter`, each way takes up to so many seconds longer.
    """

    def __init__(
        self, limits: Limits = TELEGRAMS, latency: float = 0.003, jitter: float = 0.0
    ) -> None:
        self.random = random.Random(4)  # noqa: S311
        self.jitter = jitter
        self.time = VirtualTime()
        self.limiter = RateLimiter(limits, self.time, self.time.sleep)
        self.latency = latency
        self.sent: list[tuple[float, int]] = []
        self.refusals: dict[int, list[float]] = defaultdict(list)  # per chat: retry_after

    async def send(self, chat: int, alert: bool = True, endpoint: str = "sendMessage") -> Any:
        return await self.limiter.process_request(
            self._answer, (chat,), {}, endpoint, {"chat_id": chat}, ALERT if alert else None
        )

    async def _answer(self, chat: int) -> bool:
        await self._way()
        self.sent.append((self.time.now, chat))
        await self._way()
        if self.refusals[chat]:
            raise RetryAfter(timedelta(seconds=self.refusals[chat].pop(0)))
        return True

    async def _way(self) -> None:
        await self.time.sleep(self.latency / 2 + self.random.uniform(0, self.jitter))

    def times(self, chat: int | None = None) -> list[float]:
        return [at for at, to in self.sent if chat in (None, to)]


def most_within(times: Sequence[float], seconds: float) -> int:
    """The largest number of moments that any window of so many seconds holds."""
    ordered, first, most = sorted(times), 0, 0
    for place, at in enumerate(ordered):
        while ordered[first] <= at - seconds:
            first += 1
        most = max(most, place - first + 1)
    return most


@pytest.mark.parametrize("latency", [0.001, 0.06, 0.5])
async def test_thirty_a_second_and_never_more_in_any_second(latency: float) -> None:
    wire = Wire(latency=latency)
    await wire.time.run(wire.send(chat) for chat in range(1, 901))
    assert most_within(wire.times(), 1) <= 30
    assert 870 / (wire.times()[-1] - wire.times()[29]) == pytest.approx(
        30 / (1 + 0.1 * latency), rel=0.02
    )


@pytest.mark.parametrize("jitter", [0.005, 0.05, 0.3])
async def test_where_the_way_varies_telegram_still_counts_no_more(jitter: float) -> None:
    wire = Wire(latency=0.06, jitter=jitter)
    await wire.time.run(wire.send(chat) for chat in range(1, 901))
    assert most_within(wire.times(), 1) <= 30
    took = wire.times()[-1] - wire.times()[29]
    assert 870 / took > 30 / (1 + 2 * jitter) * 0.98


async def test_alerts_are_spread_over_the_second() -> None:
    wire = Wire()
    await wire.time.run(wire.send(chat) for chat in range(1, 301))
    assert most_within(wire.times(), 0.1) <= 8


async def test_one_a_second_to_a_chat_and_twenty_a_minute_to_a_group() -> None:
    wire = Wire()
    chats = [7] * 10 + [-100] * 45
    await wire.time.run(wire.send(chat) for chat in chats)
    assert all(later - earlier >= 1 for earlier, later in pairwise(wire.times(7)))
    assert most_within(wire.times(-100), 60) <= 20
    assert wire.times(-100)[-1] - wire.times(-100)[0] < 150


async def test_one_crowded_chat_does_not_hold_up_the_others() -> None:
    wire = Wire()
    await wire.time.run(wire.send(chat) for chat in [-100] * 30 + list(range(1, 31)))
    others = [at for at, chat in wire.sent if chat > 0]
    assert others[-1] - wire.times()[0] < 2


async def test_a_reply_goes_ahead_of_a_thousand_alerts() -> None:
    wire = Wire()
    replied: list[float] = []

    async def talk() -> None:
        await wire.time.sleep(5)
        for person in range(1, 21):
            asked = wire.time.now
            await wire.send(10_000 + person, alert=False)
            replied.append(wire.time.now - asked)
            await wire.time.sleep(2)

    await wire.time.run([*(wire.send(chat) for chat in range(1, 1001)), talk()])
    assert replied[0] < 0.1
    assert sorted(replied)[len(replied) // 2] <= 0.004
    assert most_within(wire.times(), 1) <= 30


async def test_replies_may_come_in_a_short_burst() -> None:
    wire = Wire()
    await wire.time.run(wire.send(7, alert=False) for _ in range(6))
    assert wire.times()[2] - wire.times()[0] < 0.1
    assert most_within(wire.times(), 3) <= 3


async def test_paid_broadcasts_reach_a_thousand_a_second() -> None:
    wire = Wire(Limits(per_second=1000), latency=0.02)
    await wire.time.run(wire.send(chat) for chat in range(1, 5001))
    assert most_within(wire.times(), 1) <= 1000
    assert 5000 / (wire.times()[-1] - wire.times()[0]) == pytest.approx(1000, rel=0.25)


async def test_a_refused_chat_rests_alone_and_its_alert_comes_back_at_once() -> None:
    wire = Wire()
    wire.refusals[7] = [10]
    results = await wire.time.run([wire.send(7), *(wire.send(n) for n in range(100, 160))])
    assert isinstance(results[0], RetryAfter)
    assert wire.times()[-1] - wire.times()[0] < 3
    assert wire.limiter.delay(7) > 5
    assert wire.limiter.delay(8) == 0


async def test_a_reply_waits_out_a_refusal_and_goes() -> None:
    wire = Wire()
    wire.refusals[7] = [5]
    assert await wire.time.run([wire.send(7, alert=False)]) == [True]
    first, second = wire.times(7)
    assert 5 <= second - first < 6


async def test_refusals_of_three_chats_in_a_row_are_about_everything() -> None:
    wire = Wire()
    for chat in range(1, 40):
        wire.refusals[chat] = [20]
    began = wire.time.now
    await wire.time.run(wire.send(chat) for chat in range(1, 101))
    during = [at for at in wire.times() if began + 1 < at < began + 20]
    assert during == []
    assert most_within(wire.times(), 1) <= 30


async def test_what_other_requests_do_does_not_end_a_rest() -> None:
    wire = Wire()
    wire.refusals[7] = [10]
    await wire.time.run([wire.send(7), wire.send(8)])
    await wire.time.run([wire.send(9), wire.send(7)])
    first, second = wire.times(7)
    assert second - first >= 10


async def test_what_sends_nothing_is_not_counted() -> None:
    wire = Wire()
    await wire.time.run(wire.send(7, endpoint="editMessageText") for _ in range(100))
    assert wire.times()[-1] == wire.times()[0]


async def test_errors_pass_through() -> None:
    async def fails() -> bool:
        raise BadRequest("chat not found")

    limiter = RateLimiter(UNLIMITED)
    with pytest.raises(BadRequest):
        await limiter.process_request(fails, (), {}, "sendMessage", {"chat_id": 7}, ALERT)


async def test_alerts_that_wait_are_withdrawn_and_replies_are_not() -> None:
    wire = Wire()
    sending = [wire.send(chat) for chat in range(1, 101)]

    async def stop() -> None:
        await wire.time.sleep(1)
        wire.limiter.withdraw_alerts()
        await wire.send(7000, alert=False)

    results = await wire.time.run([*sending, stop()])
    withdrawn = sum(isinstance(result, Withdrawn) for result in results)
    assert 60 <= withdrawn <= 75
    assert len(wire.sent) == 101 - withdrawn


async def test_chats_that_no_longer_matter_are_forgotten() -> None:
    wire = Wire()
    for minute in range(5):
        chats = range(minute * 1000, minute * 1000 + 1000)
        await wire.time.run(wire.send(chat + 1) for chat in chats)
        wire.time.now += 100
    assert len(wire.limiter._windows) <= 2100


async def test_the_real_clock_keeps_the_pace_as_well() -> None:
    limiter, sent = RateLimiter(Limits(per_second=30)), []

    async def send(chat: int) -> None:
        async def answer() -> bool:
            sent.append(time.monotonic())
            await asyncio.sleep(0.002)
            return True

        await limiter.process_request(answer, (), {}, "sendMessage", {"chat_id": chat}, ALERT)

    await asyncio.gather(*(send(chat) for chat in range(1, 76)))
    assert most_within(sent, 1) <= 30
    assert sent[-1] - sent[0] < 3.5
