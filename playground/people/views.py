"""What people can look at: everything at once, the messages of a chat, calls, commands."""

import itertools

from playground.args import Args
from playground.membership import person_view
from playground.methods.bot import get_me
from playground.people.lookup import find_chat, find_person
from playground.state.chats import Chat
from playground.state.messages import Message
from playground.telegram import Telegram
from playground.wire import Json

SHOWN = 50
MOST_SHOWN = 1000


def snapshot(telegram: Telegram, args: Args) -> Json:
    """Give everything as it stands, with the last `messages` messages of each chat and the event
    number `seq` from which to go on listening."""
    world = telegram.world
    count = min(args.integer("messages", SHOWN), MOST_SHOWN)
    return {
        "run": telegram.events.run,
        "seq": telegram.events.last,
        "now": telegram.clock(),
        "bot": get_me(telegram, args),
        "profile": telegram.profile.view(),
        "people": [person_view(u) for u in world.users.values() if not u.is_bot],
        "chats": [_chat(telegram, chat, count) for chat in world.chats.values()],
        "faults": telegram.faults.views(),
        "limits": telegram.limits_view(),
        "webhook": telegram.webhook.url,
        "pending_updates": len(telegram.updates),
        "backstage": telegram.backstage.view(),
    }


def _chat(telegram: Telegram, chat: Chat, count: int) -> Json:
    return {
        "chat": chat.view(),
        "members": [member.view() for member in chat.members.values()],
        "topics": [t.view() | {"is_closed": t.is_closed} for t in chat.topics.values()],
        "pinned": chat.pinned,
        "migrated_to": chat.migrated_to,
        "keyboard": chat.keyboard,
        "messages": _newest(telegram, chat, count, None, None),
    }


def chat(telegram: Telegram, args: Args) -> Json:
    """Give one chat as in the snapshot, with its last `messages` messages, and the event number
    `seq` at which it stood so."""
    count = min(args.integer("messages", SHOWN), MOST_SHOWN)
    return _chat(telegram, find_chat(telegram, args), count) | {"seq": telegram.events.last}


def messages(telegram: Telegram, args: Args) -> list[Json]:
    """Give up to `limit` messages of `chat` (of `topic`, before message `before`), oldest first."""
    chat = find_chat(telegram, args)
    limit = min(args.integer("limit", SHOWN), MOST_SHOWN)
    before, topic = args.integer("before") or None, args.integer("topic") or None
    return _newest(telegram, chat, limit, before, topic)


def _newest(
    telegram: Telegram, chat: Chat, limit: int, before: int | None, topic: int | None
) -> list[Json]:
    found = (
        message
        for message in telegram.world.history.of(chat.id)
        if (before is None or message.id < before)
        and (topic is None or message.data.get("message_thread_id", 1) == topic)
    )
    return [_message(message) for message in itertools.islice(found, limit)][::-1]


def _message(message: Message) -> Json:
    reactions = [{"person": p, "reactions": r} for p, r in (message.reactions or {}).items()]
    return {"message": message.data, "reactions": reactions}


def calls(telegram: Telegram, args: Args) -> list[Json]:
    """Give the Bot API calls after number `after` and before `before`, with parameters, oldest
    first; `method` picks one, `limit` keeps the newest so many."""
    method, before = args.text("method").lower(), args.integer("before")
    found = [
        call
        for call in telegram.calls.after(args.integer("after"))
        if (not method or call.method.lower() == method) and (not before or call.seq < before)
    ]
    return [call.view() for call in found[-args.integer("limit") :]]


def commands(telegram: Telegram, args: Args) -> list[Json]:
    """Give the bot's commands as `person` sees them in `chat`."""
    person, chat = find_person(telegram, args), find_chat(telegram, args)
    is_admin = chat.member(person).is_admin
    language = person.language_code.partition("-")[0]
    return telegram.profile.commands_for(chat.kind, chat.id, person.id, is_admin, language)


def faults(telegram: Telegram, _: Args) -> list[Json]:
    """Give the faults in force."""
    return telegram.faults.views()


READS = {
    "snapshot": snapshot,
    "chat": chat,
    "messages": messages,
    "calls": calls,
    "commands": commands,
    "faults": faults,
}
