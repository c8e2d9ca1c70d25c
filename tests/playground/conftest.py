"""A playground, its people, and a bot that speaks bare HTTP, for every test here."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from playground import Playground
from playground.client import Group, Person, PlaygroundClient
from tests.playground.schema import check, check_result

Json = dict[str, Any]


class Bot:
    """Calls methods with JSON bodies, and checks every good answer against the schema."""

    def __init__(self, session: ClientSession, telegram: Playground) -> None:
        self.session = session
        self.telegram = telegram
        self.id = telegram.telegram.world.bot.id
        self.offset = 0

    def url(self, method: str) -> str:
        """Give the address of a method."""
        return f"{self.telegram.base_url}{self.telegram.token}/{method}"

    async def call(self, method: str, **parameters: Any) -> Json:
        """Call a method; gives the whole answer."""
        async with self.session.post(self.url(method), json=parameters) as response:
            body: Json = await response.json()
            assert response.status == (200 if body["ok"] else body["error_code"])
        return body

    async def ok(self, method: str, **parameters: Any) -> Any:
        """Call a method that works; gives its result."""
        body = await self.call(method, **parameters)
        assert body["ok"], body
        check_result(method, body["result"])
        return body["result"]

    async def refused(self, method: str, **parameters: Any) -> str:
        """Call a method that is refused; gives "<code> <description>"."""
        body = await self.call(method, **parameters)
        assert not body["ok"], body
        return f"{body['error_code']} {body['description']}"

    async def ok_raw(self) -> list[Json]:
        """Take the waiting updates without looking at them."""
        result: list[Json] = (await self.call("getUpdates"))["result"]
        return result

    async def updates(self, wait: int = 0, **parameters: Any) -> list[Json]:
        """Take the waiting updates and confirm them with the next call."""
        found = await self.ok("getUpdates", offset=self.offset, timeout=wait, **parameters)
        for update in found:
            check("Update", update)
            self.offset = update["update_id"] + 1
        result: list[Json] = found
        return result


@pytest.fixture
async def telegram() -> AsyncIterator[Playground]:
    """Give a playground without flood limits."""
    async with Playground() as running:
        yield running


@pytest.fixture
async def client(telegram: Playground) -> AsyncIterator[PlaygroundClient]:
    """Give a way to move its people."""
    async with PlaygroundClient(telegram.url) as connected:
        yield connected


@pytest.fixture
async def bot(telegram: Playground) -> AsyncIterator[Bot]:
    """Give its bot."""
    async with ClientSession() as session:
        yield Bot(session, telegram)


@pytest.fixture
async def ada(client: PlaygroundClient) -> Person:
    """Give somebody who has started the bot."""
    person = await client.person("Ada", last_name="Lovelace", username="ada_l", language_code="en")
    await person.start()
    return person


@pytest.fixture
async def lab(ada: Person) -> Group:
    """Give a supergroup of Ada's with the bot as a plain member."""
    return await ada.group("Lab", "supergroup")


@pytest.fixture
async def forum(ada: Person) -> Group:
    """Give a forum of Ada's in which the bot is an administrator."""
    return await ada.group("Forum", "supergroup", forum=True, as_admin=True)
