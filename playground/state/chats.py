"""Chats, their members and topics. Pure."""

from dataclasses import dataclass, field
from typing import Literal

from playground.state.members import Member
from playground.state.users import User
from playground.wire import Json, present

Kind = Literal["private", "group", "supergroup", "channel"]
GENERAL_TOPIC = 1
TOPIC_COLOUR = 7322096
"""0x6FB9F0, the first of the six colours the Bot API allows for a topic's icon."""


@dataclass(slots=True)
class Topic:
    """A topic of a forum; its id is that of the service message that opened it."""

    id: int
    name: str
    icon_color: int = TOPIC_COLOUR
    is_closed: bool = False

    def view(self) -> Json:
        """Give the Bot API's ForumTopic object."""
        return {"message_thread_id": self.id, "name": self.name, "icon_color": self.icon_color}


@dataclass(slots=True)
class Chat:
    """A conversation. `id` is the bot's: a person's own, -N for a group, -100N for others."""

    id: int
    kind: Kind
    title: str = ""
    username: str = ""
    is_forum: bool = False
    description: str = ""
    members: dict[int, Member] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    pinned: list[int] = field(default_factory=list)
    migrated_to: int | None = None
    keyboard: Json | None = None
    """The reply keyboard that shows below the chat."""
    person: User | None = None
    """The other side, in a private chat."""

    def view(self) -> Json:
        """Give the Bot API's Chat object."""
        if self.person:
            return {"id": self.id, **self.person.named(), "type": "private"}
        fields = present(username=self.username, is_forum=self.is_forum)
        return {"id": self.id, "title": self.title, "type": self.kind, **fields}

    def label(self) -> str:
        """Name the kind of chat as error texts do ("group chat", "channel chat", ...)."""
        return f"{self.kind} chat"

    def member(self, user: User) -> Member:
        """Give the user's place here; who never came in has left."""
        return self.members.get(user.id) or Member(user, "left")

    def admins(self) -> list[Member]:
        """List those who run the chat, creator first."""
        found = [member for member in self.members.values() if member.is_admin]
        return sorted(found, key=lambda member: member.status != "creator")

    def counted(self) -> int:
        """Count the members (both sides, in a private chat)."""
        if self.person:
            return 2
        return sum(member.is_in for member in self.members.values())
