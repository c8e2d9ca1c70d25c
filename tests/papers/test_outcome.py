"""Telling apart a list, an empty day, a late one, a stale one and a failure: a table of cases."""

from datetime import date

import pytest

from papers.calendar import Calendar
from papers.digest import Announcement, AnnounceType, Problem
from papers.errors import PaperboyError
from papers.feed import Feed, FeedError
from papers.outcome import Outcome, Verdict, judge, settled
from papers.paper import Paper

MONDAY, TUESDAY, SATURDAY = date(2026, 4, 20), date(2026, 4, 21), date(2026, 4, 25)
HOLIDAY, LIKELY_HOLIDAY = date(2026, 11, 27), date(2027, 11, 26)
CALENDAR = Calendar()
LAST = [f"2604.{n:05}" for n in range(100)]
NEXT = [f"2604.{n:05}" for n in range(100, 150)]
NEW, REPLACE = AnnounceType.NEW, AnnounceType.REPLACE


def fed(day: date | None, new: list[str], replaced: list[str] | None = None) -> Feed:
    typed = [*((each, NEW) for each in new), *((each, REPLACE) for each in replaced or ())]
    return Feed(
        "atom",
        "cs.CV",
        day,
        tuple(Announcement(n, Paper(each, "T"), type_) for n, (each, type_) in enumerate(typed, 1)),
    )


UNREADABLE = Feed("atom", "cs.CV", MONDAY, (), (Problem(9, "the entry has no title", ""),))


@pytest.mark.parametrize(
    ("answer", "day", "expected", "why"),
    [
        (fed(MONDAY, NEXT), MONDAY, Outcome.INGEST, "50 announcements"),
        (fed(None, NEXT), MONDAY, Outcome.INGEST, "50 announcements"),
        (fed(MONDAY, NEXT, LAST[:60]), MONDAY, Outcome.INGEST, "110 announcements"),
        (fed(MONDAY, NEXT + LAST[:50]), MONDAY, Outcome.INGEST, "100 announcements"),
        (fed(SATURDAY, NEXT), SATURDAY, Outcome.INGEST, "50 announcements"),
        (fed(MONDAY, LAST), MONDAY, Outcome.STALE, "100 of 100 papers"),
        (fed(MONDAY, LAST[:90] + NEXT[:10]), MONDAY, Outcome.STALE, "90 of 100 papers"),
        (fed(MONDAY, [], LAST), MONDAY, Outcome.STALE, "100 of 100 papers"),
        (fed(SATURDAY, LAST), SATURDAY, Outcome.STALE, "100 of 100 papers"),
        (fed(MONDAY, LAST), TUESDAY, Outcome.AWAITED, "still shows 2026-04-20"),
        (fed(MONDAY, []), TUESDAY, Outcome.AWAITED, "still shows 2026-04-20"),
        (fed(MONDAY, []), MONDAY, Outcome.AWAITED, "a list is due"),
        (fed(None, []), MONDAY, Outcome.AWAITED, "a list is due"),
        (fed(LIKELY_HOLIDAY, []), LIKELY_HOLIDAY, Outcome.AWAITED, "a list is due"),
        (fed(MONDAY, LAST), SATURDAY, Outcome.EMPTY, "still shows 2026-04-20"),
        (fed(SATURDAY, []), SATURDAY, Outcome.EMPTY, "no list is due"),
        (fed(HOLIDAY, []), HOLIDAY, Outcome.EMPTY, "no list is due"),
        (fed(TUESDAY, NEXT), MONDAY, Outcome.FAILED, "moved on to 2026-04-21"),
        (UNREADABLE, MONDAY, Outcome.FAILED, "line 9: the entry has no title"),
        (FeedError("an error page"), MONDAY, Outcome.FAILED, "an error page"),
        (PaperboyError("no answer"), SATURDAY, Outcome.FAILED, "no answer"),
    ],
)
def test_an_answer_says(
    answer: Feed | PaperboyError, day: date, expected: Outcome, why: str
) -> None:
    verdict = judge(answer, day, LAST, CALENDAR)
    assert verdict.outcome is expected
    assert why in verdict.reason


def test_without_a_last_list_nothing_is_stale() -> None:
    assert judge(fed(MONDAY, LAST), MONDAY, [], CALENDAR).outcome is Outcome.INGEST


@pytest.mark.parametrize(
    ("outcome", "day", "expected"),
    [
        (Outcome.AWAITED, MONDAY, Outcome.FAILED),
        (Outcome.AWAITED, LIKELY_HOLIDAY, Outcome.EMPTY),
        (Outcome.AWAITED, HOLIDAY, Outcome.EMPTY),
        (Outcome.STALE, MONDAY, Outcome.STALE),
        (Outcome.FAILED, LIKELY_HOLIDAY, Outcome.FAILED),
        (Outcome.INGEST, MONDAY, Outcome.INGEST),
    ],
)
def test_when_the_day_is_over_waiting_ends(outcome: Outcome, day: date, expected: Outcome) -> None:
    assert settled(Verdict(outcome, "so far"), day, CALENDAR).outcome is expected
