"""Finding the person, chat and message an action means. No HTTP."""

from playground.args import Args
from playground.errors import ApiError, bad_request
from playground.state.chats import GENERAL_TOPIC, Chat, Topic
from playground.state.messages import Message
from playground.state.users import User
from playground.telegram import Telegram
from playground.wire import Json


def find_person(telegram: Telegram, args: Args, name: str = "person") -> User:
    """Find the person who acts. Raises ApiError 404 for nobody, 403 for a deleted account."""
    user = telegram.world.users.get(args.integer(name))
    if user is None:
        raise ApiError(404, f"no person has the id {args.text(name) or '(none given)'}")
    if user.deactivated:
        raise ApiError(403, f"{user.first_name}'s account was deleted")
    return user


def find_chat(telegram: Telegram, args: Args, name: str = "chat") -> Chat:
    """Find a chat by id; without one, the person's chat with the bot."""
    if not args.has(name):
        return telegram.world.private_chat(find_person(telegram, args))
    chat = telegram.world.chats.get(args.integer(name))
    if chat is None:
        raise ApiError(404, f"no chat has the id {args.text(name)}")
    return chat


def find_place(telegram: Telegram, args: Args) -> tuple[User, Chat]:
    """Find who acts and where, and check that they are in that chat and it takes new messages."""
    person, chat = find_person(telegram, args), find_chat(telegram, args)
    if chat.migrated_to is not None:
        raise bad_request(f"this group has become the supergroup {chat.migrated_to}")
    is_in = chat.person is person if chat.person else chat.member(person).is_in
    if not is_in:
        raise ApiError(403, f"{person.first_name} is not in this chat")
    return person, chat


def find_group(telegram: Telegram, args: Args) -> tuple[User, Chat]:
    """Find who acts and in which group or channel, and check that they run it."""
    person, chat = find_place(telegram, args)
    if chat.person or not chat.member(person).is_admin:
        raise ApiError(403, f"{person.first_name} is no administrator here")
    return person, chat


def find_message(telegram: Telegram, chat: Chat, args: Args, name: str = "message") -> Message:
    """Find a message of a chat."""
    message = telegram.world.message(chat, args.integer(name))
    if message is None:
        raise ApiError(404, f"no message {args.text(name)} in this chat")
    return message


def find_topic(chat: Chat, args: Args) -> Topic | None:
    """Find the topic an action names, if it names one."""
    topic_id = args.integer("topic")
    if not topic_id:
        return None
    topic = chat.topics.get(topic_id)
    if topic is None:
        raise ApiError(404, f"no topic {topic_id} in this chat")
    return topic


def sender(telegram: Telegram, person: User, chat: Chat, args: Args) -> Json:
    """Give the fields that say who a message is from: in a channel the channel, for an anonymous
    administrator the group, with `as_chat` a channel of theirs, else the person."""
    if chat.kind == "channel":
        return {"sender_chat": chat.view()}
    if args.has("as_chat"):
        return {
            "from": channel_bot().view(),
            "sender_chat": find_chat(telegram, args, "as_chat").view(),
        }
    if chat.member(person).is_anonymous:
        return {"from": telegram.world.anonymous.view(), "sender_chat": chat.view()}
    return {"from": person.view()}


def channel_bot() -> User:
    """Make the account that stands in as sender when a channel writes in a group (Bot API)."""
    return User(136817688, "Channel", username="Channel_Bot", is_bot=True)


def check_topic(chat: Chat, person: User, topic: Topic | None) -> int | None:
    """Refuse to write into a closed topic; gives the thread's id, None for General."""
    if topic is None or topic.id == GENERAL_TOPIC:
        topic = chat.topics.get(GENERAL_TOPIC)
    if topic and topic.is_closed and not chat.member(person).may("can_manage_topics"):
        raise bad_request("TOPIC_CLOSED")
    return topic.id if topic and topic.id != GENERAL_TOPIC else None
