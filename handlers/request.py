"""What a person asked, freed of Telegram's shapes: who, where, with which words; and how to answer.

Messages, channel posts and button presses all become a Request, so that commands and buttons are
plain functions of it.
"""

from dataclasses import dataclass

from telegram import Chat as TelegramChat
from telegram import InlineKeyboardMarkup, LinkPreviewOptions, Message, Update
from telegram.constants import ChatMemberStatus, ChatType, ParseMode
from telegram.error import BadRequest

from handlers.desk import Context, Desk
from handlers.html import Html
from storage.store import Chat

_ANONYMOUS_ADMIN = 1087968824  # Telegram's GroupAnonymousBot: speaks in a group for its admins


@dataclass(frozen=True)
class Request:
    """One command, pasted text or button press."""

    desk: Desk
    chat: Chat
    text: str
    message: Message
    person: int | None
    context: Context
    pressed: str | None = None  # the id of the callback query, when a button was pressed

    @property
    def private(self) -> bool:
        """Whether this is a conversation between two."""
        return self.chat.kind == "private"

    async def reply(self, html: Html, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Answer with a new message, in the topic that was asked in."""
        await self.context.bot.send_message(
            self.chat.id,
            html.html,
            parse_mode=ParseMode.HTML,
            message_thread_id=topic_of(self.message),
            reply_markup=keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def edit(self, html: Html, keyboard: InlineKeyboardMarkup | None = None) -> None:
        """Put another text in the place of the message whose button was pressed."""
        try:
            await self.context.bot.edit_message_text(
                html.html,
                chat_id=self.chat.id,
                message_id=self.message.message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=keyboard,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except BadRequest as error:
            if "not modified" not in error.message.lower():  # a second press on the same button
                raise

    async def toast(self, text: str = "") -> None:
        """Answer a button press, which otherwise keeps its waiting mark; no text, no toast."""
        if self.pressed is None:
            return
        try:
            await self.context.bot.answer_callback_query(self.pressed, text[:200] or None)
        except BadRequest as error:
            if "too old" not in error.message.lower():  # pressed before a restart: nobody waits
                raise

    async def may_change(self) -> bool:
        """Whether this person may change the chat's profile: in groups, only its admins."""
        if self.private or (self.chat.kind == "channel" and self.pressed is None):
            return True
        speaker = self.message.sender_chat
        if self.pressed is None and speaker is not None:
            return self.person == _ANONYMOUS_ADMIN and speaker.id == self.chat.id
        if self.person is None:
            return False
        member = await self.context.bot.get_chat_member(self.chat.id, self.person)
        return member.status in (ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.OWNER)


def request_of(update: Update, context: Context, text: str) -> Request | None:
    """The request in a message or channel post, with `text` as its words."""
    message = update.effective_message
    if message is None:
        return None
    user = update.effective_user
    person = user.id if user else None
    chat = chat_of(message.chat, topic_of(message))
    return Request(context.desk, chat, readable(text), message, person, context)


def press_of(update: Update, context: Context, text: str) -> Request | None:
    """The request in a button press; None when its message is too old to be touched."""
    query = update.callback_query
    if query is None or not isinstance(query.message, Message):
        return None
    chat = chat_of(query.message.chat, topic_of(query.message))
    return Request(context.desk, chat, text, query.message, query.from_user.id, context, query.id)


def chat_of(chat: TelegramChat, topic: int | None = None) -> Chat:
    """A chat as storage keeps it."""
    kind = chat.type if chat.type != ChatType.SENDER else ChatType.PRIVATE
    return Chat(chat.id, str(kind), readable(chat.effective_name or ""), topic)


def topic_of(message: Message) -> int | None:
    """The forum topic of a message. (A plain reply's thread is none, and the general topic's id
    must not be named when sending.)"""
    return message.message_thread_id if message.is_topic_message else None


def readable(text: str) -> str:
    """Text without what neither UTF-8 nor SQLite can hold: lone surrogates and NUL."""
    return "".join(c for c in text if c != "\0" and not "\ud800" <= c <= "\udfff")
