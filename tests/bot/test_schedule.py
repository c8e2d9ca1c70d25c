"""The schedule on the application's own job queue, and what operators hear of it."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, timedelta

import pytest
from telegram.ext import Application

from bot.app import App, compose, running
from bot.config import ConfigurationError, Settings, read_settings
from bot.schedule import EVERY, Rounds, arm, watching
from papers.calendar import due_at
from playground import Playground
from playground.client import PlaygroundClient
from storage.account import Day, DayState
from storage.store import Store
from tests.bot.arxiv_played import DAYS, Clock, PlayedArxiv
from tests.bot.conftest import CANARY, application
from tests.bot.web import Web, says

FIRST = min(DAYS)
HOUR = timedelta(hours=1)


async def until(done: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not done():
            await asyncio.sleep(0.01)


async def accounted(store: Store, state: DayState) -> Day:
    """The one day of the account, once it is in this state."""
    async with asyncio.timeout(20):
        while True:
            days = await store.days.listed()
            if days and days[0].state is state:
                return days[0]
            await asyncio.sleep(0.01)


@asynccontextmanager
async def beating(rounds: Rounds) -> AsyncIterator[None]:
    """Beats that come fast, as no minute must be waited for."""

    async def beat() -> None:
        while True:
            rounds.begin()
            await asyncio.sleep(0.05)

    beats = asyncio.create_task(beat())
    yield
    beats.cancel()


@pytest.fixture
async def app() -> AsyncIterator[App]:
    """An application whose job queue runs, without Telegram."""
    made: App = Application.builder().token(CANARY).build()  # type: ignore[assignment]
    yield made
    assert made.job_queue
    if made.job_queue.scheduler.running:
        await made.job_queue.stop(wait=True)


async def test_a_beat_that_comes_late_is_kept_and_one_makes_up_for_many(app: App) -> None:
    rounds = Rounds([])
    assert app.job_queue
    arm(app.job_queue, rounds)
    await app.job_queue.start()
    (job,) = app.job_queue.jobs()
    assert job.job.misfire_grace_time is None
    assert job.job.coalesce
    assert job.job.max_instances == 1
    assert job.job.trigger.timezone == UTC
    assert job.job.trigger.interval == timedelta(seconds=EVERY)


async def test_a_blocked_loop_skips_no_round(app: App, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.schedule.EVERY", 0.5)
    begun: list[float] = []

    async def step() -> None:
        begun.append(time.monotonic())

    assert app.job_queue
    arm(app.job_queue, Rounds([step]))
    await app.job_queue.start()
    time.sleep(2.5)  # noqa: ASYNC251 (that is the fault)
    freed = time.monotonic()
    await until(lambda: len(begun) >= 3)
    assert begun[0] - freed < 0.4
    assert begun[2] - begun[1] > 0.3  # five beats were missed, and made up for by one


async def test_a_round_under_way_is_not_begun_again_and_a_failed_step_keeps_no_other() -> None:
    begun, gate = [], asyncio.Event()

    async def fails() -> None:
        raise LookupError("a fault of ours")

    async def waits() -> None:
        begun.append(1)
        await gate.wait()

    rounds = Rounds([fails, waits])
    for _ in range(3):
        rounds.begin()
        await asyncio.sleep(0)
    assert begun == [1]
    gate.set()
    await asyncio.sleep(0.01)
    rounds.begin()
    await asyncio.sleep(0.01)
    assert begun == [1, 1]
    await rounds.stop()


async def test_stopping_waits_for_no_server(store: Store) -> None:
    async def never(_request: object, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            await asyncio.sleep(5)
            writer.write(b"")

    async with Playground(token=CANARY) as telegram, Web({"/atom/cs.CV": never}) as web:
        settings = Settings(arxiv_url=web.at)
        app = application(store, telegram)
        began = time.monotonic()
        clock = Clock(due_at(FIRST))
        async with watching(app, store, settings, clock), running(app):
            await until(lambda: bool(web.requests))
        assert time.monotonic() - began < 4


async def test_lists_come_by_themselves_and_operators_hear_of_those_that_do_not(
    store: Store, telegram: Playground
) -> None:
    clock = Clock(due_at(FIRST))
    arxiv = PlayedArxiv(clock)
    arxiv.faults[FIRST] = says(status=503)
    async with PlaygroundClient(telegram.url) as client, Web(arxiv) as web:
        grace = await client.person("Grace")
        app = compose(store, clock, CANARY, telegram.base_url, telegram.base_file_url)
        settings = Settings(arxiv_url=web.at, admins=(grace.id,))
        async with watching(app, store, settings, clock) as rounds, running(app), beating(rounds):
            await grace.send("/start")
            await client.wait_for(chat=grace.id)
            await accounted(store, DayState.FAILED)
            clock.now += 7 * HOUR
            warning = await client.wait_for(chat=grace.id)
            assert warning.text.startswith("Lists that should have come hours ago:\ncs.CV, Fri 17")
            assert "failed" in warning.text
            assert "HTTP 503" in warning.text
            await grace.send("/status")
            told = (await client.wait_for(chat=grace.id)).text
            assert "Fri 17 Apr 2026 could not be read yet" in told
            assert "Outbox: " in told
            del arxiv.faults[FIRST]
            clock.now += 2 * HOUR
            day = await accounted(store, DayState.INGESTED)
            assert day.papers == sum(p.type in ("new", "cross") for p in DAYS[FIRST])


def test_settings_take_lists_of_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAPERBOY_CATEGORIES", "cs.CV, math.IT econ")
    monkeypatch.setenv("PAPERBOY_ADMINS", "12, -100500")
    monkeypatch.setenv("PAPERBOY_FEEDS", "bioRxiv=https://example.org/feed?a=b")
    settings = read_settings()
    assert settings.categories == ("cs.CV", "cs.IT", "econ.EM", "econ.GN", "econ.TH")
    assert settings.admins == (12, -100500)
    assert settings.feeds == {"bioRxiv": "https://example.org/feed?a=b"}


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("CATEGORIES", "cs.CVV", "no category “cs.CVV”. Did you mean cs.CV"),
        ("ADMINS", "ada", "PAPERBOY_ADMINS"),
        ("FEEDS", "https://example.org", "has no name; write name=address"),
    ],
)
def test_a_setting_that_is_wrong_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"PAPERBOY_{name}", value)
    with pytest.raises(ConfigurationError, match=f"PAPERBOY_{name}: .*") as caught:
        read_settings()
    assert says in str(caught.value)


def test_there_is_a_list_to_look_for_without_any_setting() -> None:
    assert Settings().categories == ("cs.CV",)
