"""arXiv's announcement calendar: which days have a batch, when it is due, whose papers are in it.

arXiv announces at 20:00 US Eastern, Sunday to Thursday. Its feeds show a batch from the midnight
after, dated with that next day, for that day only: what is announced on Sunday evening is Monday's
list. So the announcement *day* used throughout is that date, and it runs from Monday to Friday.

A holiday of arXiv defers the mailing that would follow it: the list of the next weekday is empty
and its papers come a list later (after Friday 19 June 2026 there was no list on Monday 22 June).
Sources: info.arxiv.org/help/availability.html; the schedule and the holidays' effect agree with
the days on which 74,728 real papers appeared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

EASTERN = ZoneInfo("America/New_York")
_DAY = timedelta(days=1)
_EVENING = time(20)
_CUTOFF = time(14)
_MONDAY, _THURSDAY, _FRIDAY, _SATURDAY = 0, 3, 4, 5

HOLIDAYS: Mapping[int, frozenset[tuple[int, int]]] = MappingProxyType(
    {  # year: (month, day), as arXiv publishes them; December 2025's from the records seen
        2023: frozenset({(1, 16), (6, 14), (6, 19), (7, 4), (9, 4), (11, 23), (12, 25), (12, 27)}),
        2024: frozenset(
            {(1, 15), (5, 22), (6, 19), (7, 4), (9, 2), (11, 28), (12, 25), (12, 26), (12, 31)}
        ),
        2025: frozenset({(1, 1), (1, 20), (6, 19), (7, 6), (9, 1), (11, 27), (12, 25), (12, 30)}),
        2026: frozenset(
            {(1, 1), (1, 19), (6, 19), (7, 3), (9, 7), (11, 26), (12, 25), (12, 29), (12, 31)}
        ),
    }
)
_EVERY_YEAR = frozenset({(1, 1), (6, 19), (7, 4), *((12, day) for day in range(24, 32))})
_NTH_WEEKDAY = frozenset({(1, _MONDAY, 3), (9, _MONDAY, 1), (11, _THURSDAY, 4)})


@dataclass(frozen=True)
class Calendar:
    """arXiv's calendar. `holidays` gives (month, day) pairs by year; a year that it lacks has none
    that are known, and `excused` then covers for the usual ones of the United States."""

    holidays: Mapping[int, frozenset[tuple[int, int]]] = field(default_factory=lambda: HOLIDAYS)

    def expected(self, day: date) -> bool:
        """Whether arXiv announces a list dated `day`."""
        return day.weekday() < _SATURDAY and not any(map(self._holiday, _gap(day)))

    def excused(self, day: date) -> bool:
        """Whether nothing on `day` is no reason for alarm: none is expected, or it follows what is
        usually a holiday in a year of which arXiv's list is not known."""
        return not self.expected(day) or any(
            each.year not in self.holidays and _usual_holiday(each) for each in _gap(day)
        )

    def next_expected(self, after: date) -> date:
        """The first day later than `after` with a list."""
        return self._next(after, _DAY)

    def last_expected(self, before: date) -> date:
        """The last day earlier than `before` with a list."""
        return self._next(before, -_DAY)

    def latest_due(self, now: datetime) -> date:
        """The last day whose list is due at the aware time `now`."""
        return self.last_expected(now.astimezone(EASTERN).date() + _DAY)

    def window(self, day: date) -> tuple[datetime, datetime]:
        """From when until when (aware) papers were submitted that are new in the list of `day`,
        unless moderation held them back."""
        return _cutoff(self.last_expected(day)), _cutoff(day)

    def _next(self, day: date, step: timedelta) -> date:
        day += step
        while not self.expected(day):
            day += step
        return day

    def _holiday(self, day: date) -> bool:
        return (day.month, day.day) in self.holidays.get(day.year, ())


def announced_at(day: date) -> datetime:
    """When the list dated `day` is announced (aware): at 20:00 in New York, the evening before.
    From then on the query API and the website have it."""
    return datetime.combine(day - _DAY, _EVENING, EASTERN)


def due_at(day: date) -> datetime:
    """When the feeds turn over to the list dated `day` (aware): at midnight in New York. They keep
    it until the next midnight, and never show it again."""
    return datetime.combine(day, time(), EASTERN)


def _gap(day: date) -> list[date]:
    """The days from the weekday before `day` up to the day before: one, or three for a Monday."""
    return [day - _DAY * back for back in range(1, 4 if day.weekday() == _MONDAY else 2)]


def _cutoff(day: date) -> datetime:
    """The deadline for the list of `day`: 14:00 on the weekday before."""
    return datetime.combine(_gap(day)[-1], _CUTOFF, EASTERN)


def _usual_holiday(day: date) -> bool:
    nth = (day.month, day.weekday(), (day.day + 6) // 7)
    if (day.month, day.day) in _EVERY_YEAR or nth in _NTH_WEEKDAY:
        return True
    eve = day - _DAY  # a holiday on a Sunday is kept on the Monday
    return day.weekday() == _MONDAY and (eve.month, eve.day) in _EVERY_YEAR
