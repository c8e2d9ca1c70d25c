"""Receiving: nothing is lost, nothing is handled twice, and nobody holds up anybody else."""

import asyncio
import json
import logging
import sqlite3
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import aiohttp
import pytest

from bot.app import running
from bot.config import ConfigurationError
from playground import Playground
from playground.faults import Fault
from storage.store import Store
from storage.traffic import Incoming
from tests.bot.conftest import application, clock
from tests.bot.flood import flooded
from tests.bot.mutated import SHAPES, good, queue
from tests.bot.office import reader


def answers(telegram: Playground, chat: int) -> int:
    return sum(c.chat_id == str(chat) for c in telegram.telegram.calls_of("sendMessage"))


async def answered(telegram: Playground, chat: int, times: int = 1, seconds: float = 5) -> None:
    """Wait until a chat has had so many answers."""
    async with asyncio.timeout(seconds):
        while answers(telegram, chat) < times:
            await asyncio.sleep(0.01)


async def emptied(store: Store) -> None:
    async with asyncio.timeout(5):
        while await store.inbox.waiting():
            await asyncio.sleep(0.01)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A store opened after this waits only shortly for a lock."""
    monkeypatch.setattr("storage.database._PATIENCE", 0.1)


@asynccontextmanager
async def bot(telegram: Playground, store: Store) -> AsyncIterator[None]:
    async with running(application(store, telegram)):
        yield


@pytest.mark.parametrize("shape", SHAPES, ids=json.dumps)
async def test_one_update_that_can_t_be_read_stops_nothing(
    telegram: Playground, store: Store, shape: dict[str, object]
) -> None:
    ada = reader(telegram)
    queue(telegram, shape)
    queue(telegram, good(ada, "/help"))
    async with bot(telegram, store):
        await answered(telegram, ada, seconds=2)
        await emptied(store)
    assert len(telegram.telegram.calls_of("getUpdates")) <= 5


async def test_what_can_t_be_read_is_kept_to_be_looked_at(
    telegram: Playground, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    ada = reader(telegram)
    number = queue(telegram, {"message": "\ud800 no message"})
    queue(telegram, good(ada, "/help"))
    async with bot(telegram, store):
        await answered(telegram, ada)
    (kept,) = await store.inbox.refused()
    assert (kept.update_id, json.loads(kept.payload)["message"]) == (number, "\ud800 no message")
    assert kept.refused
    assert f"{number} was set aside" in caplog.text


async def test_among_mutated_updates_every_good_one_is_answered_in_time(
    telegram: Playground, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    async with bot(telegram, store):
        slowest, polls_a_second = await flooded(telegram, batches=12, size=99, seed=3)
    assert slowest < 2
    assert polls_a_second <= 3
    assert sum(len(record.getMessage()) for record in caplog.records) < 20_000


async def test_what_was_fetched_and_not_handled_is_handled_by_the_next_program(
    telegram: Playground, store: Store
) -> None:
    ada = reader(telegram)
    raw = good(ada, "/help") | {"update_id": 500}
    await store.inbox.add([Incoming(500, json.dumps(raw))], 501, clock())
    async with bot(telegram, store):
        await answered(telegram, ada)
        await emptied(store)
    async with bot(telegram, store):
        await asyncio.sleep(0.3)
    assert answers(telegram, ada) == 1


async def test_what_was_handled_but_not_acknowledged_is_not_handled_again(
    telegram: Playground, store: Store
) -> None:
    ada = reader(telegram)
    number = queue(telegram, good(ada, "/help"))
    await store.inbox.add([], number + 1, clock())  # as a program left it that then crashed
    queue(telegram, good(ada, "/list"))
    async with bot(telegram, store):
        await answered(telegram, ada)
        await asyncio.sleep(0.3)
    assert answers(telegram, ada) == 1


async def test_ids_that_begin_anew_are_as_good_as_any(telegram: Playground, store: Store) -> None:
    ada = reader(telegram)
    await store.inbox.add([], 2**40, clock().replace(year=2020))
    queue(telegram, good(ada, "/help"))
    async with bot(telegram, store):
        await answered(telegram, ada)


async def test_one_chat_s_updates_are_handled_in_order_and_chats_side_by_side(
    telegram: Playground, store: Store
) -> None:
    ada, bob = reader(telegram), reader(telegram)
    telegram.telegram.order_fault(Fault("delay", "sendMessage", chat_id=ada, seconds=0.2))
    for word in ("gan", "nerf", "lidar", "diffusion"):
        queue(telegram, good(ada, f"/add {word}"))
    queue(telegram, good(bob, "/help"))
    async with bot(telegram, store):
        began = time.monotonic()
        await answered(telegram, bob)
        assert time.monotonic() - began < 0.5
        await answered(telegram, ada, 4)
    keywords = [str(keyword) for keyword in await store.subscribers.keywords(ada)]
    assert keywords == ["gan", "nerf", "lidar", "diffusion"]


async def test_a_flood_slows_the_one_who_makes_it(
    telegram: Playground, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.lanes._LONGEST", 50)
    mallory, ada = reader(telegram), reader(telegram)
    telegram.telegram.order_fault(Fault("delay", "sendMessage", chat_id=mallory, seconds=0.05))
    for _ in range(400):
        queue(telegram, good(mallory, "/help"))
    queue(telegram, good(ada, "/help"))
    async with bot(telegram, store):
        await answered(telegram, ada, seconds=3)
        assert answers(telegram, mallory) < 100
    assert len(await store.inbox.waiting()) <= 50
    assert "too many" in str((await store.inbox.refused())[0].refused)


async def test_another_poller_is_told_of_and_waited_out(
    telegram: Playground, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    conflict = "Conflict: terminated by other getUpdates request"
    telegram.telegram.order_fault(
        Fault("error", "getUpdates", duration=1.5, code=409, description=conflict)
    )
    ada = reader(telegram)
    queue(telegram, good(ada, "/help"))
    async with bot(telegram, store):
        await answered(telegram, ada, seconds=8)
    refused = [c for c in telegram.telegram.calls_of("getUpdates") if c.code == 409]
    assert len(refused) <= 3
    assert caplog.text.count("another program receives this bot's updates") == 1


async def test_a_webhook_left_from_another_time_is_taken_down(
    telegram: Playground, store: Store
) -> None:
    async with aiohttp.ClientSession() as session:
        address = f"{telegram.base_url}{telegram.token}/setWebhook"
        await session.post(address, json={"url": "https://example.org/hook"})
    ada = reader(telegram)
    async with bot(telegram, store):
        queue(telegram, good(ada, "/help"))
        await answered(telegram, ada)


@pytest.mark.parametrize("kind", ["html", "garbage", "drop_before", "drop_after", "error"])
async def test_polls_that_go_wrong_are_repeated_without_haste(
    telegram: Playground, store: Store, kind: str
) -> None:
    telegram.telegram.order_fault(Fault(kind, "getUpdates", count=2))  # type: ignore[arg-type]
    ada = reader(telegram)
    queue(telegram, good(ada, "/help"))
    async with bot(telegram, store):
        await answered(telegram, ada, seconds=8)
    assert len(telegram.telegram.calls_of("getUpdates")) <= 5
    assert answers(telegram, ada) == 1


async def test_a_token_revoked_while_it_runs_ends_the_program_with_a_word(
    telegram: Playground, store: Store
) -> None:
    async def until_revoked() -> None:
        async with asyncio.timeout(15), bot(telegram, store):
            telegram.telegram.token = "123456789:another"
            queue(telegram, good(reader(telegram), "/help"))
            await asyncio.Event().wait()

    with pytest.raises(ConfigurationError, match="no longer takes the token"):
        await until_revoked()


async def test_the_block_s_own_errors_come_out_as_they_are(
    telegram: Playground, store: Store
) -> None:
    with pytest.raises(LookupError):
        async with bot(telegram, store):
            raise LookupError


@pytest.mark.usefixtures("impatient")
async def test_while_nothing_can_be_stored_updates_stay_with_telegram(
    telegram: Playground, store: Store, tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    people = [reader(telegram) for _ in range(5)]
    async with bot(telegram, store):
        await asyncio.sleep(0.2)
        other = sqlite3.connect(tmp_path / "paperboy.db")
        other.execute("BEGIN IMMEDIATE")  # nothing can be written, as on a full disk
        for person in people:
            queue(telegram, good(person, "/help"))
        await asyncio.sleep(1.5)
        assert len(telegram.telegram.updates) == 5
        other.rollback()
        other.close()
        for person in people:
            await answered(telegram, person, seconds=35)
        await asyncio.sleep(0.2)
    assert [answers(telegram, person) for person in people] == [1] * 5
    warnings = [r for r in caplog.records if r.levelno >= logging.WARNING]
    assert len(warnings) < 4
    assert any("can't be stored" in record.getMessage() for record in warnings)
