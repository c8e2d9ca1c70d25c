"""/status: for each category the last day, its papers, and when the next is expected."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.days import category_name, day_name
from handlers.html import Html, bold, join, text
from handlers.request import Request
from handlers.wishes import wishes
from papers.calendar import EASTERN, Calendar, due_at
from papers.following import covered
from storage.account import Day, DayState, Terms

_MOST = 20  # categories told in one message
_BACK = timedelta(days=14)
_TROUBLE = {
    DayState.AWAITED: "is not there yet",
    DayState.STALE: "is not there yet: arXiv shows the last list again",
    DayState.FAILED: "could not be read yet; I keep trying",
    DayState.HELD: "looks odd and is held until somebody has checked it",
}


async def status(request: Request) -> None:
    """/status."""
    store, now = request.desk.store, request.desk.clock()
    terms = await wishes(request)
    read = await store.days.categories()
    wanted = frozenset[str]().union(*map(covered, terms.categories)) if terms.categories else read
    known = [category for category in read if category in wanted]
    since = now.date() - _BACK
    zone = ZoneInfo(terms.hours.zone)
    lines = [
        line(category, await store.days.since(category, since), now, zone)
        for category in known[:_MOST]
    ]
    if len(known) > _MOST:
        lines.append(text(f"… and {len(known) - _MOST} categories more"))
    if not known:
        lines.append(text("I have read no list yet of what you follow."))
    lines += [_yours(terms), await _outbox(request, now)]
    await request.reply(join("\n", [bold("Where things stand"), *lines]))


async def _outbox(request: Request, now: datetime) -> Html:
    """For operators: what waits to be sent, and what could not be."""
    if request.chat.id not in request.context.bot_data.get("admins", ()):
        return Html()
    box = await request.desk.store.alerts.counts(now)
    states = ", ".join(f"{count} {state}" for state, count in box.states.items() if count)
    return text(f"\nOutbox: {states or 'empty'}; {box.due} due now.")


def line(category: str, days: Sequence[Day], now: datetime, zone: ZoneInfo) -> Html:
    """What is to be said of a category: its account of late, oldest day first."""
    with_papers = [day for day in days if day.papers]
    last = with_papers[-1] if with_papers else None
    told = f"{day_name(last.day)}, {last.papers} papers" if last else "no papers lately"
    late = " (filled in late)" if last and last.state is DayState.FILLED else ""
    parts = [f"{told}{late}"]
    held = [day for day in days[-1:] if day.state is DayState.HELD]
    missing = [day for day in days if day.again is not None] + held
    parts += [f"{day_name(day.day)} {_TROUBLE[day.state]}" for day in missing[-2:]]
    today = now.astimezone(EASTERN).date()
    settled = any(day.day == today and day.again is None for day in days)
    if not any(day.day == today for day in missing):
        calendar = Calendar()
        following = calendar.next_expected(today if settled else today - timedelta(days=1))
        at = due_at(following).astimezone(zone)
        parts.append(f"next {day_name(at.date())} from {at:%H:%M}")
    return category_name(category) + ": " + " · ".join(parts)


def _yours(terms: Terms) -> Html:
    if terms.paused:
        return text("\nYou pause: /resume brings what has gathered.")
    hours = terms.hours
    at = f"at {hours.at:%H:%M} ({hours.zone})" if hours.at else "on arrival"
    return text(f"\nYour papers come {at}: /time. What you follow: /categories")
