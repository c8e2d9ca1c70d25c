"""Topics of forums, as people open, close and delete them."""

from playground.args import Args
from playground.delivery import service, tell_bot
from playground.errors import ApiError, bad_request
from playground.methods.topics import delete_topic, open_topic, publish_topic
from playground.people.lookup import find_group, find_place, find_topic, sender
from playground.state.chats import GENERAL_TOPIC, TOPIC_COLOUR, Chat, Topic
from playground.state.users import User
from playground.telegram import Telegram
from playground.wire import Json


def add_topic(telegram: Telegram, args: Args) -> Json:
    """Open a topic called `name`; gives the ForumTopic."""
    person, chat = find_place(telegram, args)
    name = args.text("name").strip()
    if not chat.is_forum or not name:
        raise bad_request("a topic needs a forum to be in and a name")
    who = sender(telegram, person, chat, args)
    colour = args.integer("icon_color", TOPIC_COLOUR)
    topic = open_topic(telegram, chat, name[:128], colour, who, person.id)
    message = telegram.world.message(chat, topic.id)
    if message:
        tell_bot(telegram, chat, message)
    return topic.view()


def close_topic(telegram: Telegram, args: Args) -> Json:
    """Close a topic (1 is General)."""
    person, chat, topic = _topic(telegram, args)
    topic.is_closed = True
    _say(telegram, person, chat, topic, args, forum_topic_closed={})
    return topic.view()


def reopen_topic(telegram: Telegram, args: Args) -> Json:
    """Open a closed topic again."""
    person, chat, topic = _topic(telegram, args)
    topic.is_closed = False
    _say(telegram, person, chat, topic, args, forum_topic_reopened={})
    return topic.view()


def rename_topic(telegram: Telegram, args: Args) -> Json:
    """Give a topic another name."""
    person, chat, topic = _topic(telegram, args)
    topic.name = args.text("name").strip()[:128] or topic.name
    _say(telegram, person, chat, topic, args, forum_topic_edited={"name": topic.name})
    return topic.view()


def remove_topic(telegram: Telegram, args: Args) -> bool:
    """Delete a topic and all that was said in it."""
    _, chat, topic = _topic(telegram, args)
    if topic.id == GENERAL_TOPIC:
        raise bad_request("the General topic can't be deleted")
    delete_topic(telegram, chat, topic)
    return True


def _topic(telegram: Telegram, args: Args) -> tuple[User, Chat, Topic]:
    person, chat = find_group(telegram, args)
    topic = find_topic(chat, args)
    if topic is None:
        raise ApiError(404, "an action on a topic needs its id, in topic")
    return person, chat, topic


def _say(
    telegram: Telegram, person: User, chat: Chat, topic: Topic, args: Args, **content: Json
) -> None:
    who = sender(telegram, person, chat, args)
    service(telegram, chat, who, person.id, message_thread_id=topic.id, **content)
    publish_topic(telegram, chat, topic)


ACTIONS = {
    "topic": add_topic,
    "close_topic": close_topic,
    "reopen_topic": reopen_topic,
    "rename_topic": rename_topic,
    "delete_topic": remove_topic,
}
