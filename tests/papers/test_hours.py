"""When messages fall due: once per local date, whatever clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.hours import Hours, due, slot

HOUR = timedelta(hours=1)
ZONES = sorted(available_timezones() - {"localtime", "Factory"})


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "now", "last", "expected"),
    [
        # on arrival is at once
        (Hours(), "2026-04-20 04:05", "2026-04-20 04:00", "2026-04-20 04:05"),
        # before the hour, after it, long after it (Berlin is two hours ahead in April)
        (Hours(time(8), "Europe/Berlin"), "2026-04-20 04:05", None, "2026-04-20 06:00"),
        (Hours(time(8), "Europe/Berlin"), "2026-04-20 07:05", None, "2026-04-20 07:05"),
        (Hours(time(8), "Europe/Berlin"), "2026-04-20 10:05", None, "2026-04-21 06:00"),
        # today's message was sent: what comes later waits for tomorrow
        (
            Hours(time(8), "Europe/Berlin"),
            "2026-04-20 06:05",
            "2026-04-20 06:00",
            "2026-04-21 06:00",
        ),
        # … also when the hour was changed to a later one meanwhile
        (
            Hours(time(18), "Europe/Berlin"),
            "2026-04-20 06:05",
            "2026-04-20 06:00",
            "2026-04-21 16:00",
        ),
        # one day a week: from Monday to Friday
        (Hours(time(8), "UTC", frozenset((4,))), "2026-04-20 06:05", None, "2026-04-24 08:00"),
        # weekdays alone: from Saturday to Monday
        (Hours(time(8), "UTC", frozenset(range(5))), "2026-04-25 06:05", None, "2026-04-27 08:00"),
        # the date is the chat's own: Tokyo's Tuesday begins on Monday
        (Hours(time(7), "Asia/Tokyo"), "2026-04-20 20:00", None, "2026-04-20 22:00"),
    ],
)
def test_a_message_comes_at_the_hour_or_as_soon_as_there_is_something(
    hours: Hours, now: str, last: str | None, expected: str
) -> None:
    assert due(hours, at(now), at(last) if last else None) == at(expected)


CHANGES = [
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Europe/Berlin", date(2026, 3, 29)),
    ("Europe/Berlin", date(2026, 10, 25)),
]


@pytest.mark.parametrize(("zone", "changed"), CHANGES)
@pytest.mark.parametrize("minutes", range(0, 24 * 60, 30))
def test_a_change_of_the_clock_neither_doubles_nor_drops_a_message(
    zone: str, changed: date, minutes: int
) -> None:
    """Something is found every quarter of an hour, so that whatever may be sent is sent."""
    hours = Hours(time(minutes // 60, minutes % 60), zone)
    now = datetime.combine(changed - timedelta(days=2), time(), UTC)
    last: datetime | None = None
    waiting: datetime | None = None
    sent: list[datetime] = []
    for _ in range(4 * 24 * 6):
        waiting = waiting or due(hours, now, last)
        if waiting <= now:
            sent, last, waiting = [*sent, now], now, None
        now += HOUR / 4
    dates = [moment.astimezone(ZoneInfo(zone)).date() for moment in sent]
    around = [changed + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [dates.count(day) for day in around] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("zone", "day", "hour", "expected"),
    [
        ("America/New_York", "2026-03-08", "02:30", "2026-03-08 07:30"),  # there is no 02:30
        ("America/New_York", "2026-11-01", "01:30", "2026-11-01 05:30"),  # the first of two
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29 01:30"),
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25 00:30"),
        ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23 22:00"),  # there is no midnight
    ],
)
def test_an_hour_that_is_missing_or_twice_is_one_instant(
    zone: str, day: str, hour: str, expected: str
) -> None:
    assert slot(Hours(time.fromisoformat(hour), zone), date.fromisoformat(day)) == at(expected)


@given(
    zone=st.sampled_from(ZONES),
    hour=st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0, tzinfo=None)),
    day=st.dates(date(2024, 1, 1), date(2037, 12, 31)),
)
def test_every_date_has_its_hour_after_the_last_and_before_the_next(
    zone: str, hour: time, day: date
) -> None:
    hours = Hours(hour, zone)
    today = slot(hours, day)
    assert today.astimezone(ZoneInfo(zone)).date() == day
    assert 22 * HOUR <= slot(hours, day + timedelta(days=1)) - today <= 26 * HOUR


@given(
    zone=st.sampled_from(ZONES),
    hour=st.times().map(lambda t: t.replace(second=0, microsecond=0, fold=0, tzinfo=None)),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    now=st.datetimes(datetime(2024, 1, 1), datetime(2037, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001
)
def test_what_is_found_comes_within_a_week_and_a_day_and_never_before(
    zone: str, hour: time, days: frozenset[int], now: datetime
) -> None:
    moment = due(Hours(hour, zone, days), now, None)
    assert now <= moment <= now + timedelta(days=8)
    assert moment.astimezone(ZoneInfo(zone)).weekday() in days
