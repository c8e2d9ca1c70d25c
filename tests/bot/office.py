"""A post office for tests of delivery: chats in a playground, alerts for them, and what arrived."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from bot.app import App, Engine, Tuning, compose
from papers.digest import Announcement, Digest
from papers.paper import Paper
from playground import Playground
from playground.calls import Call
from playground.faults import Fault
from playground.state.members import Member
from storage.store import Alert, AlertState, Chat, Find, Store

DAY = date(2026, 4, 21)
PAPERS = 40


def hastening(speed: float) -> Callable[[], datetime]:
    """A clock that runs so many times faster than the world's."""
    began, started = datetime.now(UTC), time.monotonic()
    return lambda: began + timedelta(seconds=(time.monotonic() - started) * speed)


def paper(number: int) -> Paper:
    return Paper(f"2604.{number:05}", f"Paper {number} & co", f"Of lidar, in {number} ways.")


def digest(category: str = "cs.CV") -> Digest:
    told = tuple(Announcement(n, paper(n)) for n in range(1, PAPERS + 1))
    return Digest(category, DAY, told)


def reader(telegram: Playground) -> int:
    """A person who has started the bot."""
    user = telegram.telegram.world.add_user("Reader")
    user.started = True
    return telegram.telegram.world.private_chat(user).id


def lab(telegram: Playground) -> int:
    """A group that the bot is in."""
    world = telegram.telegram.world
    group = world.add_chat("group", "The lab", world.add_user("Ada"))
    group.members[world.bot.id] = Member(world.bot, "member")
    return group.id


async def subscribe(store: Store, chats: Sequence[Chat]) -> None:
    now = datetime.now(UTC) - timedelta(days=1)
    await asyncio.gather(*(store.subscribers.welcome(chat, now) for chat in chats))


async def post(store: Store, chats: Sequence[int], now: datetime) -> None:
    """One alert for each of `chats`, of one paper."""
    finds = [Find(chat, n % PAPERS, 0, ("lidar",)) for n, chat in enumerate(chats)]
    await store.digests.ingest(digest(), finds, now)


@dataclass
class Office:
    """Alerts for people in a playground, and an application that is to deliver them."""

    telegram: Playground
    store: Store
    app: App
    chats: list[int]

    @property
    def engine(self) -> Engine:
        engine: Engine = self.app.bot_data["engine"]
        return engine

    def fault(
        self, kind: str, chat: int | None = None, count: int | None = 1, **more: object
    ) -> None:
        """Order a fault for sendMessage."""
        self.telegram.telegram.order_fault(
            Fault(kind, "sendMessage", count=count, chat_id=chat, **more)  # type: ignore[arg-type]
        )

    def calls(self) -> Sequence[Call]:
        return self.telegram.telegram.calls_of("sendMessage")

    def arrived(self) -> Counter[int]:
        """How many messages each chat got, whether the bot heard of it or not."""
        return arrived(self.telegram)

    async def states(self) -> dict[int, Alert]:
        return {alert.chat.id: alert for alert in await self.store.alerts.listed()}

    async def settled(self, seconds: float = 30) -> dict[int, Alert]:
        """The alerts by chat, once none is pending any more."""
        async with asyncio.timeout(seconds):
            while await self.store.alerts.listed(AlertState.PENDING):
                await asyncio.sleep(0.05)
        return await self.states()

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[asyncio.Task[None]]:
        """The delivery at work, without the rest of the program."""
        async with self.app:
            task = asyncio.create_task(self.engine.delivery.run())
            try:
                yield task
            finally:
                await self.engine.delivery.stop()
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)


def arrived(telegram: Playground) -> Counter[int]:
    calls = telegram.telegram.calls_of("sendMessage")
    took = (call for call in calls if call.message_id is not None and call.chat_id)
    return Counter(int(call.chat_id or 0) for call in took)


async def office(
    telegram: Playground,
    store: Store,
    count: int,
    speed: float = 1,
    tuning: Tuning | None = None,
    groups: int = 0,
) -> Office:
    """`count` chats, the last of them groups, each with an alert that is due."""
    chats = [reader(telegram) for _ in range(count - groups)]
    chats += [lab(telegram) for _ in range(groups)]
    await subscribe(
        store, [Chat(chat, "private" if chat > 0 else "group", "Reader") for chat in chats]
    )
    clock = hastening(speed)
    await post(store, chats, clock() - timedelta(seconds=1))
    app = compose(store, clock, telegram.token, telegram.base_url, telegram.base_file_url, tuning)
    return Office(telegram, store, app, chats)
