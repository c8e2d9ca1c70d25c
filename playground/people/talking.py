"""What people write: text, files, edits, reactions, pins."""

from playground.args import Args
from playground.delivery import post, tell_bot
from playground.entities.text import check_length, read_text
from playground.errors import ApiError, bad_request
from playground.methods.editing import remove, replace_data
from playground.methods.files import caption_content, photo_sizes, store
from playground.methods.messages import LONGEST_TEXT, pin, set_reaction, text_content, unpin
from playground.people.lookup import check_topic, find_message, find_place, find_topic, sender
from playground.state.chats import Chat
from playground.state.messages import Message
from playground.state.users import User
from playground.telegram import Telegram
from playground.wire import Json

FORWARDED = ("text", "entities", "document", "photo", "caption", "caption_entities")


def send(telegram: Telegram, args: Args) -> Json:
    """Write a text (with entities or a parse_mode, if given); gives the Message."""
    person, chat = find_place(telegram, args)
    return say(telegram, person, chat, args.text("text"), args)


def say(telegram: Telegram, person: User, chat: Chat, text: str, args: Args | None = None) -> Json:
    """Let a person write a text; gives the Message."""
    given = Args({**(args.values if args else {}), "text": text})
    formatted = read_text(given)
    check_length(formatted[0], LONGEST_TEXT, "message is too long")
    return write(telegram, person, chat, text_content(telegram, formatted), given)


def write(telegram: Telegram, person: User, chat: Chat, content: Json, args: Args) -> Json:
    """Put what a person wrote into a chat, and tell the bot."""
    _check_may_write(person, chat)
    thread_id = check_topic(chat, person, find_topic(chat, args))
    reply_to = find_message(telegram, chat, args, "reply_to") if args.has("reply_to") else None
    if chat.person:
        person.started = True
    message = post(
        telegram,
        chat,
        sender(telegram, person, chat, args),
        chat.id if chat.kind == "channel" else person.id,
        content,
        thread_id=thread_id or (reply_to.data.get("message_thread_id") if reply_to else None),
        reply_to=reply_to,
    )
    tell_bot(telegram, chat, message)
    return message.data


def _check_may_write(person: User, chat: Chat) -> None:
    if chat.person and person.blocked:
        raise bad_request(f"{person.first_name} has blocked the bot")
    if chat.kind == "channel" and not chat.member(person).may("can_post_messages"):
        raise ApiError(403, f"{person.first_name} may not post in this channel")


def send_document(telegram: Telegram, args: Args) -> Json:
    """Send a file: the form's file field `document`."""
    person, chat = find_place(telegram, args)
    upload = args.uploads.get("document")
    if upload is None or not upload.content:
        raise bad_request("a file is needed, in the form field document")
    content = {"document": store(telegram, "documents", upload).document()}
    return write(telegram, person, chat, content | caption_content(telegram, args), args)


def send_photo(telegram: Telegram, args: Args) -> Json:
    """Send a picture: the form's file field `photo`."""
    person, chat = find_place(telegram, args)
    upload = args.uploads.get("photo")
    if upload is None or not upload.content:
        raise bad_request("a picture is needed, in the form field photo")
    content = {"photo": photo_sizes(store(telegram, "photos", upload))}
    return write(telegram, person, chat, content | caption_content(telegram, args), args)


def forward(telegram: Telegram, args: Args) -> Json:
    """Forward a message `message` of `from_chat` into `chat`."""
    person, chat = find_place(telegram, args)
    source = telegram.world.chats.get(args.integer("from_chat"))
    if source is None:
        raise ApiError(404, f"no chat has the id {args.text('from_chat')}")
    original = find_message(telegram, source, args).data
    content = {name: original[name] for name in FORWARDED if name in original}
    return write(telegram, person, chat, {"forward_origin": _origin(original), **content}, args)


def _origin(original: Json) -> Json:
    date = {"date": original["date"]}
    if "from" in original and "sender_chat" not in original:
        return {"type": "user", **date, "sender_user": original["from"]}
    chat = original["sender_chat"]
    if chat["type"] == "channel":
        return {"type": "channel", **date, "chat": chat, "message_id": original["message_id"]}
    return {"type": "chat", **date, "sender_chat": chat}


def edit(telegram: Telegram, args: Args) -> Json:
    """Write one's own message anew; gives the Message."""
    _, chat, message = _own(telegram, args)
    formatted = read_text(args)
    kept = {n: v for n, v in message.data.items() if n not in ("text", "entities")}
    data = kept | {"edit_date": telegram.now()} | text_content(telegram, formatted)
    replace_data(telegram, message, data)
    tell_bot(telegram, chat, message, edited=True)
    return message.data


def delete(telegram: Telegram, args: Args) -> bool:
    """Delete a message: one's own, or any in a private chat or where one runs the chat."""
    person, chat = find_place(telegram, args)
    message = find_message(telegram, chat, args)
    if not (message.author == person.id or chat.person or chat.member(person).is_admin):
        raise ApiError(403, f"{person.first_name} may not delete this message")
    remove(telegram, message)
    return True


def _own(telegram: Telegram, args: Args) -> tuple[User, Chat, Message]:
    person, chat = find_place(telegram, args)
    message = find_message(telegram, chat, args)
    owns = message.author == person.id
    if not owns and not (chat.kind == "channel" and chat.member(person).may("can_edit_messages")):
        raise ApiError(403, f"{person.first_name} did not write this message")
    return person, chat, message


def react(telegram: Telegram, args: Args) -> bool:
    """React to a message with a list of emoji; an empty one takes the reaction back."""
    person, chat = find_place(telegram, args)
    message = find_message(telegram, chat, args)
    emoji = args.array("emoji") or []
    new = [{"type": "emoji", "emoji": str(symbol)} for symbol in emoji]
    old = (message.reactions or {}).get(person.id, [])
    set_reaction(telegram, message, person.id, new)
    if chat.kind == "channel":
        _tell_counts(telegram, chat, message)
    elif chat.person or chat.member(telegram.world.bot).is_admin:
        change = {
            "chat": chat.view(),
            "message_id": message.id,
            **_actor(person, chat),
            "date": telegram.now(),
            "old_reaction": old,
            "new_reaction": new,
        }
        telegram.updates.add("message_reaction", change)
    return True


def _actor(person: User, chat: Chat) -> Json:
    if chat.member(person).is_anonymous:
        return {"actor_chat": chat.view()}
    return {"user": person.view()}


def _tell_counts(telegram: Telegram, chat: Chat, message: Message) -> None:
    """In channels reactions have no names, so only their numbers are told."""
    if not chat.member(telegram.world.bot).is_admin:
        return
    emoji = [r["emoji"] for given in (message.reactions or {}).values() for r in given]
    counts = [
        {"type": {"type": "emoji", "emoji": symbol}, "total_count": emoji.count(symbol)}
        for symbol in dict.fromkeys(emoji)
    ]
    change = {"chat": chat.view(), "message_id": message.id, "date": telegram.now()}
    telegram.updates.add("message_reaction_count", change | {"reactions": counts})


def pin_message(telegram: Telegram, args: Args) -> bool:
    """Pin a message."""
    person, chat = find_place(telegram, args)
    message = find_message(telegram, chat, args)
    pin(telegram, chat, message, sender(telegram, person, chat, args), person.id)
    return True


def unpin_message(telegram: Telegram, args: Args) -> bool:
    """Unpin a message."""
    _, chat = find_place(telegram, args)
    message = find_message(telegram, chat, args)
    if message.id not in chat.pinned:
        raise bad_request("this message is not pinned")
    unpin(telegram, chat, message.id)
    return True


ACTIONS = {
    "send": send,
    "document": send_document,
    "photo": send_photo,
    "forward": forward,
    "edit": edit,
    "delete": delete,
    "react": react,
    "pin": pin_message,
    "unpin": unpin_message,
}
