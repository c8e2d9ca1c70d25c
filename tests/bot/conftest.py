"""The whole program on a Telegram of this machine: what a person would meet, over real HTTP."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.app import App, compose, running
from bot.files import read_digest
from bot.ingest import Report, ingest
from playground import Playground
from playground.client import Message, Person, PlaygroundClient
from storage.sqlite import open_store
from storage.store import Store
from tests.data import DIGEST

CANARY = "123456789:AAE-canary-canary-canary-canary-1234"


def clock() -> datetime:
    return datetime.now(UTC)


def application(store: Store, telegram: Playground) -> App:
    return compose(store, clock, telegram.token, telegram.base_url, telegram.base_file_url)


@dataclass
class House:
    """A running Paperboy, its store, and the people who may talk to it."""

    telegram: Playground
    client: PlaygroundClient
    store: Store

    async def ask(self, person: Person, words: str, chat: int | None = None) -> Message:
        """What Paperboy answers when this person writes these words."""
        await person.send(words, chat)
        return await self.answer(person.id if chat is None else chat)

    async def answer(self, chat: int) -> Message:
        """The next message of Paperboy's in a chat, new or edited."""
        return await self.client.wait_for(_of_paperboy, chat=chat)

    async def ingest(self, path: Path = DIGEST) -> Report:
        """Ingest a digest, by default the given one of 70 papers."""
        return await ingest(self.store, read_digest(path), clock)


def _of_paperboy(message: Message) -> bool:
    """In channels, and from anonymous admins, what people write looks like a bot's, too."""
    return bool(message.text) and not message.text.startswith("/")


@pytest.fixture(autouse=True)
def no_token_anywhere(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> Iterator[None]:
    """Whatever a test did, the bot's token is in nothing it printed or wrote."""
    yield
    printed = "".join(capfd.readouterr())
    assert "canary-canary" not in printed
    for file in tmp_path.rglob("*"):
        assert file.is_dir() or b"canary-canary" not in file.read_bytes(), file


@pytest.fixture
async def telegram() -> AsyncIterator[Playground]:
    async with Playground(token=CANARY) as playground:
        yield playground


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await open_store(tmp_path / "paperboy.db")
    yield opened
    await opened.close()


@pytest.fixture
async def house(telegram: Playground, store: Store) -> AsyncIterator[House]:
    app = application(store, telegram)
    async with running(app), PlaygroundClient(telegram.url) as client:
        yield House(telegram, client, store)


@pytest.fixture
async def ada(house: House) -> Person:
    return await house.client.person("Ada", username="ada_lovelace")
