"""Contract: the account of days is claimed by one, tells what became of each, and counts papers."""

import asyncio
from dataclasses import replace
from datetime import date, datetime, timedelta

from papers.digest import Announcement, AnnounceType, Digest
from storage.account import Day, DayState
from storage.store import Store
from tests.storage.made import DAY, NOW, digest, paper

SOON = NOW + timedelta(minutes=5)
COUNTS = dict.fromkeys(AnnounceType, 0)


async def claimed(store: Store, now: datetime = NOW, *, force: bool = False) -> Day | None:
    return await store.days.claim("cs.CV", DAY, now, now + timedelta(minutes=5), force)


async def told(store: Store, state: DayState, again: datetime | None) -> Day:
    day = await claimed(store)
    assert day
    answer = replace(
        day, state=state, reason="why", origin="there", attempts=1, again=again, etag="E"
    )
    await store.days.tell(answer)
    return answer


async def test_a_day_that_nobody_has_looked_at_is_awaited(store: Store) -> None:
    assert await claimed(store) == Day(
        "cs.CV", DAY, DayState.AWAITED, "", "", NOW, 0, NOW, "", COUNTS
    )


async def test_a_claimed_day_is_nobody_elses_until_the_claim_runs_out(store: Store) -> None:
    claims = await asyncio.gather(*(claimed(store) for _ in range(20)))
    assert sum(claim is not None for claim in claims) == 1
    assert await claimed(store, force=True) is None
    assert await claimed(store, SOON) is not None


async def test_what_became_of_it_is_kept_and_it_is_looked_at_again_in_time(store: Store) -> None:
    answer = await told(store, DayState.FAILED, SOON)
    assert list(await store.days.listed()) == [answer]
    assert await claimed(store, NOW) is None
    assert await claimed(store, SOON) == answer


async def test_force_knows_no_pause_but_settled_days(store: Store) -> None:
    answer = await told(store, DayState.STALE, SOON)
    assert await claimed(store, force=True) == answer
    await store.days.tell(replace(answer, state=DayState.EMPTY, again=None))
    assert await claimed(store, SOON, force=True) is None


async def test_ingesting_settles_a_day_and_counts_its_papers_by_type(store: Store) -> None:
    await told(store, DayState.FAILED, SOON)
    announced = tuple(
        Announcement(n, paper(n), type_)
        for n, type_ in enumerate([*AnnounceType, AnnounceType.CROSS], 1)
    )
    await store.digests.ingest(Digest("cs.CV", DAY, announced, source="atom"), [], SOON, "here")
    (day,) = await store.days.listed("cs.CV")
    assert (day.state, day.reason, day.origin, day.changed) == ("ingested", "", "here", SOON)
    assert day.again is None
    assert [day.counts[type_] for type_ in AnnounceType] == [1, 2, 1, 1]
    assert day.papers == 3
    assert await claimed(store, SOON + timedelta(days=1), force=True) is None


async def test_an_ingested_day_stays_ingested_whatever_is_told_late(store: Store) -> None:
    day = await claimed(store)
    assert day
    await store.digests.ingest(digest(paper(1)), [], NOW)
    await store.days.tell(replace(day, state=DayState.FAILED))
    (kept,) = await store.days.listed()
    assert kept.state is DayState.INGESTED


async def test_the_query_api_fills_a_day_but_only_completes_one_that_was_ingested(
    store: Store,
) -> None:
    queried = replace(digest(paper(1), paper(2), type=AnnounceType.CROSS), source="query")
    await store.digests.ingest(queried, [], NOW)
    (day,) = await store.days.listed()
    assert (day.state, day.papers) == (DayState.FILLED, 2)
    (info,) = await store.digests.newest()
    assert (info.papers, info.late) == (2, True)
    tomorrow = replace(queried, day=DAY + timedelta(days=1))
    await store.digests.ingest(replace(tomorrow, source="markdown"), [], NOW)
    await store.digests.ingest(tomorrow, [], NOW)
    (day, _) = await store.days.listed()
    assert (day.state, day.papers, day.counts[AnnounceType.CROSS]) == ("ingested", 2, 2)


async def test_a_paper_that_two_sources_tell_of_counts_once_by_what_the_better_says(
    store: Store,
) -> None:
    await store.digests.ingest(digest(paper(1), paper(2)), [], NOW)  # Markdown tells no types
    crossed = replace(digest(paper(2), type=AnnounceType.CROSS), source="atom")
    await store.digests.ingest(crossed, [], NOW)
    (day,) = await store.days.listed()
    assert day.counts == COUNTS | {AnnounceType.NEW: 1, AnnounceType.CROSS: 1}


async def test_the_account_is_told_newest_first_of_one_category_or_all(store: Store) -> None:
    for category, back in (("cs.LG", 0), ("cs.CV", 1), ("cs.CV", 0)):
        day = DAY - timedelta(days=back)
        await store.digests.ingest(digest(paper(back), category=category, day=day), [], NOW)
    assert [(d.category, d.day == DAY) for d in await store.days.listed()] == [
        ("cs.CV", True),
        ("cs.LG", True),
        ("cs.CV", False),
    ]
    assert [d.category for d in await store.days.listed("cs.LG")] == ["cs.LG"]
    assert [d.day == DAY for d in await store.days.since("cs.CV", date.min)] == [False, True]
    assert [d.day for d in await store.days.since("cs.CV", DAY)] == [DAY]
    assert list(await store.days.categories()) == ["cs.CV", "cs.LG"]


async def test_the_last_list_before_a_day_is_known_by_its_papers(store: Store) -> None:
    for back in (5, 3):
        before = digest(paper(back), paper(9), day=DAY - timedelta(days=back))
        await store.digests.ingest(before, [], NOW)
    await store.digests.ingest(digest(paper(1)), [], NOW)
    assert await store.days.ids("cs.CV", DAY) == {"2002.00003", "2002.00009"}
    assert await store.days.ids("cs.LG", DAY) == frozenset()


async def test_operators_are_told_once_and_nightly_work_is_begun_once(store: Store) -> None:
    await claimed(store)
    assert [await store.days.tell_operators("cs.CV", DAY) for _ in range(2)] == [True, False]
    assert [await store.days.begin("upkeep", DAY) for _ in range(2)] == [True, False]
    await store.upkeep(NOW + timedelta(days=60))
    assert await store.days.begin("upkeep", DAY)


async def test_what_is_amiss_with_a_list_is_untold_until_operators_are_told(store: Store) -> None:
    await store.digests.ingest(digest(paper(1)), [], NOW)
    assert list(await store.days.untold(DAY)) == []
    await store.days.tell_operators("cs.CV", DAY)  # that it was late
    await store.days.remark("cs.CV", DAY, "7 of 80 entries have no authors")
    (day,) = await store.days.untold(DAY)
    assert (day.state, day.reason) == (DayState.INGESTED, "7 of 80 entries have no authors")
    assert list(await store.days.untold(DAY + timedelta(days=1))) == []
    assert await store.days.tell_operators("cs.CV", DAY)
    assert list(await store.days.untold(DAY)) == []


async def test_a_held_day_is_settled_until_its_list_is_ingested(store: Store) -> None:
    await told(store, DayState.HELD, None)
    assert await claimed(store, SOON, force=True) is None
    await store.digests.ingest(digest(paper(1)), [], SOON)
    (day,) = await store.days.listed()
    assert (day.state, day.reason) == (DayState.INGESTED, "")


async def test_papers_without_authors_are_found_until_a_source_tells_them(store: Store) -> None:
    await store.digests.ingest(digest(paper(1)), [], NOW)
    since = NOW - timedelta(days=1)
    assert list(await store.digests.incomplete(since)) == [("cs.CV", DAY)]
    assert list(await store.digests.incomplete(NOW)) == []
    whole = replace(digest(paper(1, authors=("A. Author",))), source="query")
    await store.digests.ingest(whole, [], NOW)
    assert list(await store.digests.incomplete(since)) == []


async def test_what_a_category_ever_announced_is_known(store: Store) -> None:
    await store.digests.ingest(digest(paper(1), day=DAY - timedelta(days=9)), [], NOW)
    await store.digests.ingest(digest(paper(2), category="cs.LG"), [], NOW)
    asked = ["2002.00001", "2002.00002", "2002.00003"]
    assert await store.digests.announced("cs.CV", asked) == {"2002.00001"}
