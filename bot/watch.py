"""Looking for each category's list of each day until it is there, and filling what was missed.

When a day is looked at (again) is kept in the account, never in a timer: whoever comes next, after
a restart or a night asleep, goes on from there. Two programs on one database don't look twice.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from bot.arxiv import Arxiv
from bot.fetch import FetchError
from bot.ingest import ingest
from papers.calendar import EASTERN, Calendar, due_at
from papers.digest import Digest
from papers.drift import OF_ARXIV, drift
from papers.errors import PaperboyError
from papers.following import covered
from papers.outcome import Outcome, Verdict, judge, settled
from papers.taxonomy import taxonomy
from storage.account import Day, DayState
from storage.store import Store

log = logging.getLogger(__name__)

_LEASE = timedelta(minutes=5)  # longer than a look takes
_PAUSE = timedelta(minutes=5)  # between looks for a list that may come any minute
_LONGEST = timedelta(hours=1)  # … for one whose feed fails
_LONGEST_LATE = timedelta(hours=12)  # … for one that only the query API can give
_PATIENCE = timedelta(hours=12)  # after it is due, a list is asked of the query API, too
_BACK = timedelta(days=14)  # days longer ago are let go
_ALARM = timedelta(hours=6)  # after which operators are told
_DAY = timedelta(days=1)


class Found(NamedTuple):
    """What a look came to: a list and what is amiss with it, or why there is none; where; and what
    to send next time."""

    verdict: Verdict
    digest: Digest | None = None
    origin: str = ""
    etag: str = ""
    pause: timedelta | None = None  # asked for by the server
    remark: str = ""


def owed(known: Sequence[Day], today: date, now: datetime) -> list[date]:
    """The days of a category to look at now, oldest first: those that are not settled and have had
    their pause, and those that nobody has looked at, since the first day that is known."""
    account = {day.day: day for day in known}
    first = min(account, default=today)
    days = [first + _DAY * n for n in range((today - first).days + 1)]
    return [day for day in days if day not in account or _ripe(account[day], now)]


def _ripe(day: Day, now: datetime) -> bool:
    return day.again is not None and day.again <= now


class Watch:
    """Looks for lists. `configured` categories are followed beside those that chats chose."""

    def __init__(
        self,
        store: Store,
        arxiv: Arxiv,
        clock: Callable[[], datetime],
        configured: Iterable[str] = (),
        calendar: Calendar | None = None,
    ) -> None:
        self._store = store
        self._arxiv = arxiv
        self._clock = clock
        self._configured = tuple(configured)
        self._calendar = calendar or Calendar()

    async def followed(self) -> list[str]:
        """The categories to look for: those configured, and those of all chats."""
        terms = (await self._store.terms.all()).values()
        names = {*self._configured, *(name for each in terms for name in each.categories)}
        found = frozenset[str]().union(*map(covered, names))
        return sorted(found & taxonomy().categories.keys())

    async def round(self, categories: Sequence[str] | None = None, force: bool = False) -> None:
        """Look once at all that is owed of `categories`, or of all that are followed. What fails of
        one doesn't keep the others. With `force` nothing has its pause."""
        for category in await self.followed() if categories is None else categories:
            today = self._today()
            known = await self._store.days.since(category, today - _BACK)
            now = datetime.max.replace(tzinfo=UTC) if force else self._clock()
            for day in owed(known, today, now):
                try:
                    await self.look(category, day, force)
                except PaperboyError as error:
                    log.warning("%s of %s: %s", category, day, error)
                except Exception:
                    # A fault of ours with one list must not keep the others.
                    log.exception("%s of %s could not be looked for", category, day)

    async def look(self, category: str, day: date, force: bool = False) -> None:
        """Look for the list of one day, unless it is settled, or it is not yet time (`force`: time
        or not), or somebody else is looking; note in the account what came of it."""
        now = self._clock()
        claimed = await self._store.days.claim(category, day, now, now + _LEASE, force)
        if claimed is None:
            return
        try:
            late = day < self._today()
            found = await (self._late(claimed) if late else self._listed(claimed))
            if found.digest:
                await ingest(self._store, found.digest, self._clock, found.origin)
                if found.remark:
                    await self._store.days.remark(category, day, found.remark)
            else:
                await self._store.days.tell(self._told(claimed, found))
        except BaseException:  # also when this is cancelled: who comes next need not wait
            await self._store.days.tell(claimed)
            raise

    async def overdue(self) -> list[Day]:
        """The days that operators are to hear of: a list was due six hours ago and is not there.
        Each is named once."""
        now = self._clock()
        late = []
        for category in await self.followed():
            for day in await self._store.days.since(category, self._today() - _BACK):
                waiting = day.again is not None and self._calendar.expected(day.day)
                if waiting and now >= due_at(day.day) + _ALARM:
                    late += (
                        [day] if await self._store.days.tell_operators(category, day.day) else []
                    )
        return late

    def _today(self) -> date:
        return self._clock().astimezone(EASTERN).date()

    async def _listed(self, claimed: Day) -> Found:
        """The list of today, from the feed; when that has not helped for hours, from the API."""
        found = await self._fed(claimed)
        patience = due_at(claimed.day) + _PATIENCE
        hopeless = found.digest is None and found.verdict.outcome is not Outcome.EMPTY
        if hopeless and self._clock() >= patience and self._calendar.expected(claimed.day):
            filled = await self._filled(claimed)
            return filled if filled.digest else found
        return found

    async def _fed(self, claimed: Day) -> Found:
        category, day = claimed.category, claimed.day
        url = self._arxiv.sites.feed(category)
        try:
            answer, feed = await self._arxiv.feed(category, claimed.etag)
        except PaperboyError as error:
            return _failed(error, url)
        if feed is None:
            unchanged = Verdict(Outcome(claimed.state.value), claimed.reason)
            return Found(unchanged, None, url, claimed.etag)
        previous = await self._store.days.ids(category, day)
        verdict = judge(feed, day, previous, self._calendar)
        digest = feed.digest(category, day) if verdict.outcome is Outcome.INGEST else None
        return Found(verdict, digest, answer.url, answer.etag, remark=drift(feed, OF_ARXIV))

    async def _late(self, claimed: Day) -> Found:
        """The list of a day that is over: none if none was due, else from the API."""
        if not self._calendar.expected(claimed.day):
            return Found(Verdict(Outcome.EMPTY, "no list was due"))
        if claimed.state is DayState.AWAITED and claimed.attempts:
            waited = Verdict(Outcome.AWAITED, claimed.reason)
            verdict = settled(waited, claimed.day, self._calendar)
            if verdict.outcome is Outcome.EMPTY:
                return Found(verdict, None, claimed.origin)
        return await self._filled(claimed)

    async def _filled(self, claimed: Day) -> Found:
        url = self._arxiv.sites.queries
        try:
            digest = await self._arxiv.missed(claimed.category, claimed.day, self._calendar)
        except PaperboyError as error:
            return _failed(error, url)
        if not digest.announcements:
            return Found(Verdict(Outcome.FAILED, "the query API has no papers of it"), None, url)
        return Found(Verdict(Outcome.INGEST, "filled"), digest, url)

    def _told(self, claimed: Day, found: Found) -> Day:
        """The line of the account after a look that found no list."""
        now, outcome = self._clock(), found.verdict.outcome
        same = outcome == claimed.state.value
        attempts = claimed.attempts + 1 if same else 1
        return replace(
            claimed,
            state=DayState(outcome.value),
            reason=found.verdict.reason,
            origin=found.origin,
            changed=claimed.changed if same else now,
            attempts=attempts,
            again=None if outcome is Outcome.EMPTY else now + self._pause(claimed, found, attempts),
            etag=found.etag,
        )

    def _pause(self, claimed: Day, found: Found, attempts: int) -> timedelta:
        """Steady while the list may come any minute, growing while something fails."""
        if found.verdict.outcome is not Outcome.FAILED:
            return _PAUSE
        longest = _LONGEST_LATE if claimed.day < self._today() else _LONGEST
        growing: timedelta = _PAUSE * 2 ** min(attempts - 1, 20)
        return max(min(growing, longest), found.pause or timedelta())


def _failed(error: PaperboyError, url: str) -> Found:
    pause = error.retry_after if isinstance(error, FetchError) else None
    return Found(Verdict(Outcome.FAILED, str(error)), None, url, "", pause)
