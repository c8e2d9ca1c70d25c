"""The engine against a Telegram in trouble, over real HTTP: each alert comes to its right end."""

import asyncio
import logging
import sqlite3
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.app import Tuning
from bot.config import ConfigurationError
from playground import Playground
from playground.faults import Fault
from storage.sqlite import SqliteStore
from storage.store import AlertState, Find, Store
from tests.bot.conftest import clock
from tests.bot.mixture import mixture
from tests.bot.office import digest, office
from tests.bot.trouble import CAUSES, unwritable


async def test_every_alert_of_a_mixture_of_faults_ends_as_it_should(
    telegram: Playground, store: Store
) -> None:
    await mixture(telegram, store, 400)


@pytest.mark.parametrize(
    ("kind", "more", "copies"),
    [
        ("error", {"code": 502}, 1),
        ("error", {"code": 500, "description": "Internal Server Error"}, 1),
        ("error", {"code": 429, "retry_after": 1}, 1),
        ("html", {"code": 504}, 1),
        ("drop_before", {}, 1),
        ("drop_after", {}, 2),
        ("garbage", {}, 1),
    ],
)
async def test_a_fault_is_gone_through_and_only_a_lost_answer_doubles(
    telegram: Playground, store: Store, kind: str, more: dict[str, int], copies: int
) -> None:
    post = await office(telegram, store, 3, speed=30)
    post.fault(kind, post.chats[1], **more)
    async with post.delivering():
        states = await post.settled()
    assert {alert.state for alert in states.values()} == {AlertState.SENT}
    assert post.arrived() == {post.chats[0]: 1, post.chats[1]: copies, post.chats[2]: 1}


async def test_an_answer_lost_twice_leaves_the_alert_unknown(
    telegram: Playground, store: Store
) -> None:
    post = await office(telegram, store, 1, speed=30)
    post.fault("drop_after", count=5)
    async with post.delivering():
        states = await post.settled()
    assert states[post.chats[0]].state is AlertState.UNKNOWN
    assert post.arrived() == {post.chats[0]: 2}


async def test_a_person_who_blocks_the_bot_is_left_alone_and_others_are_not(
    telegram: Playground, store: Store
) -> None:
    post = await office(telegram, store, 5)
    telegram.telegram.world.users[post.chats[2]].blocked = True
    async with post.delivering():
        states = await post.settled()
    assert states[post.chats[2]].state is AlertState.GONE
    assert "blocked" in states[post.chats[2]].note
    assert len(post.arrived()) == 4
    assert sum(call.chat_id == str(post.chats[2]) for call in post.calls()) == 1


async def test_a_message_that_is_refused_fails_once_and_is_listed(
    telegram: Playground, store: Store
) -> None:
    post = await office(telegram, store, 2)
    post.fault("error", post.chats[0], code=400)
    async with post.delivering():
        states = await post.settled()
    assert states[post.chats[0]].state is AlertState.FAILED
    assert states[post.chats[1]].state is AlertState.SENT
    assert len(post.calls()) == 2


async def test_an_alert_that_can_t_be_shown_does_not_stop_the_others(
    telegram: Playground, store: Store, tmp_path: Path
) -> None:
    post = await office(telegram, store, 3)
    with sqlite3.connect(tmp_path / "paperboy.db") as db:
        db.execute("UPDATE matches SET keywords = '{' WHERE chat = ?", [post.chats[0]])
    db.close()
    async with post.delivering():
        states = await post.settled()
    assert states[post.chats[0]].state is AlertState.FAILED
    assert "can't be read" in states[post.chats[0]].note
    assert len(post.arrived()) == 2


async def test_a_slow_chat_delays_nobody_else(telegram: Playground, store: Store) -> None:
    post = await office(telegram, store, 40, tuning=Tuning(at_once=10))
    telegram.telegram.order_fault(slow := _slow(post.chats[0], 2.0))
    assert slow.seconds == 2.0
    async with post.delivering():
        began = time.monotonic()
        while len(post.arrived()) < 39:
            await asyncio.sleep(0.02)
        assert time.monotonic() - began < 1.5
        await post.settled()


async def test_the_alerts_of_a_chat_come_in_order_one_at_a_time(
    telegram: Playground, store: Store
) -> None:
    office_ = await office(telegram, store, 1)
    chat = office_.chats[0]
    for number in range(1, 6):
        (newest, *_) = await store.alerts.listed()
        await store.alerts.retry(newest.number, clock(), "begun, so that the next is another")
        await _another(store, chat, number)
    async with office_.delivering():
        await office_.settled()
    texts = [call.parameters["text"].split("Paper ")[1].split(" ")[0] for call in office_.calls()]
    assert texts == ["1", "2", "3", "4", "5", "6"]


async def test_a_lease_that_a_crash_left_behind_runs_out(
    telegram: Playground, store: Store
) -> None:
    post = await office(telegram, store, 3)
    await store.alerts.lease(clock(), clock() + timedelta(seconds=1.5), 2)
    async with post.delivering():
        await asyncio.sleep(0.7)
        assert len(post.arrived()) == 1
        await post.settled()
    assert set(post.arrived().values()) == {1}


async def test_while_telegram_is_away_one_at_a_time_asks_and_nothing_is_lost(
    telegram: Playground, store: Store, caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr("bot.delivery._PROBE", 0.2)
    post = await office(telegram, store, 60, speed=60)
    post.fault("error", count=None, code=502)
    async with post.delivering():
        await asyncio.sleep(2.5)
        assert len(post.calls()) < 60 + 15
        telegram.telegram.clear_faults()
        states = await post.settled()
    assert {alert.state for alert in states.values()} == {AlertState.SENT}
    assert set(post.arrived().values()) == {1}
    assert len([r for r in caplog.records if r.name.startswith("bot")]) < 5


async def test_a_revoked_token_stops_it_loudly_and_keeps_what_waits(
    telegram: Playground, store: Store
) -> None:
    post = await office(telegram, store, 5)
    async with post.delivering() as task:
        telegram.telegram.token = "123456789:another"
        await _another(store, post.chats[0], 1)
        with pytest.raises(ConfigurationError, match="no longer takes the token"):
            await asyncio.wait_for(task, 5)
    assert len(await store.alerts.listed(AlertState.PENDING)) >= 1
    assert await store.alerts.listed(AlertState.FAILED) == []


@pytest.mark.parametrize(("seconds", "late"), [(0.3, False), (60.0, True)])
async def test_stopping_finishes_what_is_in_flight_and_leaves_the_rest(
    telegram: Playground, store: Store, monkeypatch: pytest.MonkeyPatch, seconds: float, late: bool
) -> None:
    monkeypatch.setattr("bot.delivery._GRACE", 1.0)
    post = await office(telegram, store, 60, tuning=Tuning(at_once=20))
    telegram.telegram.order_fault(_slow(None, seconds))
    async with post.delivering():
        await asyncio.sleep(0.2)
        began = time.monotonic()
    assert time.monotonic() - began < 2.5
    states = await post.states()
    sent = {chat for chat, alert in states.items() if alert.state is AlertState.SENT}
    assert sent == set(post.arrived())
    assert {alert.doubts for alert in states.values()} == ({0, 1} if late else {0})
    assert len(sent) == (0 if late else 20)


@pytest.mark.parametrize("cause", CAUSES)
async def test_a_database_that_cannot_be_written_holds_delivery_up_and_nothing_doubles(
    telegram: Playground, store: SqliteStore, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture, cause: str,
) -> None:  # fmt: skip
    monkeypatch.setattr("bot.courier._AGAIN", 0.1)
    post = await office(telegram, store, 30)
    telegram.telegram.order_fault(_slow(None, 0.5))
    async with post.delivering():
        await asyncio.sleep(0.2)  # all are on their way
        async with unwritable(store, cause):
            await asyncio.sleep(1.0)
            assert len(post.arrived()) == 30
            assert not await store.alerts.listed(AlertState.SENT)
        states = await post.settled()
    assert {alert.state for alert in states.values()} == {AlertState.SENT}
    assert set(post.arrived().values()) == {1}
    told = [r.getMessage() for r in caplog.records if r.levelno >= logging.WARNING]
    assert 1 <= len(told) < 5
    assert CAUSES[cause] in told[0]


def _slow(chat: int | None, seconds: float) -> Fault:
    return Fault("delay", "sendMessage", chat_id=chat, seconds=seconds)


async def _another(store: Store, chat: int, number: int) -> None:
    """One more alert for a chat, of the next paper."""
    more = Find(chat, number, 0, ("lidar",))
    await store.digests.ingest(digest(f"cs.{'ABCDEFGH'[number]}"), [more], clock())
