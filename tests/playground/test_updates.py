"""How updates reach the bot: polling, confirming, waiting, conflicts, webhooks."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession, web

from playground import Playground
from playground.client import Group, Person, PlaygroundClient
from playground.http import poster
from tests.playground.conftest import Bot, Json
from tests.playground.schema import check


def texts(updates: list[Json]) -> list[str]:
    return [update["message"]["text"] for update in updates]


async def test_updates_stay_until_confirmed(bot: Bot, ada: Person) -> None:
    await ada.send("one")
    first = await bot.ok("getUpdates")
    assert texts(first) == ["/start", "one"]
    assert await bot.ok("getUpdates") == first
    assert await bot.ok("getUpdates", limit=1) == first[:1]
    assert await bot.ok("getUpdates", offset=first[1]["update_id"]) == first[1:]
    assert await bot.ok("getUpdates", offset=first[1]["update_id"] + 1) == []


async def test_a_negative_offset_keeps_the_last_ones(bot: Bot, ada: Person) -> None:
    for text in ("one", "two", "three"):
        await ada.send(text)
    assert texts(await bot.ok("getUpdates", offset=-2)) == ["two", "three"]
    assert texts(await bot.ok("getUpdates")) == ["two", "three"]


async def test_update_ids_follow_each_other(bot: Bot, ada: Person) -> None:
    await ada.send("one")
    first, second = await bot.ok("getUpdates")
    assert second["update_id"] == first["update_id"] + 1


async def test_a_poll_waits_for_the_next_update(bot: Bot, ada: Person) -> None:
    await bot.updates()
    poll = asyncio.create_task(bot.updates(wait=20))
    await asyncio.sleep(0.05)
    assert not poll.done()
    await ada.send("here")
    async with asyncio.timeout(1):
        assert texts(await poll) == ["here"]


async def test_a_second_poller_ends_the_first(bot: Bot) -> None:
    first = asyncio.create_task(bot.call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(bot.call("getUpdates", timeout=0))
    assert (await first)["description"] == (
        "Conflict: terminated by other getUpdates request;"
        " make sure that only one bot instance is running"
    )
    assert (await first)["error_code"] == 409
    assert (await second)["ok"]


async def test_who_hangs_up_takes_no_update_away(bot: Bot, ada: Person) -> None:
    await bot.updates()
    poll = asyncio.create_task(bot.call("getUpdates", offset=bot.offset, timeout=20))
    await asyncio.sleep(0.05)
    poll.cancel()
    await asyncio.gather(poll, return_exceptions=True)
    await ada.send("late")
    assert texts(await bot.updates()) == ["late"]


async def test_the_kinds_asked_for_are_remembered(bot: Bot, ada: Person) -> None:
    await bot.updates(allowed_updates=["callback_query"])
    await ada.send("unheard")
    assert await bot.updates() == []
    await bot.updates(allowed_updates=[])
    await ada.send("heard")
    assert texts(await bot.updates()) == ["heard"]


@pytest.mark.parametrize("asked", [False, True])
async def test_some_kinds_come_only_when_asked_for(
    asked: bool, bot: Bot, forum: Group, client: PlaygroundClient
) -> None:
    kinds = ["message", "chat_member", "message_reaction"] if asked else []
    await bot.updates(allowed_updates=kinds)
    bob = await client.person("Bob")
    await forum.join(bob)
    sent = await bob.send("/x", forum.id)
    await bob.act("react", forum.id, message=sent.id, emoji=["👍"])
    found = [next(k for k in update if k != "update_id") for update in await bot.updates()]
    extra = {"chat_member", "message_reaction"}
    assert set(found) == {"message"} | (extra if asked else set())


async def test_updates_older_than_a_day_are_gone() -> None:
    now = [1_000_000.0]
    async with Playground(clock=lambda: now[0]) as telegram, ClientSession() as session:
        async with PlaygroundClient(telegram.url) as client:
            person = await client.person("Ada")
            await person.send("old")
            now[0] += 24 * 3600 + 1
            await person.send("new")
        assert texts(await Bot(session, telegram).ok("getUpdates")) == ["new"]


async def test_a_raw_update_comes_as_it_is(bot: Bot, client: PlaygroundClient) -> None:
    update_id = await client.call("update", update={"message": {"date": "never"}})
    assert await bot.ok_raw() == [{"update_id": update_id, "message": {"date": "never"}}]


class Hook:
    """A bot that takes updates by webhook, after refusing as many as it is told to."""

    def __init__(self) -> None:
        self.refusals = 0
        self.taken: asyncio.Queue[tuple[Json, str | None]] = asyncio.Queue()
        self.answer: Any = {}

    async def handle(self, request: web.Request) -> web.Response:
        if self.refusals:
            self.refusals -= 1
            return web.Response(status=500)
        secret = request.headers.get("X-Telegram-Bot-Api-Secret-Token")
        self.taken.put_nowait((await request.json(), secret))
        return web.json_response(self.answer)


@pytest.fixture
async def hook() -> AsyncIterator[tuple[Hook, str]]:
    taker = Hook()
    app = web.Application()
    app.router.add_post("/hook", taker.handle)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield taker, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def test_a_webhook_gets_each_update_once_with_its_secret(
    bot: Bot, ada: Person, hook: tuple[Hook, str]
) -> None:
    taker, url = hook
    await bot.ok("setWebhook", url=url, secret_token="s3cret", drop_pending_updates=True)
    assert (await bot.ok("getWebhookInfo"))["url"] == url
    for text in ("one", "two"):
        await ada.send(text)
    taken = [await asyncio.wait_for(taker.taken.get(), 2) for _ in range(2)]
    for update, _ in taken:
        check("Update", update)
    assert [(u["message"]["text"], s) for u, s in taken] == [("one", "s3cret"), ("two", "s3cret")]
    refusal = await bot.refused("getUpdates")
    assert refusal.startswith("409 Conflict: can't use getUpdates method while webhook is active")
    await bot.ok("deleteWebhook")
    await asyncio.sleep(0.05)
    assert await bot.updates() == []


async def test_a_webhook_that_fails_is_tried_again(
    bot: Bot, ada: Person, hook: tuple[Hook, str]
) -> None:
    taker, url = hook
    taker.refusals = 1
    await bot.ok("setWebhook", url=url, drop_pending_updates=True)
    await ada.send("one")
    update, _ = await asyncio.wait_for(taker.taken.get(), 2 + poster.FIRST_PAUSE)
    assert update["message"]["text"] == "one"
    info = await bot.ok("getWebhookInfo")
    assert "500" in info["last_error_message"]


async def test_a_webhooks_answer_may_call_a_method(
    bot: Bot, ada: Person, client: PlaygroundClient, hook: tuple[Hook, str]
) -> None:
    taker, url = hook
    taker.answer = {"method": "sendMessage", "chat_id": ada.id, "text": "by answer"}
    await bot.ok("setWebhook", url=url, drop_pending_updates=True)
    await ada.send("one")
    assert (await client.wait_for()).text == "by answer"


async def test_a_webhook_ends_a_waiting_poll(bot: Bot, hook: tuple[Hook, str]) -> None:
    poll = asyncio.create_task(bot.call("getUpdates", timeout=20))
    await asyncio.sleep(0.05)
    await bot.ok("setWebhook", url=hook[1])
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
