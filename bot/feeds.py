"""Feeds of papers from other servers than arXiv's, each read once a day; whatever one of them does,
the others are read.

A feed that fails is tried again after growing pauses, and given up after ten times in a row: then
it is tried once a week, and comes back by itself when it works again. One of which suddenly most is
new, as if its ids had changed, is held: nothing is announced until an operator lets it through.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.fetch import Fetcher, FetchError
from bot.ingest import ingest
from bot.sandbox import Sandbox
from papers import feed
from papers.calendar import EASTERN
from papers.digest import Digest
from papers.drift import drift, usually_told
from papers.errors import PaperboyError
from papers.feed import Feed, FeedError
from papers.novelty import sudden
from papers.text import clean
from storage.account import Day, DayState
from storage.store import Store

log = logging.getLogger(__name__)

GIVEN_UP = 10
"""So many failures in a row, which take about a week, and a feed is given up."""

_LEASE = timedelta(minutes=5)  # longer than reading a feed takes
_PAUSE = timedelta(hours=1)  # after the first failure; twice as long after each other one
_LONGEST = timedelta(days=1)
_RARELY = timedelta(days=7)  # … of a feed that was given up
_BACK = timedelta(days=60)
_AT_ONCE = 8

Clock = Callable[[], datetime]


class UnknownFeed(PaperboyError):
    """A name under which no feed is configured."""


@dataclass(frozen=True)
class OtherFeeds:
    """Feeds of papers from other servers: `urls` by the name under which their papers are filed.

    What one lists and had not listed before is that day's digest. What it lists when it is read for
    the first time is recorded, and announced to nobody.
    """

    urls: Mapping[str, str]
    fetcher: Fetcher
    sandbox: Sandbox

    async def round(self, store: Store, clock: Clock) -> None:
        """Read the feeds that have not been read today and are not given a rest."""
        free = asyncio.Semaphore(_AT_ONCE)

        async def read(name: str) -> None:
            async with free:
                if day := await _claimed(store, name, clock()):
                    await self._look(store, day, clock)

        await asyncio.gather(*map(read, self.urls))

    async def release(self, store: Store, name: str, clock: Clock) -> None:
        """Read a feed now, even if it was held or given up. What of it has a title that it listed
        before is recorded and not announced again. Raises PaperboyError when it can't be read."""
        if name not in self.urls:
            known = ", ".join(sorted(self.urls)) or "none"
            raise UnknownFeed(f"PAPERBOY_FEEDS names no feed {name!r}; those it names: {known}")
        now, today = clock(), _day(clock())
        digest, _ = await self._new(store, name, today)
        await _end_rest(store, name, today)
        if not digest.announcements:
            if day := await store.days.claim(name, today, now, now + _LEASE, force=True):
                await store.days.tell(_settled(day, DayState.EMPTY, "", now))
            return
        titles = await _titles(store, name)
        old = tuple(each for each in digest.announcements if clean(each.paper.title) in titles)
        await store.digests.ingest(replace(digest, announcements=old), [], now, self.urls[name])
        news = tuple(each for each in digest.announcements if each not in old)
        await ingest(store, replace(digest, announcements=news), clock, self.urls[name])

    async def _look(self, store: Store, day: Day, clock: Clock) -> None:
        """Read one feed, and note in the account what came of it."""
        try:
            told = await self._read(store, day, clock)
        except PaperboyError as error:
            log.warning("%s: %s", day.category, error)
            told = _failed(day, error, clock())
        except Exception as error:
            # A fault of ours with one feed must not keep the others.
            log.exception("%s could not be read", day.category)
            told = _failed(day, error, clock())
        # A day that was ingested stays so.
        await store.days.tell(replace(told, origin=self.urls[day.category]))

    async def _read(self, store: Store, day: Day, clock: Clock) -> Day:
        name, url = day.category, self.urls[day.category]
        digest, parsed = await self._new(store, name, day.day)
        listed, fresh = len(parsed.announcements), len(digest.announcements)
        before = [each for each in await store.days.listed(name) if each.papers]
        usual = before[0].papers if len(before) > 1 else 0
        if fresh and not before:
            await store.digests.ingest(digest, [], clock(), url)
        elif fresh and sudden(listed, fresh, usual):
            reason = await _why_held(store, digest, listed)
            log.warning("%s: %s", name, reason)
            return _settled(day, DayState.HELD, reason, clock())
        elif fresh:
            await ingest(store, digest, clock, url)
            first = await store.digests.papers(before[-1].day, [name])
            if remark := drift(parsed, usually_told(first)):
                await store.days.remark(name, day.day, remark)
        return _settled(day, DayState.EMPTY, "", clock())

    async def _new(self, store: Store, name: str, day: date) -> tuple[Digest, Feed]:
        """What a feed lists now that it has not listed before, and all that it lists."""
        answer = await self.fetcher.get(self.urls[name])
        if answer.moved_to:
            log.warning("%s has moved for good: name %s in PAPERBOY_FEEDS", name, answer.moved_to)
        parsed = await self.sandbox.run(feed.parse, answer.body, category=name)
        if parsed.problems and not parsed.announcements:
            raise FeedError(f"no entry could be read: {parsed.problems[0].reason}")
        had = await store.digests.announced(name, list(parsed.ids))
        fresh = tuple(told for told in parsed.announcements if told.paper.id not in had)
        return replace(parsed.digest(name, day), announcements=fresh), parsed


async def _claimed(store: Store, name: str, now: datetime) -> Day | None:
    """Today's line of a feed's account, if it is to be read now. Failures in a row are counted from
    one day to the next, and a pause may be longer than a day."""
    today = _day(now)
    known = await store.days.since(name, today - _BACK)
    last = known[-1] if known else None
    if last is None or last.state is not DayState.FAILED or last.day == today:
        return await store.days.claim(name, today, now, now + _LEASE)
    if last.again and last.again > now:
        return None
    await _end_rest(store, name, today)
    day = await store.days.claim(name, today, now, now + _LEASE)
    return replace(day, attempts=last.attempts) if day else None


async def _end_rest(store: Store, name: str, today: date) -> None:
    """From now on today is the day to try again, and none before."""
    for day in await store.days.since(name, today - _BACK):
        if day.day < today and day.again:
            await store.days.tell(replace(day, again=None))


async def _titles(store: Store, name: str) -> set[str]:
    """The titles of all papers that a feed has brought."""
    days = [day.day for day in await store.days.listed(name) if day.papers]
    return {clean(p.title) for day in days for p in await store.digests.papers(day, [name])}


async def _why_held(store: Store, digest: Digest, listed: int) -> str:
    titles = await _titles(store, digest.category)
    known = sum(clean(paper.title) in titles for paper in digest.papers)
    return (
        f"{len(digest.papers)} of {listed} papers are suddenly new, {known} of them by titles that "
        "it listed before, so nothing is announced; to let it through: "
        f"paperboy fetch --release {digest.category}"
    )


def _settled(day: Day, state: DayState, reason: str, now: datetime) -> Day:
    return replace(day, state=state, reason=reason, changed=now, attempts=0, again=None)


def _failed(day: Day, error: Exception, now: datetime) -> Day:
    attempts, reason = day.attempts + 1, str(error) or type(error).__name__
    pause = min(_PAUSE * 2 ** min(attempts - 1, 10), _LONGEST)
    if attempts >= GIVEN_UP:
        pause = _RARELY
        reason = f"given up after {attempts} failures in a row, tried once a week: {reason}"
    asked = error.retry_after if isinstance(error, FetchError) else None
    again = now + max(pause, asked or timedelta())
    told = replace(day, state=DayState.FAILED, reason=reason, changed=now)
    return replace(told, attempts=attempts, again=again)


def _day(now: datetime) -> date:
    return now.astimezone(EASTERN).date()
