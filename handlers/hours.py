"""When papers come: /time for the hour, the zone and the days; /pause and /resume."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.days import day_name
from handlers.html import Html, code, join, text
from handlers.request import Request
from handlers.wishes import allowed, keep, wishes
from papers.errors import PaperboyError
from papers.hours import EVERY_DAY, Hours, due
from papers.zones import zone

_CLOCK = re.compile(
    r"(?<!\S)(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?\s?(?P<half>am|pm|h|uhr)?(?!\S)", re.I
)
_ARRIVAL = re.compile(
    r"(?<!\S)(?:on |at )?arrival(?!\S)|(?<!\S)(?:immediately|at once)(?!\S)", re.I
)
_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SPANS = {"daily": EVERY_DAY, "weekdays": frozenset(range(5)), "weekly": frozenset((0,))}
_FILLERS = frozenset(("at", "on", "in", "every", "and", "the", "each", "day", "days", "time"))
_MORNING = time(9)  # for who names days and no hour
_BUTTONS = ("on arrival", "08:00", "12:00", "18:00")


class TimeError(PaperboyError):
    """Words that tell no time."""


async def when(request: Request) -> None:
    """/time 8:30 Berlin, weekdays: any of hour, zone and days; without words, what is set."""
    terms = await wishes(request)
    if not request.text.strip():
        await request.reply(_told(terms.hours, terms.paused, request.desk.clock()), _buttons())
    else:
        await _set(request, request.text)


async def chosen(request: Request) -> None:
    """A press on an hour under /time."""
    if request.text not in _BUTTONS:
        raise ValueError(request.text)
    if not await request.may_change():
        await request.toast("Only this group's admins can change that.")
        return
    terms = await wishes(request)
    hours = read(request.text, terms.hours)
    await keep(request, replace(terms, hours=hours))
    await request.edit(_told(hours, terms.paused, request.desk.clock()), _buttons())
    await request.toast()


async def pause(request: Request) -> None:
    """/pause: nothing is sent until /resume; matches gather."""
    if await allowed(request):
        await keep(request, replace(await wishes(request), paused=True))
        await request.reply(
            text("I pause. What matches meanwhile gathers, and /resume brings it in one message.")
        )


async def resume(request: Request) -> None:
    """/resume: messages come again, and at first what has gathered."""
    if await allowed(request):
        terms = replace(await wishes(request), paused=False)
        await keep(request, terms)
        await request.reply(_told(terms.hours, False, request.desk.clock()))


def read(words: str, hours: Hours) -> Hours:
    """`hours` as `words` change them. Raises PaperboyError for what names no time, day or zone."""
    rest, arrival = _ARRIVAL.subn(" ", re.sub(r"[\s,;]+", " ", words))
    at = None if arrival else hours.at
    if found := _CLOCK.search(rest):
        at = _at(found)
        rest = f"{rest[: found.start()]} {rest[found.end() :]}"
    days: frozenset[int] = frozenset()
    named = []
    for word in rest.split():
        if spanned := _days(word.casefold()):
            days |= spanned
        elif word.casefold() not in _FILLERS:
            named.append(word)
    if days and at is None and not arrival:
        at = _MORNING
    return Hours(at, zone(" ".join(named)) if named else hours.zone, days or hours.days)


async def _set(request: Request, words: str) -> None:
    terms = await wishes(request)
    try:
        hours = read(words, terms.hours)
    except PaperboyError as error:
        example = "Like this: " + code("/time 8:30 Berlin") + " or " + code("/time friday 18:00")
        await request.reply(join("\n", [text(str(error)), example]))
        return
    if await allowed(request):
        await keep(request, replace(terms, hours=hours))
        await request.reply(_told(hours, terms.paused, request.desk.clock()))


def _at(found: re.Match[str]) -> time:
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    half = (found["half"] or "").casefold()
    if half in ("am", "pm") and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    try:
        return time(hour, minute)
    except ValueError:
        raise TimeError(f"“{found[0].strip()}” is no time of day.") from None


def _days(word: str) -> frozenset[int]:
    """The weekdays in a word: `fri`, `Mondays`, `mon-fri`, `weekdays`; none if it is no such."""
    if word in _SPANS:
        return _SPANS[word]
    first, dash, last = word.replace("–", "-").partition("-")
    begin, end = _weekday(first), _weekday(last)
    if begin is None or (dash and end is None):
        return frozenset()
    if end is None:
        return frozenset((begin,))
    return frozenset((begin + n) % 7 for n in range((end - begin) % 7 + 1))


def _weekday(word: str) -> int | None:
    word = word.removesuffix("s") if len(word) > 4 else word
    begun = (n for n, name in enumerate(_NAMES) if len(word) >= 3 and name.startswith(word))
    return next(begun, None)


def _told(hours: Hours, paused: bool, now: datetime) -> Html:
    if hours.at is None:
        told = text("Your papers come as soon as arXiv has announced them and I have read them.")
    else:
        told = text(f"Your papers come at {hours.at:%H:%M} ({hours.zone}) {_on(hours.days)}.")
        local = due(hours, now, None).astimezone(ZoneInfo(hours.zone))
        told = told + f"\nThe next hour is {day_name(local.date())}, {local:%H:%M}."
        if hours.zone == UTC.tzname(None):
            told = told + "\nIn your own time zone: " + code(f"/time {hours.at:%H:%M} Berlin")
    change = "Change it: " + code("/time 8:30 Berlin") + ", " + code("/time friday 18:00")
    still = text("I pause; /resume ends that.") if paused else Html()
    return join("\n", [told, still, change + ", " + code("/time on arrival")])


def _on(days: frozenset[int]) -> str:
    if days == EVERY_DAY:
        return "every day"
    if days == _SPANS["weekdays"]:
        return "from Monday to Friday"
    return "on " + ", ".join(f"{_NAMES[day].title()}s" for day in sorted(days))


def _buttons() -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(label, callback_data=f"time:{label}") for label in _BUTTONS]
    return InlineKeyboardMarkup([row])
