"""A playground in a process of its own, so that what is measured has a core for itself."""

import asyncio
import multiprocessing
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from playground import Playground
from playground.flood import Limits
from playground.state.members import Member


class Facts(NamedTuple):
    """What a bot must know: where and as whom; the people and groups it may write to."""

    base_url: str
    token: str
    people: list[int]
    groups: list[int]


class Report(NamedTuple):
    """Messages as they came: (when in seconds, chat), how many were refused with 429, and how long
    each answer to a command took in seconds."""

    messages: list[tuple[float, int]]
    refused: int
    replies: list[float]


class Telegram:
    """The other process. `talk` lets people write a command each so many seconds."""

    def __init__(self, facts: Facts, pipe: Connection) -> None:
        self.facts = facts
        self._pipe = pipe

    def ask(self, what: str, value: object = None) -> Any:
        """Have something done there: "talk" (seconds between commands, or None) or "report"."""
        self._pipe.send((what, value))
        return self._pipe.recv()


@contextmanager
def telegram(people: int, groups: int = 0, limits: Limits | None = None) -> Iterator[Telegram]:
    """A playground with so many people, who have started the bot, and groups that it is in."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, people, groups, limits), daemon=True)
    process.start()
    try:
        yield Telegram(ours.recv(), ours)
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection, people: int, groups: int, limits: Limits | None) -> None:
    asyncio.run(_serving(pipe, people, groups, limits))


async def _serving(pipe: Connection, people: int, groups: int, limits: Limits | None) -> None:
    async with Playground(limits=limits, history=1000) as local:
        world = local.telegram.world
        users = [world.add_user("Reader") for _ in range(people)]
        for user in users:
            user.started = True
            world.private_chat(user)
        labs = [world.add_chat("group", "Lab", users[0]) for _ in range(groups)]
        for lab in labs:
            lab.members[world.bot.id] = Member(world.bot, "member")
        chats = [user.id for user in users]
        pipe.send(Facts(local.base_url, local.token, chats, [lab.id for lab in labs]))
        await _obey(pipe, Talk(local))


async def _obey(pipe: Connection, talk: "Talk") -> None:
    loop, orders = asyncio.get_running_loop(), asyncio.Queue[tuple[str, Any]]()

    def listen() -> None:
        while True:
            loop.call_soon_threadsafe(orders.put_nowait, pipe.recv())

    threading.Thread(target=listen, daemon=True).start()
    while True:
        what, value = await orders.get()
        if what == "report":
            pipe.send(talk.report())
        else:
            talk.every(value)
            pipe.send(None)


class Talk:
    """People who write a command now and then, and how long the answers take."""

    def __init__(self, local: Playground) -> None:
        self._telegram = local.telegram
        self._replies: list[float] = []
        self._task: asyncio.Task[None] | None = None
        self._person = 10_000_000

    def every(self, seconds: float | None) -> None:
        """Begin to talk, or stop."""
        if self._task:
            self._task.cancel()
        self._task = asyncio.create_task(self._talk(seconds)) if seconds else None

    def report(self) -> Report:
        """What came since the last report."""
        calls = self._telegram.calls_of("sendMessage")
        came = [(call.started, int(call.chat_id or 0)) for call in calls if call.code == 200]
        refused = sum(call.code == 429 for call in calls)
        replies, self._replies = self._replies, []
        self._telegram.calls._kept.clear()
        return Report(came, refused, replies)

    async def _talk(self, seconds: float) -> None:
        world = self._telegram.world
        while True:
            await asyncio.sleep(seconds)
            person = world.add_user("Ada")
            person.started = True
            chat = world.private_chat(person)
            asked, last = time.perf_counter(), self._telegram.calls.last
            self._telegram.updates.add_raw(_command(person.id))
            while not self._answered(chat.id, last):  # noqa: ASYNC110 (calls have no event)
                await asyncio.sleep(0.0005)
            self._replies.append(time.perf_counter() - asked)

    def _answered(self, chat: int, since: int) -> bool:
        return any(call.chat_id == str(chat) for call in self._telegram.calls.after(since))


def _command(person: int) -> dict[str, Any]:
    who = {"id": person, "is_bot": False, "first_name": "Ada"}
    return {
        "message": {
            "message_id": 1,
            "date": int(time.time()),
            "chat": {"id": person, "type": "private", "first_name": "Ada"},
            "from": who,
            "text": "/help",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        }
    }
