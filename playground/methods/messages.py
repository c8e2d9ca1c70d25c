"""Sending text, and the small things around it: typing, reactions, pins."""

from typing import Any

from playground.access import (
    check_flood,
    check_open,
    check_thread,
    find_message,
    find_writable,
    require,
)
from playground.args import Args
from playground.delivery import post, service
from playground.entities.entity import Entity
from playground.entities.text import Formatted, check_length, read_text
from playground.errors import bad_request
from playground.keyboards import read_markup
from playground.state.chats import GENERAL_TOPIC, Chat
from playground.state.messages import Message
from playground.telegram import Telegram
from playground.wire import Json

LONGEST_TEXT = 4096
CHAT_ACTIONS = {
    "typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice",
    "upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note",
}  # fmt: skip
REACTIONS = set(
    "👍👎🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
) | {"❤", "❤️", "❤‍🔥", "👨‍💻", "🤷‍♂️", "🤷", "🤷‍♀️", "✍️", "☃️", "🕊️", "⚡️"}  # fmt: skip


def send_message(telegram: Telegram, args: Args) -> Json:
    """Send a text; gives the Message."""
    formatted = read_text(args)
    check_length(formatted[0], LONGEST_TEXT, "message is too long")
    content = text_content(telegram, formatted) | preview_options(args)
    return send(telegram, args, content).data


def send(telegram: Telegram, args: Args, content: Json) -> Message:
    """Send any content to the chat, topic and message that the arguments name."""
    markup, keyboard = read_markup(args)
    chat = find_writable(telegram, args)
    thread_id = check_thread(chat, args.integer("message_thread_id"))
    reply_to = _replied(telegram, chat, args)
    if reply_to and not thread_id:
        thread_id = reply_to.data.get("message_thread_id")
    check_open(telegram, chat, thread_id)
    check_flood(telegram, chat)
    if args.flag("protect_content"):
        content["has_protected_content"] = True
    if markup:
        content["reply_markup"] = markup
    return post(
        telegram,
        chat,
        bot_sender(telegram, chat),
        telegram.world.bot.id,
        content,
        thread_id=thread_id,
        reply_to=reply_to,
        keyboard=keyboard,
    )


def bot_sender(telegram: Telegram, chat: Chat) -> Json:
    """Give the fields that say who sent it: the bot, or in a channel the channel."""
    if chat.kind == "channel":
        return {"sender_chat": chat.view()}
    return {"from": telegram.world.bot_view}


def text_content(telegram: Telegram, formatted: Formatted) -> Json:
    """Give a message's text fields."""
    text, entities = formatted
    views = entity_views(telegram, entities)
    return {"text": text, "entities": views} if views else {"text": text}


def entity_views(telegram: Telegram, entities: list[Entity]) -> list[Json]:
    """Give MessageEntity objects; a mention of somebody unknown is dropped."""
    views = []
    for entity in entities:
        view = entity.view()
        if entity.type == "text_mention":
            user = telegram.world.users.get(int(view.pop("user_id")))
            if user is None:
                continue
            view["user"] = user.view()
        views.append(view)
    return views


def preview_options(args: Args) -> Json:
    """Read link_preview_options, or the older disable_web_page_preview, as a Message has them."""
    options = args.object("link_preview_options", "LinkPreviewOptions")
    if options is None and args.flag("disable_web_page_preview"):
        options = {"is_disabled": True}
    known = ("is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text")
    kept = {name: options[name] for name in known if options.get(name)} if options else {}
    return {"link_preview_options": kept} if kept else {}


def _replied(telegram: Telegram, chat: Chat, args: Args) -> Message | None:
    """Find the message to reply to, from reply_parameters or the older reply_to_message_id."""
    parameters: Json = args.object("reply_parameters", "reply parameters") or {
        "message_id": args.integer("reply_to_message_id"),
        "allow_sending_without_reply": args.flag("allow_sending_without_reply"),
    }
    given = Args(parameters)
    message_id = given.integer("message_id")
    if not message_id:
        return None
    found = telegram.world.message(chat, message_id)
    if found is None and not given.flag("allow_sending_without_reply"):
        raise bad_request("message to be replied not found")
    return found


def send_chat_action(telegram: Telegram, args: Args) -> bool:
    """Show that the bot is typing or the like."""
    action = args.text("action").lower()
    require(action in CHAT_ACTIONS, "wrong parameter action in request")
    chat = find_writable(telegram, args)
    thread_id = check_thread(chat, args.integer("message_thread_id"))
    telegram.publish("typing", chat=chat.id, topic=thread_id, action=action)
    return True


def set_message_reaction(telegram: Telegram, args: Args) -> bool:
    """Set the bot's reaction (one emoji at most) or take it back."""
    chat = find_writable(telegram, args)
    message = find_message(telegram, chat, args, "react")
    wanted = args.array("reaction", "reaction type") or []
    if len(wanted) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    reactions = [_reaction(item) for item in wanted]
    set_reaction(telegram, message, telegram.world.bot.id, reactions)
    return True


def set_reaction(telegram: Telegram, message: Message, actor: int, reactions: list[Json]) -> None:
    """Keep somebody's reactions to a message and publish them."""
    kept = dict(message.reactions or {})
    kept.pop(actor, None)
    if reactions:
        kept[actor] = reactions
    message.reactions = kept or None
    telegram.publish(
        "reaction", chat=message.chat_id, message_id=message.id, person=actor, reactions=reactions
    )


def _reaction(item: Any) -> Json:
    if not isinstance(item, dict) or item.get("type") not in ("emoji", "custom_emoji"):
        raise bad_request("REACTION_INVALID")
    if item["type"] == "custom_emoji":
        return {"type": "custom_emoji", "custom_emoji_id": str(item.get("custom_emoji_id", ""))}
    if item.get("emoji") not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    return {"type": "emoji", "emoji": item["emoji"]}


def pin_chat_message(telegram: Telegram, args: Args) -> bool:
    """Pin a message; a service message says so."""
    chat = _pinnable(telegram, args)
    message = find_message(telegram, chat, args, "pin")
    pin(telegram, chat, message, bot_sender(telegram, chat), telegram.world.bot.id)
    return True


def pin(telegram: Telegram, chat: Chat, message: Message, sender: Json, author: int) -> None:
    """Pin a message in somebody's name."""
    if message.id in chat.pinned:
        return
    chat.pinned.append(message.id)
    telegram.publish("pin", chat=chat.id, message_id=message.id, pinned=True)
    thread_id = message.data.get("message_thread_id", GENERAL_TOPIC)
    pinned = {name: value for name, value in message.data.items() if name != "reply_to_message"}
    service(telegram, chat, sender, author, pinned_message=pinned, message_thread_id=thread_id)


def unpin_chat_message(telegram: Telegram, args: Args) -> bool:
    """Unpin a message, the newest pinned one when none is named."""
    chat = _pinnable(telegram, args)
    wanted = args.integer("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if wanted not in chat.pinned:
        raise bad_request("message to unpin not found")
    unpin(telegram, chat, wanted)
    return True


def unpin(telegram: Telegram, chat: Chat, message_id: int) -> None:
    """Unpin one message."""
    chat.pinned.remove(message_id)
    telegram.publish("pin", chat=chat.id, message_id=message_id, pinned=False)


def unpin_all_chat_messages(telegram: Telegram, args: Args) -> bool:
    """Unpin everything in a chat."""
    chat = _pinnable(telegram, args)
    for message_id in list(chat.pinned):
        unpin(telegram, chat, message_id)
    return True


def _pinnable(telegram: Telegram, args: Args) -> Chat:
    chat = find_writable(telegram, args, "can_edit_messages")
    place = chat.member(telegram.world.bot)
    right = "can_edit_messages" if chat.kind == "channel" else "can_pin_messages"
    allowed = chat.kind in ("private", "group") or place.may(right)
    require(allowed, "not enough rights to manage pinned messages in the chat")
    return chat


METHODS = {
    "sendMessage": send_message,
    "sendChatAction": send_chat_action,
    "setMessageReaction": set_message_reaction,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
    "unpinAllChatMessages": unpin_all_chat_messages,
}
