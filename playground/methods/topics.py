"""Topics of forums."""

from playground.access import find_writable, require
from playground.args import Args
from playground.delivery import post
from playground.errors import bad_request
from playground.methods.editing import remove
from playground.methods.messages import bot_sender
from playground.state.chats import GENERAL_TOPIC, TOPIC_COLOUR, Chat, Topic
from playground.telegram import Telegram
from playground.wire import Json

COLOURS = (7322096, 16766590, 13338331, 9367192, 16749490, 16478047)
"""The icon colours the Bot API allows (createForumTopic)."""


def can_manage(telegram: Telegram, chat: Chat, right: str) -> bool:
    """Say whether the bot holds an administrator right; private chats ask for none."""
    return chat.kind == "private" or chat.member(telegram.world.bot).may(right)


def create_forum_topic(telegram: Telegram, args: Args) -> Json:
    """Open a topic; gives the ForumTopic."""
    chat = _forum(telegram, args)
    name = args.text("name").strip()
    require(bool(name), "TOPIC_TITLE_EMPTY")
    colour = args.integer("icon_color", TOPIC_COLOUR)
    require(colour in COLOURS, "TOPIC_ICON_COLOR_INVALID")
    bot_id = telegram.world.bot.id
    return open_topic(telegram, chat, name[:128], colour, bot_sender(telegram, chat), bot_id).view()


def open_topic(
    telegram: Telegram, chat: Chat, name: str, colour: int, sender: Json, author: int
) -> Topic:
    """Open a topic in somebody's name: its id is that of the service message that says so."""
    created = {"forum_topic_created": {"name": name, "icon_color": colour}}
    message = post(telegram, chat, sender, author, created)
    topic = Topic(message.id, name, colour)
    chat.topics[topic.id] = topic
    publish_topic(telegram, chat, topic)
    return topic


def publish_topic(telegram: Telegram, chat: Chat, topic: Topic, *, deleted: bool = False) -> None:
    """Tell the watchers how a topic stands."""
    view = topic.view() | {"is_closed": topic.is_closed, "deleted": deleted}
    telegram.publish("topic", chat=chat.id, topic=view)


def edit_forum_topic(telegram: Telegram, args: Args) -> bool:
    """Rename a topic."""
    chat, topic = _topic(telegram, args)
    name = args.text("name").strip()
    require(name != topic.name, "TOPIC_NOT_MODIFIED")
    topic.name = name[:128] or topic.name
    _say(telegram, chat, topic, forum_topic_edited={"name": topic.name})
    return True


def close_forum_topic(telegram: Telegram, args: Args) -> bool:
    """Close a topic."""
    chat, topic = _topic(telegram, args)
    require(not topic.is_closed, "TOPIC_NOT_MODIFIED")
    topic.is_closed = True
    _say(telegram, chat, topic, forum_topic_closed={})
    return True


def reopen_forum_topic(telegram: Telegram, args: Args) -> bool:
    """Open a closed topic again."""
    chat, topic = _topic(telegram, args)
    require(topic.is_closed, "TOPIC_NOT_MODIFIED")
    topic.is_closed = False
    _say(telegram, chat, topic, forum_topic_reopened={})
    return True


def delete_forum_topic(telegram: Telegram, args: Args) -> bool:
    """Delete a topic with all its messages."""
    chat, topic = _topic(telegram, args)
    delete_topic(telegram, chat, topic)
    return True


def delete_topic(telegram: Telegram, chat: Chat, topic: Topic) -> None:
    """Delete a topic and the messages in it."""
    del chat.topics[topic.id]
    inside = [
        message
        for message in telegram.world.history.of(chat.id)
        if message.data.get("message_thread_id") == topic.id
    ]
    for message in inside:
        remove(telegram, message)
    publish_topic(telegram, chat, topic, deleted=True)


def _say(telegram: Telegram, chat: Chat, topic: Topic, **content: Json) -> None:
    sender, author = bot_sender(telegram, chat), telegram.world.bot.id
    post(telegram, chat, sender, author, dict(content), thread_id=topic.id)
    publish_topic(telegram, chat, topic)


def _forum(telegram: Telegram, args: Args) -> Chat:
    chat = find_writable(telegram, args)
    require(chat.is_forum, "the chat is not a forum")
    if not can_manage(telegram, chat, "can_manage_topics"):
        raise bad_request("not enough rights to create a topic")
    return chat


def _topic(telegram: Telegram, args: Args) -> tuple[Chat, Topic]:
    chat = _forum(telegram, args)
    topic = chat.topics.get(args.integer("message_thread_id"))
    if topic is None or topic.id == GENERAL_TOPIC:
        raise bad_request("TOPIC_ID_INVALID")
    return chat, topic


METHODS = {
    "createForumTopic": create_forum_topic,
    "editForumTopic": edit_forum_topic,
    "closeForumTopic": close_forum_topic,
    "reopenForumTopic": reopen_forum_topic,
    "deleteForumTopic": delete_forum_topic,
}
