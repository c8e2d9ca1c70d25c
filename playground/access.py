"""Finding the chat and message a call means, and whether the bot may write there. No HTTP."""

from playground.args import Args
from playground.errors import bad_request, forbidden, migrated, too_many
from playground.state.chats import GENERAL_TOPIC, Chat, Topic
from playground.state.messages import Message
from playground.state.users import User
from playground.telegram import Telegram


def find_chat(telegram: Telegram, args: Args, name: str = "chat_id") -> Chat:
    """Find the chat that a parameter names, by id or @username, for reading.

    Raises:
        ApiError: 400 when the bot cannot know it, 403 when the bot is not in it.
    """
    wanted = args.text(name).strip()
    if not wanted:
        raise bad_request(f"{name} is empty")
    chat = _named(telegram, wanted)
    if chat is None:
        raise bad_request("chat not found")
    if not chat.person and chat.kind != "group" and not chat.username:
        check_membership(telegram, chat)
    return chat


def find_writable(telegram: Telegram, args: Args, right: str = "can_post_messages") -> Chat:
    """Find the chat that `chat_id` names, and check that the bot may write there now.

    In a channel the bot needs `right`. Raises ApiError as the server does.
    """
    chat = find_chat(telegram, args)
    check_writable(telegram, chat, right)
    return chat


def check_writable(telegram: Telegram, chat: Chat, right: str = "can_post_messages") -> None:
    """Raise the ApiError that a message to this chat would meet, if any."""
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    if chat.person:
        _check_person(chat.person)
        return
    check_membership(telegram, chat)
    if chat.kind == "channel" and not chat.member(telegram.world.bot).may(right):
        raise bad_request("need administrator rights in the channel chat")


def _check_person(person: User) -> None:
    if person.deactivated:
        raise forbidden("user is deactivated")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")


def check_membership(telegram: Telegram, chat: Chat) -> None:
    """Raise the 403 for a group or channel in which the bot is not."""
    place = chat.member(telegram.world.bot)
    if place.status == "kicked":
        raise forbidden(f"bot was kicked from the {chat.label()}")
    if not place.is_in:
        raise forbidden(f"bot is not a member of the {chat.label()}")


def _named(telegram: Telegram, wanted: str) -> Chat | None:
    if wanted.startswith("@"):
        return telegram.world.chat_named(wanted[1:])
    try:
        chat_id = int(wanted)
    except ValueError:
        return None
    chat = telegram.world.chats.get(chat_id)
    if chat is None and _shares_chat(telegram, chat_id):
        return telegram.world.private_chat(telegram.world.users[chat_id])
    return chat


def _shares_chat(telegram: Telegram, user_id: int) -> bool:
    """Say whether the bot has met a person in some group, and so knows the account."""
    world = telegram.world
    user = world.users.get(user_id)
    if user is None or user.is_bot:
        return False
    chats = [chat for chat in world.chats.values() if user_id in chat.members]
    return any(chat.member(world.bot).is_in for chat in chats)


def check_flood(telegram: Telegram, chat: Chat) -> None:
    """Count one message to a chat; raises the 429 when there are too many."""
    seconds = telegram.flood.retry_after(chat.id)
    if seconds:
        telegram.publish("flood", chat=chat.id, retry_after=seconds)
        raise too_many(seconds)


def check_thread(chat: Chat, thread_id: int) -> int | None:
    """Check a message_thread_id; gives it, or None for the chat itself.

    A forum's General topic takes no thread id at all (Client.cpp, check_message_topic).
    """
    if not thread_id:
        return None
    topic = chat.topics.get(thread_id)
    if topic is None or thread_id == GENERAL_TOPIC:
        raise bad_request("message thread not found")
    return thread_id


def check_open(telegram: Telegram, chat: Chat, thread_id: int | None) -> None:
    """Refuse to write into a closed topic, unless the bot may manage topics."""
    topic: Topic | None = chat.topics.get(thread_id or GENERAL_TOPIC)
    if topic and topic.is_closed and not chat.member(telegram.world.bot).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")


def find_message(telegram: Telegram, chat: Chat, args: Args, verb: str) -> Message:
    """Find the message that `message_id` names; the error says what it was wanted for (`verb`)."""
    message_id = args.integer("message_id")
    if message_id <= 0:
        raise bad_request("message identifier is not specified")
    message = telegram.world.message(chat, message_id)
    if message is None:
        raise bad_request(f"message to {verb} not found")
    return message


def find_user(telegram: Telegram, args: Args, name: str = "user_id") -> User:
    """Find the account that a parameter names."""
    if args.integer(name) <= 0:
        raise bad_request(f"invalid {name} specified")
    user = telegram.world.users.get(args.integer(name))
    if user is None:
        raise bad_request("PARTICIPANT_ID_INVALID")
    return user


def require(allowed: bool, error: str) -> None:
    """Raise a 400 with these words unless `allowed`."""
    if not allowed:
        raise bad_request(error)
