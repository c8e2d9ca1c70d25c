"""arXiv's calendar against the days of real lists, the published schedule, and daylight saving."""

import gzip
import json
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.calendar import EASTERN, HOLIDAYS, Calendar, announced_at, due_at
from tests.data import SHARED
from tests.papers.feeds_rendered import mirror

CORPUS = SHARED / "corpus" / "arxiv-74728.jsonl.gz"
CALENDAR = Calendar()
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(text)


def test_the_mirrored_days_with_papers_are_the_expected_ones() -> None:
    days = mirror()
    assert [CALENDAR.expected(each) for each in days] == [bool(papers) for papers in days.values()]
    assert [f"{each:%a}" for each, papers in days.items() if not papers] == ["Sat", "Sun"] * 3


def test_real_papers_appear_on_no_day_that_follows_a_holiday() -> None:
    records = gzip.decompress(CORPUS.read_bytes()).splitlines()
    seen = Counter(day(json.loads(record)["first_seen"]) for record in records)
    first, last = min(seen), max(seen)
    quiet = [
        each
        for n in range((last - first).days)
        if (each := first + timedelta(n)).weekday() < 5 and not CALENDAR.expected(each)
    ]
    assert [str(each) for each in quiet] == [
        "2025-06-20", "2025-07-07", "2025-09-02", "2025-11-28", "2025-12-26", "2025-12-31",
        "2026-01-02", "2026-01-20", "2026-06-22",
    ]  # fmt: skip
    usual = [seen[each] for each in seen if CALENDAR.expected(each)]
    assert sorted(usual)[len(usual) // 10] > 100
    assert [seen[each] for each in quiet] == [0, 0, 0, 21, 0, 0, 0, 0, 0]  # 21 stragglers


@pytest.mark.parametrize(
    ("listed", "announced", "received"),
    [  # the table of info.arxiv.org/help/availability.html, in the week of 12 to 16 October 2026
        ("2026-10-12", "Sun 11 20:00", ("Thu 08 14:00", "Fri 09 14:00")),
        ("2026-10-13", "Mon 12 20:00", ("Fri 09 14:00", "Mon 12 14:00")),
        ("2026-10-14", "Tue 13 20:00", ("Mon 12 14:00", "Tue 13 14:00")),
        ("2026-10-15", "Wed 14 20:00", ("Tue 13 14:00", "Wed 14 14:00")),
        ("2026-10-16", "Thu 15 20:00", ("Wed 14 14:00", "Thu 15 14:00")),
    ],
)
def test_lists_follow_the_published_schedule(
    listed: str, announced: str, received: tuple[str, str]
) -> None:
    start, end = CALENDAR.window(day(listed))
    assert f"{announced_at(day(listed)):%a %d %H:%M}" == announced
    assert (f"{start:%a %d %H:%M}", f"{end:%a %d %H:%M}") == received
    assert f"{due_at(day(listed)):%F %H:%M}" == f"{listed} 00:00"


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2026-11-13", "2026-11-16"),  # over a weekend
        ("2026-11-14", "2026-11-16"),
        ("2026-11-15", "2026-11-16"),
        ("2026-11-26", "2026-11-30"),  # Thanksgiving's evening has no mailing
        ("2026-06-19", "2026-06-23"),  # a Friday's holiday costs Monday's list
        ("2026-12-25", "2026-12-29"),
        ("2026-12-29", "2026-12-31"),
        ("2026-12-31", "2027-01-04"),
    ],
)
def test_the_next_list_comes_after_weekends_and_holidays(after: str, expected: str) -> None:
    assert CALENDAR.next_expected(day(after)) == day(expected)


def test_a_deferred_list_s_papers_are_in_the_next() -> None:
    start, end = CALENDAR.window(day("2026-06-23"))
    assert (start.isoformat(), end.isoformat()) == (
        "2026-06-18T14:00:00-04:00",
        "2026-06-22T14:00:00-04:00",
    )


@pytest.mark.parametrize(
    ("text", "expected", "excused"),
    [
        ("2026-11-25", True, False),
        ("2026-11-27", False, True),
        ("2026-11-28", False, True),
        ("2027-11-26", True, True),  # the Friday after Thanksgiving, list not published
        ("2027-11-25", True, False),
        ("2027-01-19", True, True),  # after Martin Luther King's day
        ("2027-07-06", True, True),  # Sunday's holiday is kept on Monday
        ("2027-06-21", True, True),  # a Saturday's on Friday
        ("2027-09-07", True, True),
        ("2027-12-27", True, True),
        ("2028-01-03", True, True),
        ("2028-01-05", True, False),
        ("2027-03-15", True, False),
    ],
)
def test_usual_holidays_excuse_an_empty_day_in_years_not_published(
    text: str, expected: bool, excused: bool
) -> None:
    assert (CALENDAR.expected(day(text)), CALENDAR.excused(day(text))) == (expected, excused)


def test_other_holidays_can_be_given() -> None:
    closed = Calendar({**HOLIDAYS, 2027: frozenset({(3, 15)})})
    assert not closed.expected(day("2027-03-16"))
    assert not closed.excused(day("2027-11-26"))


@pytest.mark.parametrize(
    ("listed", "utc"),
    [
        ("2026-03-06", "2026-03-06T05:00:00+00:00"),
        ("2026-03-09", "2026-03-09T04:00:00+00:00"),
        ("2026-10-30", "2026-10-30T04:00:00+00:00"),
        ("2026-11-02", "2026-11-02T05:00:00+00:00"),
    ],
)
def test_lists_are_due_at_midnight_in_new_york_winter_and_summer(listed: str, utc: str) -> None:
    assert due_at(day(listed)).astimezone(UTC).isoformat() == utc


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-16T04:59:59+00:00", "2026-11-13"),
        ("2026-11-16T05:00:00+00:00", "2026-11-16"),
        ("2026-11-17T05:30:00+01:00", "2026-11-16"),
        ("2026-07-25T12:00:00+00:00", "2026-07-24"),
    ],
)
def test_the_latest_list_due_is_told_in_any_zone(now: str, expected: str) -> None:
    assert CALENDAR.latest_due(datetime.fromisoformat(now)) == day(expected)


@given(DAYS)
def test_every_instant_of_submission_belongs_to_one_list(some: date) -> None:
    listed = CALENDAR.next_expected(some)
    start, end = CALENDAR.window(listed)
    assert start < end < announced_at(listed) < due_at(listed)
    assert CALENDAR.window(CALENDAR.next_expected(listed))[0] == end
    assert CALENDAR.last_expected(CALENDAR.next_expected(listed)) == listed
    assert CALENDAR.latest_due(due_at(listed)) == listed
    assert due_at(listed).astimezone(EASTERN).date() == listed
