"""What every handler may use: the store, the clock, and the newest day ready to be matched."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from telegram.ext import CallbackContext, ExtBot

from papers.matching import DayIndex, index
from storage.store import Store

Clock = Callable[[], datetime]


@dataclass
class Desk:
    """The handlers' services. One a program; kept in the application's `bot_data`."""

    store: Store
    clock: Clock
    _days: dict[date, tuple[tuple[str, ...], DayIndex]] = field(default_factory=dict)

    async def day(self, day: date) -> DayIndex:
        """The papers announced on `day`, indexed; kept until another day is asked for."""
        papers = await self.store.digests.papers(day)
        ids = tuple(paper.id for paper in papers)
        kept = self._days.get(day)
        if kept is None or kept[0] != ids:
            indexed = await asyncio.to_thread(index, papers)
            self._days = {day: (ids, indexed)}
            return indexed
        return kept[1]


class Context(CallbackContext[ExtBot[None], dict[str, Any], dict[str, Any], dict[str, Any]]):
    """python-telegram-bot's context, with the desk at hand."""

    @property
    def desk(self) -> Desk:
        """The services of this program."""
        desk: Desk = self.application.bot_data["desk"]
        return desk
