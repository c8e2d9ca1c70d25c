"""Sending: how many messages a second, at which cost, within which limits, and what people notice.

Paperboy's figures are of the whole way: leased from the outbox, rendered, sent to a playground in
another process, and recorded; the others' of a bare loop that sends such texts. Options:
`--alerts 20000 --limited 60 --subscribers 100000`.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import Bot
from telegram.request import HTTPXRequest

from benchmarks.fanout import fan_out, prepared, texts
from benchmarks.report import Row, number, progress
from benchmarks.telegram import Facts, Report, Telegram, telegram
from bot.app import App, Engine, Tuning, compose, running
from bot.garbage import seldom_collected
from bot.limits import UNLIMITED, Limits
from playground.flood import Limits as ServersLimits
from storage.store import AlertState, Store

IN_FLIGHT = 100


def measure(arguments: Sequence[str]) -> Iterator[Row]:
    """Everything, a row each."""
    parser = argparse.ArgumentParser("benchmarks delivery")
    parser.add_argument("--alerts", type=int, default=20_000)
    parser.add_argument("--limited", type=int, default=60, help="seconds")
    parser.add_argument("--subscribers", type=int, default=100_000)
    options = parser.parse_args(arguments)
    yield from _speeds(options.alerts)
    yield from _within_limits(options.limited)
    progress(f"fanning out to {options.subscribers:,} subscribers")
    yield asyncio.run(fan_out(options.subscribers))


def _speeds(alerts: int) -> Iterator[Row]:
    told = texts()
    ways: dict[str, Callable[[Facts, int], Awaitable[None]]] = {
        "python-telegram-bot, default client": partial(_with_default_client, told),
        "aiogram": partial(_with_aiogram, told),
    }
    ours = _timed("Paperboy, outbox included", alerts, _with_paperboy)
    yield ours
    for name, way in ways.items():
        row = _timed(name, alerts // 4, way)
        row["paperboy is"] = round(number(ours, "a second") / number(row, "a second"), 2)
        yield row


def _timed(name: str, count: int, way: Callable[[Facts, int], Awaitable[None]]) -> Row:
    progress(f"{name}: {count:,} messages")
    with telegram(count) as there:
        seconds, processor = asyncio.run(_spent(way(there.facts, count)))
        came: Report = there.ask("report")
    assert len({chat for _, chat in came.messages}) == len(came.messages) == count
    first, last = came.messages[0][0], came.messages[-1][0]
    return {
        "what": name,
        "messages": count,
        "a second": round(count / (last - first)),
        "processor µs": round(processor / count * 1e6),
        "seconds": round(seconds, 1),
    }


async def _spent(work: Awaitable[None]) -> tuple[float, float]:
    """Seconds, and seconds of processor, that some work takes."""
    began, processor = time.perf_counter(), time.process_time()
    await work
    return time.perf_counter() - began, time.process_time() - processor


async def _with_paperboy(facts: Facts, count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        store = await prepared(Path(folder) / "bench.db", facts.people[:count])
        app = _application(store, facts, UNLIMITED)
        engine: Engine = app.bot_data["engine"]
        with seldom_collected():  # as the bot does
            async with app:
                await engine.delivery.drain()
        assert not await store.alerts.listed(AlertState.PENDING)
        await store.close()


async def _with_default_client(told: Sequence[str], facts: Facts, count: int) -> None:
    request = HTTPXRequest(connection_pool_size=256, pool_timeout=60, read_timeout=60)
    async with Bot(facts.token, facts.base_url, request=request) as bot:

        async def send(chat: int) -> None:
            await bot.send_message(chat, told[chat % len(told)], parse_mode="HTML")

        await _all(send, facts.people[:count])


async def _with_aiogram(told: Sequence[str], facts: Facts, count: int) -> None:
    server = TelegramAPIServer.from_base(facts.base_url.removesuffix("/bot"))
    async with AiogramBot(facts.token, AiohttpSession(api=server, limit=IN_FLIGHT)) as bot:

        async def send(chat: int) -> None:
            await bot.send_message(chat, told[chat % len(told)], parse_mode="HTML")

        await _all(send, facts.people[:count])


async def _all(send: Callable[[int], Awaitable[None]], chats: Sequence[int]) -> None:
    """Send to all, with so many in flight."""
    left = iter(chats)

    async def worker() -> None:
        for chat in left:
            await send(chat)

    await asyncio.gather(*(worker() for _ in range(IN_FLIGHT)))


def _within_limits(seconds: int) -> Iterator[Row]:
    """A broadcast at Telegram's limits, which the playground enforces, and people who type."""
    progress(f"within Telegram's limits: {seconds} s without, {seconds} s with people who type")
    people, groups = seconds * 70, max(seconds // 10, 2)
    with telegram(people, groups, ServersLimits(burst=1)) as there:
        quiet, alone, talking = asyncio.run(_broadcast(there, seconds))
    began = alone.messages[0][0]
    minute = [(at, chat) for at, chat in alone.messages if at < began + seconds]
    yield {
        "what": "broadcast at 30 a second",
        "messages": len(minute),
        "a second": round(len(minute) / seconds, 2),
        "refused (429)": alone.refused + talking.refused,
        "most to a chat in 1 s": max(_most(minute, chat, 1) for _, chat in minute[:500]),
        "most to a group in 60 s": max(_most(minute, c, 60) for c in there.facts.groups),
    }
    before = statistics.median(quiet.replies) * 1000
    during = statistics.median(talking.replies) * 1000
    yield {
        "what": "median answer to a command",
        "messages": len(talking.replies),
        "alone ms": round(before, 1),
        "during a broadcast ms": round(during, 1),
        "ratio": round(during / before, 2),
    }


async def _broadcast(there: Telegram, seconds: int) -> tuple[Report, Report, Report]:
    """People who type alone; a broadcast alone; both at once."""
    facts = there.facts
    with tempfile.TemporaryDirectory() as folder:
        chats = [*facts.groups, *facts.people]
        store = await prepared(Path(folder) / "bench.db", chats, due=False, each_group=25)
        async with running(_application(store, facts, Limits())):
            there.ask("talk", 0.3)
            await asyncio.sleep(min(seconds, 20))
            there.ask("talk")
            quiet = there.ask("report")
            await asyncio.sleep(11)  # until nobody counts as talking
            await store.alerts.requeue(datetime.now(UTC), number=None, state=AlertState.FAILED)
            await asyncio.sleep(seconds + 2)
            alone = there.ask("report")
            there.ask("talk", 0.3)
            await asyncio.sleep(min(seconds, 20))
            talking = there.ask("report")
        await store.close()
    return quiet, alone, talking


def _most(messages: Sequence[tuple[float, int]], chat: int, seconds: float) -> int:
    times = [at for at, to in messages if to == chat]
    return max((sum(at <= t < at + seconds for t in times) for at in times), default=0)


def _application(store: Store, facts: Facts, limits: Limits) -> App:
    tuning = Tuning(limits, at_once=IN_FLIGHT, lease=timedelta(minutes=2))
    return compose(
        store, lambda: datetime.now(UTC), facts.token, facts.base_url, facts.base_url, tuning
    )
