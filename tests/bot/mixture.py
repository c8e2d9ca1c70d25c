"""A server that answers as Telegram does on its worst day, and what must become of each alert."""

from collections.abc import Iterator

from bot.app import Tuning
from playground import Playground
from storage.store import AlertState, Store
from tests.bot.office import Office, office

_SHARES = {  # of a hundred alerts; those left go through
    "429": 10.0,
    "502": 5.0,
    "dropped before": 2.5,
    "dropped after": 2.5,
    "blocked": 2.0,
    "refused entities": 1.0,
}
_MIGRATED = 1.0


async def mixture(telegram: Playground, store: Store, count: int) -> Office:
    """Deliver `count` alerts through all faults, and check every one."""
    groups = max(round(count * _MIGRATED / 100), 1)
    post = await office(telegram, store, count, 20, Tuning(at_once=60), groups)
    hit = dict(_shared_out(post.chats[:-groups]))
    for fault, chats in hit.items():
        for chat in chats:
            _order(post, fault, chat)
    moved = {chat: _migrate(post, chat) for chat in post.chats[-groups:]}
    async with post.delivering():
        states = await post.settled(60 + count / 20)
    for chat in post.chats:
        expected = AlertState.GONE if chat in hit["blocked"] else AlertState.SENT
        assert states[moved.get(chat, chat)].state is expected, states[moved.get(chat, chat)]
    copies = post.arrived()
    assert {chat for chat, times in copies.items() if times != 1} == set(hit["dropped after"])
    assert {copies[chat] for chat in hit["dropped after"]} == {2}
    assert len(copies) == count - len(hit["blocked"])
    return post


def _shared_out(chats: list[int]) -> Iterator[tuple[str, list[int]]]:
    """Which chats meet which fault: spread over all, each chat one at most."""
    mixed = sorted(chats, key=lambda chat: (chat * 2_654_435_761) % 2**32)
    for fault, share in _SHARES.items():
        number = max(round(len(chats) * share / 100), 1)
        yield fault, mixed[:number]
        mixed = mixed[number:]


def _order(post: Office, fault: str, chat: int) -> None:
    match fault:
        case "429":
            post.fault("error", chat, code=429, retry_after=1)
        case "502":
            post.fault("error", chat, code=502)
        case "dropped before":
            post.fault("drop_before", chat)
        case "dropped after":
            post.fault("drop_after", chat)
        case "blocked":
            post.telegram.telegram.world.users[chat].blocked = True
        case "refused entities":
            words = "Bad Request: can't parse entities: unsupported start tag"
            post.fault("error", chat, code=400, description=words)


def _migrate(post: Office, chat: int) -> int:
    """Make a group a supergroup without the bot's hearing of it; the new id."""
    world = post.telegram.telegram.world
    old = world.chats[chat]
    new = world.add_chat("supergroup", old.title, next(iter(old.members.values())).user)
    new.members = dict(old.members)
    old.migrated_to = new.id
    return new.id
