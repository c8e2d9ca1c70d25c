"""Contract: what a chat wants is kept, and its alerts fall due accordingly."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from papers.hours import Hours
from storage.account import Terms
from storage.store import AlertState, Chat, Store
from tests.storage.made import ADA, DAY, LAB, LATER, NOW, digest, finds, paper

MORNING = Hours(time(8, 30), "Europe/Berlin", frozenset((0, 1, 2, 3, 4)))
CHOSEN = Terms(("bioRxiv neuroscience", "cs.CV", "math"), False, MORNING, False)


async def found(store: Store, number: int, now: datetime = NOW, day: date = DAY) -> None:
    """A paper that goes to Ada."""
    await store.digests.ingest(digest(paper(number), day=day), finds(ADA, 0), now)


async def test_a_chat_that_never_said_wants_everything_on_arrival(store: Store) -> None:
    assert await store.terms.get(ADA.id) == Terms()
    await store.subscribers.welcome(ADA, NOW)
    assert await store.terms.get(ADA.id) == Terms((), True, Hours(), False)


async def test_what_a_chat_wants_is_kept_whole(store: Store) -> None:
    for chat in (ADA, LAB):
        await store.subscribers.welcome(chat, NOW)
    await store.terms.set(ADA.id, CHOSEN, NOW)
    assert await store.terms.get(ADA.id) == CHOSEN
    assert dict(await store.terms.all()) == {ADA.id: CHOSEN, LAB.id: Terms()}
    await store.terms.set(ADA.id, Terms(("cs.LG",)), NOW)
    assert (await store.terms.get(ADA.id)).categories == ("cs.LG",)
    await store.subscribers.lose(LAB.id)
    assert list(await store.terms.all()) == [ADA.id]


async def test_a_group_takes_what_it_wants_to_its_new_id(store: Store) -> None:
    moved = Chat(-1005, "supergroup", "The lab")
    await store.subscribers.welcome(LAB, NOW)
    await store.terms.set(LAB.id, CHOSEN, NOW)
    await store.subscribers.migrate(LAB.id, moved.id)
    assert await store.terms.get(moved.id) == CHOSEN


async def test_an_alert_falls_due_at_the_chats_hour_and_at_once_on_arrival(store: Store) -> None:
    await store.subscribers.welcome(ADA, NOW)
    await store.terms.set(ADA.id, Terms(hours=Hours(time(18))), NOW)
    await found(store, 1)
    (alert,) = await store.alerts.listed()
    assert alert.due == NOW.replace(hour=18)
    await store.terms.set(ADA.id, Terms(hours=Hours(time(20), "Asia/Tokyo")), NOW)
    (alert,) = await store.alerts.listed()
    assert alert.due == NOW.replace(hour=11)
    await store.terms.set(ADA.id, Terms(), NOW)
    assert len(await store.alerts.lease(NOW, LATER, 10)) == 1


async def test_what_is_found_during_a_pause_gathers_in_one_alert(store: Store) -> None:
    await store.subscribers.welcome(ADA, NOW)
    await found(store, 1)
    await store.terms.set(ADA.id, Terms(paused=True), NOW)
    for n in (2, 3):
        await found(store, n, NOW + timedelta(days=n), DAY + timedelta(days=n))
    assert list(await store.alerts.lease(NOW + timedelta(days=400), LATER, 10)) == []
    later = NOW + timedelta(days=10)
    await store.terms.set(ADA.id, Terms(), later)
    (alert,) = await store.alerts.lease(later, later + timedelta(minutes=2), 10)
    content = (await store.alerts.contents([alert.number])).get(alert.number)
    assert content
    assert len(content.items) == 3
    assert [info.day for info in content.digests] == [DAY + timedelta(days=n) for n in (0, 2, 3)]


async def test_an_alert_that_was_begun_is_not_moved_and_another_gathers(store: Store) -> None:
    await store.subscribers.welcome(ADA, NOW)
    await found(store, 1)
    (leased,) = await store.alerts.lease(NOW, LATER, 10)
    await store.terms.set(ADA.id, Terms(paused=True), NOW)
    begun = await store.alerts.get(leased.number)
    assert begun
    assert begun.due == NOW
    await found(store, 2, day=DAY + timedelta(days=1))
    assert len(await store.alerts.listed(AlertState.PENDING)) == 2


@pytest.mark.parametrize(
    ("zone", "changed"),
    [
        ("America/New_York", date(2026, 3, 8)),
        ("America/New_York", date(2026, 11, 1)),
        ("Europe/Berlin", date(2026, 3, 29)),
        ("Europe/Berlin", date(2026, 10, 25)),
    ],
)
@pytest.mark.parametrize("hour", [time(0, 30), time(1, 30), time(2, 30), time(8)])
async def test_one_message_a_date_when_clocks_change(
    store: Store, zone: str, changed: date, hour: time
) -> None:
    """Something is found every hour, and what is due is sent twice an hour."""
    now = datetime.combine(changed - timedelta(days=2), time(), UTC)
    await store.subscribers.welcome(ADA, now)
    await store.terms.set(ADA.id, Terms(hours=Hours(hour, zone)), now)
    dates, papers = [], 0
    for step in range(5 * 48):
        if step % 2 == 0:
            papers += 1
            await found(store, papers, now, now.date())
        for alert in await store.alerts.lease(now, now + timedelta(minutes=1), 10):
            await store.alerts.sent(alert.number, 1, now)
            dates.append(now.astimezone(ZoneInfo(zone)).date())
        now += timedelta(minutes=30)
    around = [changed + timedelta(days=n) for n in (-1, 0, 1, 2)]
    assert [dates.count(day) for day in around] == [1, 1, 1, 1]


async def test_a_machine_that_was_down_sends_once_and_goes_on(store: Store) -> None:
    await store.subscribers.welcome(ADA, NOW)
    await store.terms.set(ADA.id, Terms(hours=Hours(time(9))), NOW)
    await found(store, 1)
    wakes = NOW + timedelta(days=4)
    (late,) = await store.alerts.lease(wakes, wakes + timedelta(minutes=1), 10)
    await store.alerts.sent(late.number, 1, wakes)
    await found(store, 2, wakes, DAY + timedelta(days=4))
    (_, next_) = sorted(await store.alerts.listed(), key=lambda alert: alert.number)
    assert next_.due == wakes.replace(hour=9) + timedelta(days=1)
