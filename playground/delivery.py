"""Putting messages into chats, and telling the bot of them when it may see them. No HTTP."""

from collections.abc import Sequence

from playground.state.chats import GENERAL_TOPIC, Chat
from playground.state.messages import Message
from playground.telegram import Telegram
from playground.wire import Json


def post(
    telegram: Telegram,
    chat: Chat,
    sender: Json,
    author: int,
    content: Json,
    *,
    thread_id: int | None = None,
    reply_to: Message | None = None,
    keyboard: Json | None = None,
) -> Message:
    """Put a new message into a chat and publish it.

    `sender` holds its `from` and/or `sender_chat` fields, `content` everything after the date;
    `keyboard` is a reply keyboard, which the page shows but no Message object carries.
    """
    message_id = telegram.world.next_message_id(chat)
    data: Json = {
        "message_id": message_id,
        **sender,
        "chat": chat.view(),
        "date": telegram.now(),
    }
    if "forum_topic_created" in content:
        thread_id = message_id
    if thread_id and thread_id != GENERAL_TOPIC:
        data |= {"message_thread_id": thread_id, "is_topic_message": True}
        reply_to = reply_to or telegram.world.message(chat, thread_id)
    if reply_to:
        data["reply_to_message"] = without_reply(reply_to.data)
    data |= content
    message = Message(chat.id, message_id, data, author)
    telegram.world.history.add(message)
    if keyboard:
        chat.keyboard = None if "remove_keyboard" in keyboard else keyboard
    telegram.publish("message", chat=chat.id, message=data, keyboard=keyboard)
    return message


def without_reply(data: Json) -> Json:
    """Give a Message object as it is quoted in another: replies do not nest (Bot API)."""
    return {name: value for name, value in data.items() if name != "reply_to_message"}


def service(
    telegram: Telegram, chat: Chat, sender: Json, author: int, **content: object
) -> Message:
    """Post a service message ("X joined the group"), and tell the bot: it sees all of them."""
    thread = content.pop("message_thread_id", None)
    thread_id = thread if isinstance(thread, int) else None
    message = post(telegram, chat, sender, author, dict(content), thread_id=thread_id)
    tell_bot(telegram, chat, message)
    return message


def tell_bot(telegram: Telegram, chat: Chat, message: Message, *, edited: bool = False) -> None:
    """Queue a message of somebody else as an update, if the bot gets to see it."""
    if not may_see(telegram, chat, message.data):
        return
    kind = "channel_post" if chat.kind == "channel" else "message"
    telegram.updates.add(f"edited_{kind}" if edited else kind, message.data)


def may_see(telegram: Telegram, chat: Chat, data: Json) -> bool:
    """Say whether the bot sees a message: in groups, privacy mode hides most."""
    bot = telegram.world.bot
    if chat.person:
        return not chat.person.blocked
    place = chat.member(bot)
    if not place.is_in:
        return False
    if chat.kind == "channel" or place.is_admin or telegram.reads_all_groups:
        return True
    return _is_meant_for(data, bot.id, bot.username)


def _is_meant_for(data: Json, bot_id: int, username: str) -> bool:
    """The rules of the Bot FAQ's "What messages will my bot get?"."""
    text = data.get("text", data.get("caption"))
    if text is None and not any(name in data for name in ("document", "photo")):
        return True
    if data.get("via_bot", {}).get("id") == bot_id:
        return True
    if data.get("reply_to_message", {}).get("from", {}).get("id") == bot_id:
        return True
    if f"@{username}".lower() in (text or "").lower():
        return True
    entities: Sequence[Json] = data.get("entities", ())
    has_command = any(e["type"] == "bot_command" and e["offset"] == 0 for e in entities)
    return has_command and "@" not in (text or "").split(maxsplit=1)[0]
