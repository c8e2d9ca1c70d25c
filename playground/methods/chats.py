"""Chats and who is in them."""

from playground.access import check_membership, find_chat, find_user, find_writable, require
from playground.args import Args
from playground.errors import bad_request
from playground.membership import move
from playground.methods.topics import can_manage
from playground.state.chats import Chat
from playground.telegram import Telegram
from playground.wire import Json, present

PERMISSIONS = (
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_react_to_messages",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
)
ADMIN_ONLY = ("can_change_info", "can_pin_messages", "can_manage_topics")
NO_GIFTS = dict.fromkeys(
    (
        "unlimited_gifts",
        "limited_gifts",
        "unique_gifts",
        "premium_subscription",
        "gifts_from_channels",
    ),
    False,
)


def get_chat(telegram: Telegram, args: Args) -> Json:
    """Give a ChatFullInfo object."""
    chat = find_chat(telegram, args)
    info: Json = {
        **chat.view(),
        "accent_color_id": abs(chat.id) % 7,
        "max_reaction_count": 11,
        "accepted_gift_types": NO_GIFTS,
    }
    if chat.username or (chat.person and chat.person.username):
        info["active_usernames"] = [info["username"]]
    if chat.kind in ("group", "supergroup"):
        info["permissions"] = {name: name not in ADMIN_ONLY for name in PERMISSIONS}
    pinned = telegram.world.message(chat, chat.pinned[-1]) if chat.pinned else None
    return info | present(description=chat.description, pinned_message=pinned and pinned.data)


def get_chat_member(telegram: Telegram, args: Args) -> Json:
    """Give one person's place in a chat."""
    chat = find_chat(telegram, args)
    user = find_user(telegram, args)
    if chat.person and user.id not in (chat.person.id, telegram.world.bot.id):
        raise bad_request("user not found")
    return {"user": user.view(), "status": "member"} if chat.person else chat.member(user).view()


def get_chat_administrators(telegram: Telegram, args: Args) -> list[Json]:
    """List those who run a chat, without the bots that are not this one."""
    chat = find_chat(telegram, args)
    require(chat.person is None, "there are no administrators in the private chat")
    return [member.view() for member in chat.admins()]


def get_chat_member_count(telegram: Telegram, args: Args) -> int:
    """Count a chat's members."""
    return find_chat(telegram, args).counted()


def leave_chat(telegram: Telegram, args: Args) -> bool:
    """Let the bot leave a group or channel."""
    chat = find_chat(telegram, args)
    require(chat.person is None, "chat member status can't be changed in private chats")
    check_membership(telegram, chat)
    move(telegram, chat, telegram.world.bot, "left", by=telegram.world.bot)
    return True


def set_chat_title(telegram: Telegram, args: Args) -> bool:
    """Rename a group or channel."""
    chat = _changeable(telegram, args)
    title = args.text("title").strip()
    require(bool(title), "CHAT_TITLE_EMPTY")
    chat.title = title[:128]
    telegram.publish("chat", chat=chat.view())
    return True


def set_chat_description(telegram: Telegram, args: Args) -> bool:
    """Describe a group or channel in other words."""
    chat = _changeable(telegram, args)
    description = args.text("description")
    require(description != chat.description, "chat description is not modified")
    chat.description = description[:255]
    telegram.publish("chat", chat=chat.view())
    return True


def _changeable(telegram: Telegram, args: Args) -> Chat:
    chat = find_writable(telegram, args, "can_change_info")
    require(chat.person is None, "method is available only for groups and channels")
    require(can_manage(telegram, chat, "can_change_info"), "not enough rights to change chat info")
    return chat


METHODS = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": get_chat_administrators,
    "getChatMemberCount": get_chat_member_count,
    "getChatMembersCount": get_chat_member_count,
    "leaveChat": leave_chat,
    "setChatTitle": set_chat_title,
    "setChatDescription": set_chat_description,
}
