"""Trouble on order: faults, flood limits, and the log that tells what happened."""

import asyncio
import time

import pytest
from aiohttp import ClientConnectionError, ContentTypeError

from playground import Limits, Playground
from playground.client import Group, Person, PlaygroundClient, PlaygroundError
from playground.flood import Flood
from tests.playground.conftest import Bot


async def sent_texts(client: PlaygroundClient, ada: Person) -> list[str]:
    found = await client.look("messages", chat=ada.id)
    return [m["message"]["text"] for m in found if m["message"]["from"]["is_bot"]]


@pytest.mark.parametrize(("kind", "delivered"), [("drop_before", []), ("drop_after", ["x"])])
async def test_a_dropped_connection_leaves_the_message_or_not(
    kind: str, delivered: list[str], bot: Bot, ada: Person, client: PlaygroundClient
) -> None:
    await client.fault(kind, "sendMessage", count=1)
    with pytest.raises(ClientConnectionError):
        await bot.call("sendMessage", chat_id=ada.id, text="x")
    assert await sent_texts(client, ada) == delivered
    await bot.ok("sendMessage", chat_id=ada.id, text="y")
    codes = [call["code"] for call in await client.calls("sendMessage")]
    assert codes == [0, 200]


async def test_a_proxys_page_comes_instead_of_json(
    bot: Bot, ada: Person, client: PlaygroundClient
) -> None:
    await client.fault("html", count=1, code=503)
    with pytest.raises(ContentTypeError) as raised:
        await bot.call("sendMessage", chat_id=ada.id, text="x")
    assert raised.value.status == 503
    assert await sent_texts(client, ada) == []


async def test_json_can_be_broken(bot: Bot, client: PlaygroundClient) -> None:
    await client.fault("garbage", "getMe", count=1)
    with pytest.raises(ValueError, match="Expecting"):
        await bot.call("getMe")
    await bot.ok("getMe")


async def test_a_429_names_its_wait_in_body_and_header(
    bot: Bot, ada: Person, client: PlaygroundClient
) -> None:
    await client.fault("error", "sendmessage", count=1, code=429, retry_after=7)
    async with bot.session.post(bot.url("sendMessage"), json={"chat_id": ada.id}) as response:
        assert response.headers["Retry-After"] == "7"
        assert await response.json() == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 7",
            "parameters": {"retry_after": 7},
        }


async def test_any_error_can_be_ordered(bot: Bot, client: PlaygroundClient) -> None:
    await client.fault("error", "getMe", count=2, code=500, description="Internal Server Error")
    for _ in range(2):
        assert await bot.refused("getMe") == "500 Internal Server Error"
    await bot.ok("getMe")


async def test_a_delay_comes_before_and_goes_with_another_fault(
    bot: Bot, client: PlaygroundClient
) -> None:
    await client.fault("delay", "getMe", count=1, seconds=0.1)
    await client.fault("error", "getMe", count=1, code=500, description="x")
    started = time.monotonic()
    assert await bot.refused("getMe") == "500 x"
    assert time.monotonic() - started >= 0.1


async def test_a_fault_ends_with_its_time_or_when_cleared(
    bot: Bot, client: PlaygroundClient
) -> None:
    await client.fault("error", duration=0.05, code=500, description="x")
    await bot.refused("getMe")
    await asyncio.sleep(0.06)
    await bot.ok("getMe")
    await client.fault("error", code=500, description="x")
    await bot.refused("getMe")
    await client.call("clear_faults")
    await bot.ok("getMe")


async def test_a_fault_can_be_for_one_chat(
    bot: Bot, ada: Person, lab: Group, client: PlaygroundClient
) -> None:
    await client.fault("error", "sendMessage", chat_id=lab.id, code=500, description="x")
    await bot.ok("sendMessage", chat_id=ada.id, text="x")
    await bot.refused("sendMessage", chat_id=lab.id, text="x")


async def test_a_fault_that_is_none_is_refused(client: PlaygroundClient) -> None:
    for values in (
        {"kind": "flames"},
        {"kind": "delay", "secs": 1},
        {"kind": "delay", "count": "x"},
    ):
        with pytest.raises(PlaygroundError, match="no such fault"):
            await client.call("fault", **values)


async def test_the_log_tells_who_got_what_when(
    bot: Bot, ada: Person, client: PlaygroundClient
) -> None:
    before = time.time()
    await bot.ok("sendMessage", chat_id=ada.id, text="x")
    await bot.refused("sendMessage", chat_id=ada.id, text="")
    first, second = await client.calls("sendMessage")
    assert (first["chat_id"], first["code"], first["parameters"]["text"]) == (str(ada.id), 200, "x")
    assert first["message_id"] == (await ada.messages())[-1].id
    assert before <= first["started"] <= second["started"] <= time.time()
    assert second["description"] == "Bad Request: message text is empty"
    assert await client.calls("sendMessage", after=first["seq"]) == [second]


class Clock:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.parametrize(
    ("limits", "chats", "let_through", "retry_after"),
    [
        (Limits(), [7] * 5, 3, 3),
        (Limits(), list(range(1, 40)), 30, 1),
        (Limits(per_second=None, burst=100), [-7] * 30, 20, 60),
        (Limits(per_second=None, burst=100), [7] * 30, 30, 0),
        (None, [-7] * 50, 50, 0),
    ],
)
def test_the_limits_let_so_many_through(
    limits: Limits | None, chats: list[int], let_through: int, retry_after: int
) -> None:
    flood = Flood(limits, Clock())
    answers = [flood.retry_after(chat) for chat in chats]
    assert answers.count(0) == let_through
    assert max(answers) == retry_after


def test_who_waits_as_told_is_let_in_again() -> None:
    clock = Clock()
    flood = Flood(Limits(), clock)
    for _ in range(50):
        while wait := flood.retry_after(-7):
            clock.now += wait
    assert clock.now == pytest.approx(120, abs=15)


async def test_a_flood_is_answered_with_429(ada: Person, bot: Bot, telegram: Playground) -> None:
    telegram.telegram.set_limits(Limits())
    answers = [await bot.call("sendMessage", chat_id=ada.id, text=str(n)) for n in range(5)]
    assert [answer["ok"] for answer in answers] == [True, True, True, False, False]
    assert answers[-1]["parameters"]["retry_after"] == 3
    telegram.telegram.set_limits(None)
    await bot.ok("sendMessage", chat_id=ada.id, text="x")


async def test_limits_are_set_over_http(client: PlaygroundClient) -> None:
    assert (await client.call("limits", on=True))["per_second"] == 30
    assert (await client.call("limits", per_second=5))["per_second"] == 5
    assert await client.call("limits", off=True) is None
