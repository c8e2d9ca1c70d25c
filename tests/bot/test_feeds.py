"""Feeds from other servers: what is new in them once, floods held, failures paused and given up."""

import itertools
from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest

from bot.alarms import amiss
from bot.feeds import GIVEN_UP, UnknownFeed
from papers.calendar import due_at
from storage.account import Day, DayState
from storage.store import Store
from tests.bot.arxiv_played import Clock
from tests.bot.journals import DAY, Readers, item, journal, reading, rss
from tests.bot.web import says

OLD, NEW = "10.1101", "10.9999"


@pytest.fixture
async def readers(store: Store) -> AsyncIterator[Readers]:
    async with reading(store, Clock(due_at(date(2026, 4, 20)))) as made:
        yield made


async def alarms(readers: Readers) -> list[Day]:
    """What operators are told now, as if it were asked every few minutes for a while."""
    found = []
    for _ in range(3):
        found += await amiss(readers.store, readers.clock() - DAY, ["bioRxiv"])
    return found


async def test_a_feed_is_read_once_a_day_and_announces_what_is_new_in_it(readers: Readers) -> None:
    await readers.day(journal(1, 2))
    assert await readers.announced() == []  # what was there before is no news
    await readers.day(journal(2, 3))
    await readers.day(journal(3, 2))
    await readers.day(says(status=500))
    assert len(readers.web.requests) == 4
    assert await readers.announced() == ["doi:10.1101/3"]
    assert await readers.states() == ["ingested", "ingested", "empty", "failed"]


async def test_a_feed_whose_ids_all_change_is_held_and_told_once(readers: Readers) -> None:
    await readers.day(journal(*range(20)))
    assert await alarms(readers) == []
    for _ in range(3):
        await readers.day(journal(*range(20), prefix=NEW))
    assert await readers.announced() == []
    assert await readers.states() == ["ingested", "held", "held", "held"]
    (told,) = await alarms(readers)
    assert told.reason.startswith("20 of 20 papers are suddenly new, 20 of them by titles")
    assert told.reason.endswith("paperboy fetch --release bioRxiv")
    await readers.day(journal(*range(21)))  # as it was before
    assert await readers.announced() == ["doi:10.1101/20"]
    assert await alarms(readers) == []


async def test_a_held_feed_that_is_let_through_announces_only_what_it_never_listed(
    readers: Readers,
) -> None:
    await readers.day(journal(*range(20)))
    await readers.day(journal(*range(21), prefix=NEW))
    readers.clock.now -= DAY
    await readers.feeds.release(readers.store, "bioRxiv", readers.clock)
    assert await readers.announced() == [f"doi:{NEW}/20"]
    assert await readers.states() == ["ingested", "ingested"]
    readers.clock.now += DAY
    await readers.day(journal(*range(22), prefix=NEW))  # lasting: the new ids are known
    assert await readers.announced() == [f"doi:{NEW}/20", f"doi:{NEW}/21"]
    await readers.day(journal(*range(22), prefix=OLD))  # and so are the old ones, to the 19th
    assert await readers.announced() == [f"doi:{OLD}/20", f"doi:{OLD}/21", *_new(20, 21)]


def _new(*numbers: int) -> list[str]:
    return [f"doi:{NEW}/{number}" for number in numbers]


async def test_a_feed_that_is_wholly_new_each_day_is_held_no_more_once_let_through(
    readers: Readers,
) -> None:
    await readers.day(journal(*range(10)))
    await readers.day(journal(*range(10, 20)))
    assert await readers.announced() == []
    readers.clock.now -= DAY
    await readers.feeds.release(readers.store, "bioRxiv", readers.clock)
    readers.clock.now += DAY
    await readers.day(journal(*range(20, 30)))
    assert len(await readers.announced()) == 20
    assert await readers.states() == ["ingested"] * 3


async def test_a_few_new_papers_are_no_flood(readers: Readers) -> None:
    await readers.day(journal(1))
    await readers.day(journal(2, 3, 4, 5))
    assert len(await readers.announced()) == 4


async def test_only_a_feed_that_is_configured_can_be_let_through(readers: Readers) -> None:
    with pytest.raises(UnknownFeed, match="no feed 'medRxiv'; those it names: bioRxiv"):
        await readers.feeds.release(readers.store, "medRxiv", readers.clock)


async def test_a_failing_feed_is_tried_ever_more_rarely_given_up_and_told_once(
    readers: Readers,
) -> None:
    await readers.day(journal(1, 2))
    readers.web.pages["/rss"] = says(status=500)
    begun, asked, told = readers.clock(), [], []
    for _ in range(24 * 40):
        readers.web.requests.clear()
        await readers.feeds.round(readers.store, readers.clock)
        if readers.web.requests:
            asked.append(round((readers.clock() - begun) / timedelta(hours=1)))
        told += await amiss(readers.store, readers.clock(), ["bioRxiv"])
        readers.clock.now += timedelta(hours=1)
    pauses = [later - sooner for sooner, later in itertools.pairwise(asked)]
    assert pauses[:9] == [1, 2, 4, 8, 16, 24, 24, 24, 24]
    assert set(pauses[9:]) == {24 * 7}
    assert [day.attempts for day in told] == [GIVEN_UP]
    assert "given up after 10 failures in a row" in told[0].reason
    assert "HTTP 500" in told[0].reason
    waiting = [day for day in await readers.store.days.listed("bioRxiv") if day.again]
    assert len(waiting) == 1


async def test_a_feed_that_was_given_up_comes_back_by_itself(readers: Readers) -> None:
    await readers.day(journal(1, 2))
    for _ in range(30):
        await readers.day(says(status=500))
    for _ in range(7):
        await readers.day(journal(2, 3))
    assert await readers.announced() == ["doi:10.1101/3"]
    await readers.day(journal(3, 4))  # daily again
    assert await readers.announced() == ["doi:10.1101/3", "doi:10.1101/4"]


async def test_a_feed_that_was_given_up_comes_back_by_command(readers: Readers) -> None:
    await readers.day(journal(1, 2))
    for _ in range(20):
        await readers.day(says(status=500))
    readers.web.pages["/rss"] = journal(1, 2)
    await readers.feeds.release(readers.store, "bioRxiv", readers.clock)
    (day, *_) = await readers.store.days.listed("bioRxiv")
    assert (day.state, day.attempts, day.again) == (DayState.EMPTY, 0, None)
    readers.clock.now += DAY
    await readers.day(journal(2, 3))
    assert await readers.announced() == ["doi:10.1101/3"]


async def test_a_server_that_asks_for_a_longer_pause_gets_it(readers: Readers) -> None:
    await readers.day(says(status=429, headers={"Retry-After": str(3600 * 60)}))
    for _ in range(2):
        await readers.day(journal(1))
    assert len(readers.web.requests) == 1
    await readers.day(journal(1))
    assert await readers.states() == ["failed", "ingested"]


async def test_what_a_feed_tells_no_more_is_remarked_and_told_once(readers: Readers) -> None:
    await readers.day(journal(*range(20)))
    items = [item(n, lacks="authors" if n > 15 else "") for n in range(2, 22)]
    for more in range(3):
        await readers.day(says(rss(*items, *(item(30 + n) for n in range(more)))))
    days = await readers.store.days.listed("bioRxiv")
    assert [bool(day.reason) for day in days] == [True, True, True, False]
    (told,) = await alarms(readers)
    assert told.reason == "6 of 20 entries have no authors"
    assert len(await readers.announced()) == 4  # the papers came all the same


async def test_what_a_feed_never_told_is_not_missed(readers: Readers) -> None:
    for first in range(3):
        await readers.day(says(rss(*(item(n, lacks="authors") for n in range(first, first + 20)))))
    assert await alarms(readers) == []
    assert await readers.states() == ["ingested"] * 3
