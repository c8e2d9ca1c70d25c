"""What those who watch over the program can see: counts, and whether something stands still."""

from datetime import timedelta

import aiohttp
import pytest

from bot.app import running
from bot.config import ConfigurationError, Settings
from bot.health import Health
from bot.limits import Limits
from playground import Playground
from storage.store import Store
from tests.bot.conftest import clock
from tests.bot.office import office


async def get(port: int, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}/{path}") as answer,
    ):
        return answer.status, await answer.text()


async def test_the_counts_tell_what_was_sent_and_what_failed(
    telegram: Playground, store: Store
) -> None:
    post = await office(telegram, store, 6)
    post.fault("error", post.chats[0], code=400)
    post.fault("error", post.chats[1], code=429, retry_after=1)
    telegram.telegram.world.users[post.chats[2]].blocked = True
    async with (
        Health(store, post.engine.metrics, clock).serving(0) as port,
        running(post.app),
    ):
        await post.settled()
        status, page = await get(port, "metrics")
        assert (await get(port, "healthz")) == (200, "ok")
    assert status == 200
    for line in (
        "paperboy_alerts_sent_total 4.0",
        'paperboy_alerts_retried_total{reason="RetryAfter"} 1.0',
        'paperboy_alerts_failed_total{reason="BadRequest"} 1.0',
        'paperboy_alerts_failed_total{reason="Forbidden"} 1.0',
        'paperboy_alerts{state="sent"} 4.0',
        "paperboy_alerts_due 0.0",
        "paperboy_oldest_due_seconds 0.0",
        "paperboy_send_seconds_count 4.0",
    ):
        assert line in page.splitlines()


async def test_delivery_that_stands_still_is_ill(telegram: Playground, store: Store) -> None:
    post = await office(telegram, store, 1)
    health = Health(store, post.engine.metrics, lambda: clock() + timedelta(minutes=10))
    assert await health.troubles() == []  # late, but things may be going on
    post.engine.metrics.last_progress -= 130
    (trouble,) = await health.troubles()
    assert "late" in trouble
    post.engine.metrics.last_poll -= 130
    async with health.serving(0) as port:
        status, words = await get(port, "healthz")
    assert status == 503
    assert "has not answered a poll" in words


async def test_a_taken_port_is_told(telegram: Playground, store: Store) -> None:
    post = await office(telegram, store, 1)
    health = Health(store, post.engine.metrics, clock)
    with pytest.raises(ConfigurationError, match="PAPERBOY_METRICS_PORT"):
        async with health.serving(telegram.port):
            pass


def test_the_limits_are_telegram_s_unless_paid_for() -> None:
    assert Settings().limits() == Limits()
    assert Settings(paid_broadcasts=True).limits().per_second == 1000
    assert Settings(messages_per_second=5).limits().per_second == 5
    with pytest.raises(ConfigurationError, match="PAPERBOY_PAID_BROADCASTS"):
        Settings(messages_per_second=31).limits()
