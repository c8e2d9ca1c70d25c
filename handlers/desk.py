"""What every handler may use: the store, the clock, and the newest day ready to be matched."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from telegram.ext import CallbackContext, ExtBot

from handlers.entries import Entries
from papers.matching import DayIndex, index
from papers.paper import Paper
from storage.store import Store

Clock = Callable[[], datetime]

_KEPT = 8  # days indexed, for as many choices of categories


@dataclass
class Desk:
    """The handlers' services. One a program; kept in the application's `bot_data`."""

    store: Store
    clock: Clock
    entries: Entries = field(default_factory=Entries)
    _days: dict[tuple[str, ...], tuple[tuple[Paper, ...], DayIndex]] = field(default_factory=dict)

    async def day(self, day: date, within: tuple[str, ...] = ()) -> DayIndex:
        """The papers announced on `day` in these categories (or any), indexed; the last few that
        were asked for are kept, for as long as their papers stay as they are."""
        papers = tuple(await self.store.digests.papers(day, within))
        key = (day.isoformat(), *within)
        kept = self._days.pop(key, None)
        if kept is None or kept[0] != papers:
            kept = (papers, await asyncio.to_thread(index, papers))
        self._days[key] = kept
        for oldest in list(self._days)[:-_KEPT]:
            del self._days[oldest]
        return kept[1]


class Context(CallbackContext[ExtBot[None], dict[str, Any], dict[str, Any], dict[str, Any]]):
    """python-telegram-bot's context, with the desk at hand."""

    @property
    def desk(self) -> Desk:
        """The services of this program."""
        desk: Desk = self.application.bot_data["desk"]
        return desk
