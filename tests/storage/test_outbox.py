"""Contract: the outbox in trouble: doubts, postponements, giving up, and trying again."""

from datetime import timedelta

import pytest

from storage.store import Alert, AlertState, Chat, Store
from tests.storage.made import ADA, LAB, LATER, NOW, digest, finds, paper

ENDED = [AlertState.UNKNOWN, AlertState.FAILED, AlertState.GONE]


async def alerts(store: Store) -> list[Alert]:
    """One for Ada, one for the lab."""
    for chat in (ADA, LAB):
        await store.subscribers.welcome(chat, NOW)
    await store.digests.ingest(digest(paper(1)), finds(ADA, 0) + finds(LAB, 0), NOW)
    return sorted(await store.alerts.listed(), key=lambda alert: -alert.chat.id)


async def another(store: Store) -> Alert:
    """One more for Ada, who has begun to get the first."""
    await store.digests.ingest(digest(paper(2), category="cs.LG"), finds(ADA, 0), NOW)
    return (await store.alerts.listed())[0]


async def test_a_chat_has_one_alert_out_on_lease_at_a_time(store: Store) -> None:
    first, _ = await alerts(store)
    leased = await store.alerts.lease(NOW, LATER, 10)
    assert {alert.chat.id for alert in leased} == {ADA.id, LAB.id}
    second = await another(store)
    assert list(await store.alerts.lease(NOW, LATER, 10)) == []
    await store.alerts.sent(first.number, 17, NOW)
    assert [alert.number for alert in await store.alerts.lease(NOW, LATER, 10)] == [second.number]


async def test_a_chat_s_second_alert_does_not_wait_for_the_first_to_be_repeated(
    store: Store,
) -> None:
    first, _ = await alerts(store)
    await store.alerts.lease(NOW, LATER, 10)
    second = await another(store)
    await store.alerts.retry(first.number, LATER, "Bad Gateway")
    assert [alert.number for alert in await store.alerts.lease(NOW, LATER, 10)] == [second.number]


async def test_doubts_are_counted(store: Store) -> None:
    first, _ = await alerts(store)
    await store.alerts.retry(first.number, NOW, "no answer", doubtful=True)
    await store.alerts.retry(first.number, NOW, "Bad Gateway")
    kept = await store.alerts.get(first.number)
    assert kept is not None
    assert (kept.doubts, kept.attempts) == (1, 2)


async def test_what_was_postponed_was_not_tried(store: Store) -> None:
    first, _ = await alerts(store)
    await store.alerts.lease(NOW, LATER, 10)
    again = NOW + timedelta(seconds=20)
    await store.alerts.postpone(first.number, again)
    assert list(await store.alerts.lease(again - timedelta(seconds=1), LATER, 10)) == []
    (taken,) = await store.alerts.lease(again, LATER, 10)
    assert (taken.number, taken.attempts, taken.due) == (first.number, 0, NOW)


async def test_what_was_postponed_is_not_added_to(store: Store) -> None:
    first, _ = await alerts(store)
    await store.alerts.lease(NOW, LATER, 10)
    await store.alerts.postpone(first.number, NOW)
    assert (await another(store)).number != first.number


@pytest.mark.parametrize("state", ENDED)
async def test_what_ended_unsent_can_be_queued_again(store: Store, state: AlertState) -> None:
    first, second = await alerts(store)
    await store.alerts.retry(first.number, NOW, "no answer", doubtful=True)
    await store.alerts.end(first.number, state, "no more")
    await store.alerts.sent(second.number, 17, NOW)
    assert await store.alerts.requeue(LATER, number=first.number, state=None) == 1
    kept = await store.alerts.get(first.number)
    assert kept is not None
    assert (kept.state, kept.due, kept.doubts) == (AlertState.PENDING, LATER, 0)
    assert [alert.number for alert in await store.alerts.lease(LATER, LATER, 5)] == [first.number]


async def test_a_whole_state_can_be_queued_again_and_nothing_that_was_sent(store: Store) -> None:
    for alert in await alerts(store):
        await store.alerts.end(alert.number, AlertState.FAILED, "too long")
    another_one = await another(store)
    await store.alerts.sent(another_one.number, 17, NOW)
    assert await store.alerts.requeue(NOW, number=None, state=AlertState.SENT) == 0
    assert await store.alerts.requeue(NOW, number=another_one.number, state=None) == 0
    assert await store.alerts.requeue(NOW, number=None, state=AlertState.FAILED) == 2


async def test_counts_tell_states_and_how_late_it_is(store: Store) -> None:
    assert await store.alerts.counts(NOW) == ({}, 0, None)
    first, _ = await alerts(store)
    counted = await store.alerts.counts(LATER)
    assert (counted.states, counted.due, counted.oldest_due) == ({"pending": 2}, 2, NOW)
    assert counted.lag(LATER) == 120
    await store.alerts.sent(first.number, 17, NOW)
    await store.subscribers.lose(LAB.id)
    counted = await store.alerts.counts(LATER)
    assert (counted.states, counted.due) == ({"pending": 1, "sent": 1}, 0)
    assert counted.lag(LATER) == 0


async def test_a_chat_that_leaves_its_topic_is_written_to_without(store: Store) -> None:
    await store.subscribers.welcome(Chat(-7, "supergroup", "Forum", 9), NOW)
    await store.digests.ingest(digest(paper(1)), finds(Chat(-7, "", ""), 0), NOW)
    await store.subscribers.leave_topic(-7)
    (alert,) = await store.alerts.lease(NOW, LATER, 1)
    assert alert.chat.topic is None
