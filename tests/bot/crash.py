"""Killing the bot with SIGKILL at random instants, and counting what the playground saw.

`python -m tests.bot.crash` (make crash) does the whole of it; the tests do a short round.
"""

import asyncio
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bot.app import compose, running
from papers.keyword import parse
from playground import Playground
from storage.sqlite import open_store
from storage.store import AlertState, Chat, Store
from tests.bot.child import IN_FLIGHT
from tests.bot.far import far
from tests.bot.flood import flooded
from tests.bot.mixture import mixture
from tests.bot.mutated import good, queue
from tests.bot.office import PAPERS, arrived, office, reader, subscribe

PEOPLE = 5
CATEGORIES = [f"cs.{first}{second}" for first in "ACGLNS" for second in "ACIELRY"]


class Toll(NamedTuple):
    """What killing did: how often, and of how many how many were lost or came twice."""

    kills: int
    expected: int
    lost: int
    doubled: int

    def __str__(self) -> str:
        lost_or_doubled = f"{self.lost} lost, {self.doubled} doubled"
        return f"{self.kills} kills, {self.expected} expected: {lost_or_doubled}"


async def killed(
    arguments: list[str],
    over: Callable[[], Awaitable[bool]],
    progress: Callable[[], Awaitable[int]],
    kills: int,
    longest: float = 0.3,
) -> int:
    """Start the child again and again, and kill it up to `longest` seconds after it has begun to
    make progress, until the work is over; it is left alone once it was killed so often. How often.
    """
    rng = random.Random(11)  # noqa: S311 (about the same instants each time)
    done = 0
    while not await over():
        before = await progress()
        child = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.bot.child", *arguments
        )
        while child.returncode is None and await progress() == before and not await over():
            await asyncio.sleep(0.005)
        if done < kills:
            await asyncio.sleep(rng.uniform(0, longest))
        else:
            while child.returncode is None and not await over():
                await asyncio.sleep(0.02)
        if child.returncode is None:
            child.kill()
            done += 1
        await child.wait()
    return done


async def deliveries(database: Path, alerts: int, kills: int) -> Toll:
    """Deliver so many alerts through so many kills."""
    async with Playground() as telegram:
        store = await open_store(database)
        post = await office(telegram, store, alerts)

        async def over() -> bool:
            return not (await store.alerts.counts(post.app.bot_data["desk"].clock())).states.get(
                AlertState.PENDING
            )

        async with far(telegram, 0.05) as base_url:
            run = ["run", str(database), base_url, telegram.token]
            count = await killed(run, over, partial(_messages, telegram), kills)
        copies = post.arrived()
        await store.close()
    lost = sum(copies[chat] == 0 for chat in post.chats)
    return Toll(count, alerts, lost, sum(copies.values()) - alerts + lost)


async def commands(database: Path, waiting: int, kills: int) -> Toll:
    """Have so many commands of a few people answered through so many kills."""
    async with Playground() as telegram:
        store = await open_store(database)
        people = [reader(telegram) for _ in range(PEOPLE)]
        for number in range(waiting):
            queue(telegram, good(people[number % PEOPLE], f"/paper 2604.{number:05}"))

        async def over() -> bool:
            return not len(telegram.telegram.updates) and not await store.inbox.waiting()

        async with far(telegram, 0.05) as base_url:
            run = ["run", str(database), base_url, telegram.token]
            count = await killed(run, over, partial(_messages, telegram), kills, 0.05)
        answers = Counter(
            number
            for call in telegram.telegram.calls_of("sendMessage")
            for number in range(waiting)
            if call.message_id is not None and f"2604.{number:05}" in str(call.parameters["text"])
        )
        await store.close()
    lost = sum(answers[number] == 0 for number in range(waiting))
    return Toll(count, waiting, lost, sum(answers.values()) - waiting + lost)


async def fan_outs(database: Path, digests: int, chats: int, kills: int) -> Toll:
    """Ingest and fan out so many digests through so many kills; halves count as lost."""
    store = await open_store(database)
    people = [Chat(number, "private", "Reader") for number in range(1, chats + 1)]
    await subscribe(store, people)
    for person in people:
        await store.subscribers.add(person.id, parse("lidar"))
    categories = CATEGORIES[:digests]

    async def over() -> bool:
        return len(await _whole(store)) == digests

    async def progress() -> int:
        return len(await _whole(store))

    child = ["ingest", str(database), ",".join(categories)]
    count = await killed(child, over, progress, kills, 0.05)
    sizes = await _whole(store)
    contents = [
        (await store.alerts.contents([alert.number])).get(alert.number)
        for alert in await store.alerts.listed()
    ]
    told = sum(len(content.items) for content in contents if content)
    await store.close()
    halves = sum(size != PAPERS for size in sizes)
    return Toll(count, digests, digests - len(sizes) + halves, told - chats * PAPERS)


async def _messages(telegram: Playground) -> int:
    return sum(arrived(telegram).values())


async def _whole(store: Store) -> list[int]:
    """The sizes of the digests there are."""
    return [info.papers for info in await store.digests.newest()]


def _now() -> datetime:
    return datetime.now(UTC)


async def _faults(database: Path, alerts: int) -> None:
    """The mixture of faults; raises AssertionError for an alert that ends wrong."""
    store = await open_store(database)
    async with Playground() as telegram:
        await mixture(telegram, store, alerts)
    await store.close()
    print(f"faults:      {alerts} alerts, each in the right state, doubled only those lost after")


async def _flood(database: Path, batches: int) -> None:
    """A hundred updates a batch, all but one of them mutated."""
    store = await open_store(database)
    async with Playground() as telegram:
        app = compose(store, _now, telegram.token, telegram.base_url, telegram.base_file_url)
        async with running(app):
            slowest, polls = await flooded(telegram, batches, 99, seed=3)
    await store.close()
    print(f"flood:       {batches * 99} mutated updates, slowest good answer {slowest:.2f} s, "
          f"{polls:.1f} polls a second")  # fmt: skip


async def main() -> None:
    """All of it: about a quarter of an hour."""
    with tempfile.TemporaryDirectory() as folder:
        at = Path(folder)
        print("delivering: ", await deliveries(at / "delivery.db", 2000, 50), flush=True)
        print("commands:   ", await commands(at / "commands.db", 200, 50), flush=True)
        print("fanning out:", await fan_outs(at / "fan-out.db", 40, 300, 50), flush=True)
        await _faults(at / "faults.db", 10_000)
        await _flood(at / "flood.db", 1_011)  # that is 100,089 mutated updates
        print("in flight at a kill: at most", IN_FLIGHT, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
