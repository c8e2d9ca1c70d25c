"""When a chat wants its message: the hour in its zone, on which weekdays. No clock: `now` is given.

A chat gets one message per local date. Whether a date is done is told by the message that was sent
on it, never by a timer: so daylight saving neither doubles nor drops one, and a machine that was
down catches up.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

EVERY_DAY = frozenset(range(7))
_LATE = timedelta(hours=4)  # what arrives this long after the hour still comes on the same day
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """`at` is the hour in `zone` (an IANA name); None stands for "on arrival". `days` are weekdays,
    0 for Monday; they matter only where there is an hour.

    Who never said gets papers on arrival: Telegram tells nobody's time zone, and an hour that is
    wrong for most is worse than none.
    """

    at: time | None = None
    zone: str = "UTC"
    days: frozenset[int] = EVERY_DAY


def slot(hours: Hours, day: date) -> datetime:
    """The one instant (UTC) at which the chat's hour comes on the local date `day`: the first of
    two where the clock is put back, and as long after midnight where it is put forward over it."""
    return datetime.combine(day, hours.at or time(), ZoneInfo(hours.zone)).astimezone(UTC)


def due(hours: Hours, now: datetime, last: datetime | None) -> datetime:
    """When (UTC) matches found at `now` are to come, if the chat's last message was sent at `last`.

    At once when it wants them on arrival, or when its hour of today is past, but by no more than
    four hours, and today's message has not been sent.
    """
    if hours.at is None:
        return now
    zone = ZoneInfo(hours.zone)
    done = last.astimezone(zone).date() if last else date.min
    day = now.astimezone(zone).date()
    while day <= done or day.weekday() not in hours.days or slot(hours, day) + _LATE < now:
        day += _DAY
    return max(slot(hours, day), now)
