"""Contract: the inbox keeps what is to be handled, once, and remembers where to go on."""

from datetime import timedelta

from storage.store import Store
from storage.traffic import Incoming
from tests.storage.made import NOW

FIRST, SECOND = Incoming(10, '{"update_id": 10}'), Incoming(11, '{"update_id": 11}')
BAD = Incoming(12, '{"update_id": 12}', "KeyError: 'date'")


async def test_what_was_stored_waits_in_order_until_it_is_done(store: Store) -> None:
    assert await store.inbox.add([FIRST, SECOND], 12, NOW) == [10, 11]
    assert list(await store.inbox.waiting()) == [FIRST, SECOND]
    await store.inbox.done(10)
    assert list(await store.inbox.waiting()) == [SECOND]


async def test_what_waits_already_is_not_to_be_handled_twice(store: Store) -> None:
    await store.inbox.add([FIRST], 11, NOW)
    assert await store.inbox.add([FIRST, SECOND], 12, NOW) == [11]
    assert list(await store.inbox.waiting()) == [FIRST, SECOND]


async def test_an_id_may_come_again_once_it_was_handled(store: Store) -> None:
    await store.inbox.add([FIRST], 11, NOW)
    await store.inbox.done(10)
    assert await store.inbox.add([FIRST], 11, NOW) == [10]


async def test_where_to_go_on_is_remembered_for_a_day(store: Store) -> None:
    assert await store.inbox.following(NOW) == 0
    await store.inbox.add([FIRST], 11, NOW)
    assert await store.inbox.following(NOW + timedelta(hours=23)) == 11
    assert await store.inbox.following(NOW + timedelta(hours=25)) == 0


async def test_ids_may_begin_anew_below(store: Store) -> None:
    await store.inbox.add([SECOND], 12, NOW)
    await store.inbox.add([FIRST], 11, NOW)
    assert await store.inbox.following(NOW) == 11


async def test_what_can_t_be_read_is_kept_apart(store: Store) -> None:
    assert await store.inbox.add([FIRST, BAD], 13, NOW) == [10]
    assert list(await store.inbox.waiting()) == [FIRST]
    await store.inbox.done(12)
    assert list(await store.inbox.refused()) == [BAD]


async def test_of_what_can_t_be_read_only_the_newest_are_kept(store: Store) -> None:
    for first in range(0, 1200, 100):
        bad = [Incoming(n, "{}", "no") for n in range(first, first + 100)]
        await store.inbox.add(bad, first + 100, NOW)
    kept = await store.inbox.refused()
    assert [each.update_id for each in kept] == list(range(1199, 699, -1))
