"""What operators are to hear of feeds and lists beside those that are late: each trouble once."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.feeds import GIVEN_UP
from papers.calendar import EASTERN
from storage.account import Day, DayState
from storage.store import Store

_RECENT = timedelta(days=3)  # what is older was told, or nobody was there to be told
_BACK = timedelta(days=30)
_READ = (DayState.INGESTED, DayState.FILLED, DayState.HELD)


async def amiss(store: Store, now: datetime, feeds: Collection[str]) -> list[Day]:
    """The days of lists that are held, lack what they always told, or were given up, which only
    `feeds` (those from other servers, by name) are. One that goes on in the same way on the next
    day is not told again."""
    since = now.astimezone(EASTERN).date() - _RECENT
    found = []
    for day in await store.days.untold(since):
        given_up = day.state is DayState.FAILED and day.attempts == GIVEN_UP
        begun = day.category in feeds if given_up else await _begun(store, day)
        if begun and await store.days.tell_operators(day.category, day.day):
            found.append(day)
    return found


async def _begun(store: Store, day: Day) -> bool:
    """Whether a list is held or lacks something, and the one before was in order."""
    if day.state not in _READ:
        return False
    known = await store.days.since(day.category, day.day - _BACK)
    before = [each for each in known if each.day < day.day and each.state in _READ]
    return not before or not before[-1].reason
