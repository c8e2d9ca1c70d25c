"""What an answer to "is the list of this day there?" means. A pure decision: no clock, no net."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from papers.calendar import Calendar
from papers.digest import AnnounceType
from papers.errors import PaperboyError
from papers.feed import Feed


class Outcome(StrEnum):
    """What became of one category's list of one day."""

    INGEST = "ingest"
    EMPTY = "empty"
    AWAITED = "awaited"
    STALE = "stale"
    FAILED = "failed"


class Verdict(NamedTuple):
    """An outcome and why, in words for operators."""

    outcome: Outcome
    reason: str


def judge(
    answer: Feed | PaperboyError, day: date, previous: Collection[str], calendar: Calendar
) -> Verdict:
    """What arXiv's `answer` (a feed, or the error that came of it) says of the list of `day`.

    `previous` are the ids of the category's last list. INGEST means the list is there, even on a
    day without one by the calendar; EMPTY that there is none, as expected; AWAITED that it may yet
    come; STALE that the last list was served again under a new date; FAILED that there is no
    telling, or that `day` is over.
    """
    if isinstance(answer, PaperboyError):
        return Verdict(Outcome.FAILED, str(answer))
    if answer.day and answer.day < day:
        waiting = Outcome.AWAITED if calendar.expected(day) else Outcome.EMPTY
        return Verdict(waiting, f"the feed still shows {answer.day}")
    if answer.day and answer.day > day:
        return Verdict(Outcome.FAILED, f"the feed has moved on to {answer.day}")
    if answer.announcements:
        return _filled(answer, previous)
    if answer.problems:
        problem = answer.problems[0]
        return Verdict(
            Outcome.FAILED, f"no entry could be read; line {problem.line}: {problem.reason}"
        )
    if calendar.expected(day):
        return Verdict(Outcome.AWAITED, "the feed is empty, but a list is due")
    return Verdict(Outcome.EMPTY, "no list is due, and the feed is empty")


def settled(verdict: Verdict, day: date, calendar: Calendar) -> Verdict:
    """`verdict` when `day` is over: what is still awaited will not come by feed any more. On what
    is usually a holiday there was no list; on any other day it was missed."""
    if verdict.outcome is not Outcome.AWAITED:
        return verdict
    if calendar.excused(day):
        return Verdict(Outcome.EMPTY, "no list came; arXiv seems to have kept a holiday")
    return Verdict(Outcome.FAILED, f"no list came all day: {verdict.reason}")


def _filled(feed: Feed, previous: Collection[str]) -> Verdict:
    """A list shares new papers with the one before it only if it is that one again; replacements
    of yesterday's papers are normal, so they count only where nothing is new."""
    new = {each.paper.id for each in feed.announcements if each.type is AnnounceType.NEW}
    fresh = new or feed.ids
    again = len(fresh.intersection(previous))
    if 2 * again > len(fresh):
        return Verdict(Outcome.STALE, f"{again} of {len(fresh)} papers were in the last list")
    return Verdict(Outcome.INGEST, f"{len(feed.announcements)} announcements")
