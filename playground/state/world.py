"""The people, chats and messages there are, and their ids. Pure: time comes in as an argument."""

import itertools

from playground.state.chats import Chat, Kind
from playground.state.members import Member
from playground.state.messages import History, Message
from playground.state.users import User, anonymous_admin
from playground.wire import Json

SUPERGROUP_BASE = -1_000_000_000_000
"""Ids of supergroups and channels start with -100 (Bot API)."""
FIRST_USER_ID = 560_458_502
FIRST_GROUP_ID = 318_240_617
FIRST_SUPERGROUP_ID = 1_290_251_732


class World:
    """Everything there is, found by its id. One bot lives in it."""

    def __init__(self, bot: User, capacity: int) -> None:
        self.bot = bot
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.history = History(capacity)
        self.anonymous = anonymous_admin()
        self.bot_view: Json = bot.view()
        self._user_ids = itertools.count(FIRST_USER_ID, 7919)
        self._group_ids = itertools.count(FIRST_GROUP_ID, 104_729)
        self._super_ids = itertools.count(FIRST_SUPERGROUP_ID, 1_299_709)
        self._message_ids: dict[int, itertools.count[int]] = {}

    def add_user(self, first_name: str, last_name: str = "", username: str = "") -> User:
        """Open an account."""
        user = User(next(self._user_ids), first_name, last_name, username)
        self.users[user.id] = user
        return user

    def private_chat(self, user: User) -> Chat:
        """Give the chat between a person and the bot, opening it if need be."""
        if user.id not in self.chats:
            self.chats[user.id] = Chat(user.id, "private", person=user)
        return self.chats[user.id]

    def add_chat(self, kind: Kind, title: str, creator: User, username: str = "") -> Chat:
        """Make a group, supergroup or channel that `creator` runs."""
        is_group = kind == "group"
        number = -next(self._group_ids) if is_group else SUPERGROUP_BASE - next(self._super_ids)
        chat = Chat(number, kind, title, username)
        chat.members[creator.id] = Member(creator, "creator")
        self.chats[chat.id] = chat
        return chat

    def chat_named(self, username: str) -> Chat | None:
        """Find a supergroup, channel or group by its public name (no "@", any case)."""
        wanted = username.lower()
        return next((c for c in self.chats.values() if c.username.lower() == wanted), None)

    def user_named(self, username: str) -> User | None:
        """Find an account by its public name (no "@", any case)."""
        wanted = username.lower()
        return next((u for u in self.users.values() if u.username.lower() == wanted), None)

    def next_message_id(self, chat: Chat) -> int:
        """Give the next message id: supergroups and channels count by themselves, and all private
        chats and groups count together, since there ids belong to the bot's own account."""
        counter = chat.id if chat.id <= SUPERGROUP_BASE else 0
        return next(self._message_ids.setdefault(counter, itertools.count(1)))

    def message(self, chat: Chat, message_id: int) -> Message | None:
        """Find a message of a chat."""
        return self.history.get(chat.id, message_id)
