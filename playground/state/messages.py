"""Messages and their bounded history. Pure."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from playground.wire import Json


@dataclass(slots=True)
class Message:
    """A message: `data` is the Bot API's Message object, the rest is what that leaves out."""

    chat_id: int
    id: int
    data: Json
    author: int
    """Who wrote it: a user's id, or a channel's for its posts."""
    reactions: dict[int, list[Json]] | None = None


class History:
    """The messages of all chats. Beyond `capacity` the oldest fall out, so memory stays bounded."""

    def __init__(self, capacity: int) -> None:
        self._capacity = capacity
        self._chats: dict[int, dict[int, Message]] = {}
        self._order: deque[tuple[int, int]] = deque()

    def add(self, message: Message) -> None:
        """Keep a message, and let go of the oldest one when there are too many."""
        self._chats.setdefault(message.chat_id, {})[message.id] = message
        self._order.append((message.chat_id, message.id))
        while len(self._order) > self._capacity:
            chat_id, message_id = self._order.popleft()
            self._chats[chat_id].pop(message_id, None)

    def get(self, chat_id: int, message_id: int) -> Message | None:
        """Find a message, or None when it was deleted, fell out or never was."""
        return self._chats.get(chat_id, {}).get(message_id)

    def remove(self, message: Message) -> None:
        """Forget a message (what is left in the order falls out in its time)."""
        self._chats[message.chat_id].pop(message.id, None)

    def of(self, chat_id: int) -> Iterator[Message]:
        """Go through a chat's messages, newest first."""
        return reversed(self._chats.get(chat_id, {}).values())
