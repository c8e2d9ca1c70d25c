"""What may be asked of the papers that chats have saved."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from papers.paper import Paper


class Shelf(Protocol):
    """The papers each chat has put aside."""

    async def has(self, chat: int, paper: str) -> bool:
        """Whether the chat has saved the paper with this id."""

    async def put(self, chat: int, paper: str, now: datetime) -> bool:
        """Save a paper; False when there is no such paper or chat."""

    async def take(self, chat: int, paper: str) -> None:
        """Let go of a saved paper."""

    async def papers(self, chat: int) -> Sequence[Paper]:
        """What a chat has saved, the newest first."""


class Shelved(Protocol):
    """A store that has a shelf."""

    @property
    def shelf(self) -> Shelf:
        """The saved papers."""
