"""`paperboy fetch` and `paperboy days`: looking for lists now, and what the account says."""

from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.arxiv import Arxiv, Sites
from bot.config import Settings
from bot.feeds import OtherFeeds
from bot.fetch import Fetcher
from bot.sandbox import Sandbox
from bot.watch import Watch
from papers.digest import AnnounceType
from papers.taxonomy import taxonomy
from storage.account import Day
from storage.sqlite import open_store

_RECENT = timedelta(days=14)


async def fetch(
    db: Path, names: Sequence[str], base_url: str, settings: Settings
) -> tuple[Sequence[Day], Sequence[Day]]:
    """Look now for the lists of the categories that `names` stand for (none: of all that are
    followed) at arXiv, or at `base_url`. The days that this changed, and the latest of each.

    Raises UnknownCategoryError before anything is asked.
    """
    wanted = [category for name in names for category in taxonomy().expand(name)]
    store = await open_store(db)
    try:
        async with Fetcher(settings.contact) as fetcher:
            with closing(Sandbox()) as sandbox:
                arxiv = Arxiv(fetcher, sandbox, Sites.at(base_url or settings.arxiv_url))
                watch = Watch(store, arxiv, _now, settings.categories)
                categories = wanted or await watch.followed()
                since = _now().date() - _RECENT
                before = [await store.days.since(category, since) for category in categories]
                await watch.round(categories, force=True)
                after = [await store.days.since(category, since) for category in categories]
    finally:
        await store.close()
    had = {day for days in before for day in map(_key, days)}
    changed = [day for days in after for day in days if _key(day) not in had]
    return changed, [days[-1] for days in after if days]


async def release(db: Path, name: str, settings: Settings) -> tuple[Sequence[Day], Sequence[Day]]:
    """Read the feed of another server that is called `name` now, though it was held or given up.
    Its latest day, twice. Raises PaperboyError when there is none or it can't be read.
    """
    store = await open_store(db)
    try:
        async with Fetcher(settings.contact) as fetcher:
            with closing(Sandbox()) as sandbox:
                await OtherFeeds(settings.feeds, fetcher, sandbox).release(store, name, _now)
        latest = (await store.days.listed(name))[:1]
        return latest, latest
    finally:
        await store.close()


async def account(db: Path, category: str | None) -> Sequence[Day]:
    """The account of one category (by id or another of its names) or of all, newest day first."""
    store = await open_store(db)
    try:
        known = taxonomy().resolve(category) if category else None
        return await store.days.listed(known or category)
    finally:
        await store.close()


def line(day: Day) -> str:
    """A line of the account for people: `Mon 2026-04-20  cs.CV  ingested  106 new, 8 cross, …`."""
    counts = ", ".join(f"{count} {type_}" for type_, count in day.counts.items() if count)
    again = f"again at {day.again:%Y-%m-%d %H:%M} UTC" if day.again else ""
    facts = [counts, day.reason, again, f"{day.changed:%Y-%m-%d %H:%M} UTC", day.origin]
    told = "; ".join(fact for fact in facts if fact)
    return f"{day.day:%a %Y-%m-%d}  {day.category:<18} {day.state:<8}  {told}"


def facts(day: Day) -> dict[str, Any]:
    """A line of the account for scripts."""
    return {
        "category": day.category,
        "day": day.day.isoformat(),
        "state": day.state.value,
        **{type_.value: day.counts[type_] for type_ in AnnounceType},
        "reason": day.reason,
        "origin": day.origin,
        "changed": _moment(day.changed),
        "attempts": day.attempts,
        "again": _moment(day.again),
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.astimezone(UTC).isoformat(timespec="seconds") if moment else None


def _key(day: Day) -> tuple[str, date, datetime, int]:
    return day.category, day.day, day.changed, day.attempts


def _now() -> datetime:
    return datetime.now(UTC)
