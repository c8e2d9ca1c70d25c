"""What happens to chats: Paperboy is blocked and unblocked, added and removed, groups move."""

from telegram import ChatMember, ChatMemberUpdated, Message

from handlers.desk import Desk
from handlers.request import chat_of

_OUT = (ChatMember.BANNED, ChatMember.LEFT)


async def membership(desk: Desk, change: ChatMemberUpdated) -> None:
    """Paperboy's own standing in a chat changed: it goes quiet there, or comes back.

    Whether it may write there now is not asked: the next alert finds out.
    """
    if change.new_chat_member.status in _OUT:
        await desk.store.subscribers.lose(change.chat.id)
    else:
        await desk.store.subscribers.back(change.chat.id)


async def moved(desk: Desk, message: Message) -> None:
    """A group became a supergroup; Telegram says so in both, in either order."""
    if message.migrate_to_chat_id:
        await desk.store.subscribers.migrate(message.chat.id, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id:
        await desk.store.subscribers.migrate(message.migrate_from_chat_id, chat_of(message.chat).id)
