"""Changing and deleting messages."""

from playground.access import (
    check_flood,
    find_message,
    find_writable,
    require,
)
from playground.args import Args
from playground.entities.text import check_length, read_text
from playground.errors import bad_request
from playground.keyboards import read_markup
from playground.methods.files import caption_content
from playground.methods.messages import LONGEST_TEXT, preview_options, text_content
from playground.state.chats import Chat
from playground.state.messages import Message
from playground.telegram import Telegram
from playground.wire import Json

DELETABLE_SECONDS = 48 * 3600
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
EDITED_FIELDS = ("text", "entities", "link_preview_options", "caption", "caption_entities")


def edit_message_text(telegram: Telegram, args: Args) -> Json | bool:
    """Give a message another text and keyboard; gives the Message (True for an inline one)."""
    formatted = read_text(args)
    check_length(formatted[0], LONGEST_TEXT, "MESSAGE_TOO_LONG")
    markup, _ = read_markup(args)
    chat, message = _editable(telegram, args)
    require("text" in message.data, "there is no text in the message to edit")
    content = text_content(telegram, formatted) | preview_options(args)
    return _edit(telegram, args, chat, message, content, markup)


def edit_message_caption(telegram: Telegram, args: Args) -> Json | bool:
    """Give a document or picture another caption."""
    markup, _ = read_markup(args)
    chat, message = _editable(telegram, args)
    require("text" not in message.data, "there is no caption in the message to edit")
    return _edit(telegram, args, chat, message, caption_content(telegram, args), markup)


def edit_message_reply_markup(telegram: Telegram, args: Args) -> Json | bool:
    """Give a message another inline keyboard, or none."""
    markup, _ = read_markup(args)
    chat, message = _editable(telegram, args)
    content = {name: message.data[name] for name in EDITED_FIELDS if name in message.data}
    return _edit(telegram, args, chat, message, content, markup)


def _editable(telegram: Telegram, args: Args) -> tuple[Chat, Message]:
    """Find the bot's own message that is to change, in a chat or sent by inline mode."""
    inline_id = args.text("inline_message_id")
    if inline_id:
        sent = telegram.inline_messages.get(inline_id)
        if (
            sent is None
            or telegram.world.message(telegram.world.chats[sent.chat_id], sent.id) is None
        ):
            raise bad_request("MESSAGE_ID_INVALID")
        chat = telegram.world.chats[sent.chat_id]
        return chat, telegram.world.history.get(chat.id, sent.id) or sent
    chat = find_writable(telegram, args, "can_edit_messages")
    message = find_message(telegram, chat, args, "edit")
    if message.author != telegram.world.bot.id and chat.kind != "channel":
        raise bad_request("message can't be edited")
    return chat, message


def _edit(
    telegram: Telegram,
    args: Args,
    chat: Chat,
    message: Message,
    content: Json,
    markup: Json | None,
) -> Json | bool:
    """Replace content and keyboard, or refuse when nothing would change."""
    before = message.data
    wanted = content | ({"reply_markup": markup} if markup else {})
    if wanted == {n: before[n] for n in (*EDITED_FIELDS, "reply_markup") if n in before}:
        raise bad_request(NOT_MODIFIED)
    check_flood(telegram, chat)
    kept = {n: v for n, v in before.items() if n not in EDITED_FIELDS and n != "reply_markup"}
    replace_data(telegram, message, kept | {"edit_date": telegram.now()} | wanted)
    return True if args.text("inline_message_id") else message.data


def replace_data(telegram: Telegram, message: Message, data: Json) -> None:
    """Let a message read differently from now on; what was published stays as it was."""
    message.data = data
    telegram.publish("edited", chat=message.chat_id, message=data)


def delete_message(telegram: Telegram, args: Args) -> bool:
    """Delete one message."""
    chat = find_writable(telegram, args, "can_delete_messages")
    message = find_message(telegram, chat, args, "delete")
    if not _may_delete(telegram, chat, message):
        raise bad_request("message can't be deleted for everyone")
    remove(telegram, message)
    return True


def delete_messages(telegram: Telegram, args: Args) -> bool:
    """Delete up to 100 messages; those that are not there are passed over."""
    chat = find_writable(telegram, args, "can_delete_messages")
    for message_id in args.array("message_ids", "message_ids") or []:
        message = telegram.world.message(chat, Args({"id": message_id}).integer("id"))
        if message and _may_delete(telegram, chat, message):
            remove(telegram, message)
    return True


def _may_delete(telegram: Telegram, chat: Chat, message: Message) -> bool:
    """The rules of the Bot API's deleteMessage: 48 hours, and rights for what others wrote."""
    if telegram.now() - message.data["date"] > DELETABLE_SECONDS and chat.kind != "channel":
        return False
    place = chat.member(telegram.world.bot)
    is_own = message.author == telegram.world.bot.id
    return is_own or chat.kind == "private" or place.may("can_delete_messages")


def remove(telegram: Telegram, message: Message) -> None:
    """Delete a message and publish it."""
    chat = telegram.world.chats[message.chat_id]
    telegram.world.history.remove(message)
    if message.id in chat.pinned:
        chat.pinned.remove(message.id)
    telegram.publish("deleted", chat=message.chat_id, message_id=message.id)


METHODS = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
}
