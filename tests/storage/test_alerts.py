"""Contract: the outbox gives each due alert to one taker, and keeps what became of it."""

from datetime import timedelta

from storage.store import Alert, AlertState, Store
from tests.storage.made import ADA, DAY, LAB, LATER, NOW, digest, finds, paper


async def waiting(store: Store) -> Alert:
    await store.subscribers.welcome(ADA, NOW)
    await store.digests.ingest(digest(paper(1), paper(2)), finds(ADA, 1, 0), NOW)
    (alert,) = await store.alerts.listed()
    return alert


async def test_a_written_alert_waits_with_its_papers_in_order_and_why(store: Store) -> None:
    alert = await waiting(store)
    assert (alert.chat, alert.day, alert.state, alert.due) == (ADA, DAY, AlertState.PENDING, NOW)
    content = (await store.alerts.contents([alert.number])).get(alert.number)
    assert content is not None
    assert [(item.paper.id, item.keywords) for item in content.items] == [
        ("2002.00002", ("lidar",)),
        ("2002.00001", ("lidar",)),
    ]
    assert content.digests[0].papers == 2


async def test_a_leased_alert_is_given_to_nobody_else_until_the_lease_runs_out(
    store: Store,
) -> None:
    alert = await waiting(store)
    assert list(await store.alerts.lease(NOW - timedelta(seconds=1), LATER, 10)) == []
    assert [a.number for a in await store.alerts.lease(NOW, LATER, 10)] == [alert.number]
    assert list(await store.alerts.lease(NOW, LATER, 10)) == []
    assert len(await store.alerts.lease(LATER, LATER + timedelta(minutes=2), 10)) == 1


async def test_leases_take_the_oldest_first_and_no_more_than_asked(store: Store) -> None:
    await waiting(store)
    await store.subscribers.welcome(LAB, NOW)
    early = NOW - timedelta(hours=1)
    await store.digests.ingest(digest(paper(3), category="cs.LG"), finds(LAB, 0), early)
    (first,) = await store.alerts.lease(NOW, LATER, 1)
    assert first.chat == LAB


async def test_a_sent_alert_is_done(store: Store) -> None:
    alert = await waiting(store)
    await store.alerts.sent(alert.number, 17, NOW)
    done = await store.alerts.get(alert.number)
    assert done is not None
    assert (done.state, done.message) == (AlertState.SENT, 17)
    assert list(await store.alerts.lease(LATER, LATER, 10)) == []


async def test_a_retried_alert_falls_due_again_with_a_note(store: Store) -> None:
    alert = await waiting(store)
    await store.alerts.lease(NOW, LATER, 10)
    again = NOW + timedelta(seconds=30)
    await store.alerts.retry(alert.number, again, "Bad Gateway")
    assert list(await store.alerts.lease(NOW, LATER, 10)) == []
    (taken,) = await store.alerts.lease(again, LATER, 10)
    assert (taken.attempts, taken.note) == (1, "Bad Gateway")


async def test_an_ended_alert_stays_listed_by_its_state(store: Store) -> None:
    alert = await waiting(store)
    await store.alerts.end(alert.number, AlertState.FAILED, "message is too long")
    (failed,) = await store.alerts.listed(AlertState.FAILED)
    assert failed.note == "message is too long"
    assert list(await store.alerts.listed(AlertState.PENDING)) == []


async def test_alerts_of_a_chat_that_is_gone_wait_until_it_is_back(store: Store) -> None:
    await waiting(store)
    await store.subscribers.lose(ADA.id)
    assert list(await store.alerts.lease(NOW, LATER, 10)) == []
    await store.subscribers.back(ADA.id)
    assert len(await store.alerts.lease(NOW, LATER, 10)) == 1


async def test_an_unknown_alert_is_none(store: Store) -> None:
    assert await store.alerts.get(99) is None
    assert (await store.alerts.contents([99])).get(99) is None
