"""Updates as they never should be: real ones with something wrong in them, by a seeded hand."""

import copy
import random
from typing import Any

from playground import Playground

SHAPES: tuple[object, ...] = (
    {"message": []},
    {"message": {}},
    {"message": {"message_id": 1}},
    {"message": {"message_id": 1, "date": 10**18, "chat": {"id": 1, "type": "private"}}},
    {"message": {"message_id": 1, "chat": {"id": 1, "type": "private"}, "text": "/start"}},
    {"message": "words"},
    {"message": None},
    {"callback_query": {"id": "1"}},
    {"callback_query": {"id": "1", "from": 7, "chat_instance": "1", "data": "alert:1:2"}},
    {"my_chat_member": {"chat": 7}},
    {"inline_query": []},
    {"channel_post": {"date": "yesterday"}},
    {"nothing_known": {"a": 1}},
    {},
)
_WRONG: tuple[object, ...] = (
    None, [], {}, "", "words", -1, 0, 2**63, 10**30, 1.5, True, "\ud800", "\0", [[[]]], {"a": {}},
)  # fmt: skip


def good(chat: int, text: str) -> dict[str, Any]:
    """What a person's text in a private chat looks like."""
    person = {"id": chat, "is_bot": False, "first_name": "Ada"}
    return {
        "message": {
            "message_id": 7,
            "date": 1_770_000_000,
            "chat": {"id": chat, "type": "private", "first_name": "Ada"},
            "from": person,
            "text": text,
            "entities": [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}],
        }
    }


def mutated(rng: random.Random) -> dict[str, Any]:
    """One that is wrong in one to three places."""
    if rng.random() < 0.2:
        return dict(copy.deepcopy(rng.choice(SHAPES)))  # type: ignore[call-overload, no-any-return]
    update = good(rng.randrange(1, 2**40), rng.choice(["/start", "/add lidar", "/list", "hello"]))
    for _ in range(rng.randrange(1, 4)):
        _spoil(update, rng)
    return update


def _spoil(update: dict[str, Any], rng: random.Random) -> None:
    """Take something out, or put something wrong in its place, at any depth."""
    place: Any = update
    while isinstance(place, dict) and place:
        key = rng.choice(list(place))
        if not isinstance(place[key], dict) or not place[key] or rng.random() < 0.15:
            if rng.random() < 0.3:
                del place[key]
            else:
                place[key] = copy.deepcopy(rng.choice(_WRONG))
            return
        place = place[key]


def queue(telegram: Playground, update: dict[str, Any]) -> int:
    """Let the bot have it."""
    return telegram.telegram.updates.add_raw(update)
