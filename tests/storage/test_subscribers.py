"""Contract: chats and their profiles, through leaving, coming back and moving."""

from papers.keyword import parse
from storage.store import AlertState, Chat, Ingested, Store
from tests.storage.made import ADA, LAB, NOW, digest, finds, paper

SUPER = Chat(-1005, "supergroup", "The lab")


async def test_a_chat_is_welcomed_once_and_again_when_it_comes_back(store: Store) -> None:
    assert await store.subscribers.welcome(ADA, NOW)
    assert not await store.subscribers.welcome(ADA, NOW)
    await store.subscribers.lose(ADA.id)
    assert await store.subscribers.welcome(ADA, NOW)


async def test_keywords_keep_their_order_and_equal_ones_are_one(store: Store) -> None:
    await store.subscribers.welcome(ADA, NOW)
    assert await store.subscribers.add(ADA.id, parse("lidar"))
    assert await store.subscribers.add(ADA.id, parse("gan NOT survey"))
    assert not await store.subscribers.add(ADA.id, parse("GAN  -surveys"))
    assert [str(k) for k in await store.subscribers.keywords(ADA.id)] == ["lidar", "gan -survey"]
    assert await store.subscribers.remove(ADA.id, parse("gan -survey"))
    assert not await store.subscribers.remove(ADA.id, parse("gan -survey"))
    assert [str(k) for k in await store.subscribers.keywords(ADA.id)] == ["lidar"]


async def test_profiles_are_those_of_chats_that_can_be_written_to(store: Store) -> None:
    for chat in (ADA, LAB):
        await store.subscribers.welcome(chat, NOW)
        await store.subscribers.add(chat.id, parse("lidar"))
    await store.subscribers.lose(LAB.id)
    assert dict(await store.subscribers.profiles()) == {ADA.id: [parse("lidar")]}
    assert list(await store.subscribers.keywords(LAB.id)) == [parse("lidar")]


async def test_a_group_takes_everything_to_its_new_id(store: Store) -> None:
    await store.subscribers.welcome(LAB, NOW)
    await store.subscribers.add(LAB.id, parse("lidar"))
    await store.digests.ingest(digest(paper(1)), finds(LAB, 0), NOW)
    await store.subscribers.migrate(LAB.id, SUPER.id)
    await store.subscribers.migrate(LAB.id, SUPER.id)
    assert [str(k) for k in await store.subscribers.keywords(SUPER.id)] == ["lidar"]
    (alert,) = await store.alerts.listed()
    assert alert.chat == SUPER
    again = digest(paper(1), category="cs.LG")
    assert await store.digests.ingest(again, finds(SUPER, 0), NOW) == Ingested(1, 0)


async def test_a_move_joins_two_ids_that_are_both_known(store: Store) -> None:
    for chat in (LAB, SUPER):
        await store.subscribers.welcome(chat, NOW)
        await store.subscribers.add(chat.id, parse("lidar"))
    await store.subscribers.add(LAB.id, parse("nerf"))
    both = finds(LAB, 0, 1) + finds(SUPER, 1, 2)
    await store.digests.ingest(digest(paper(1), paper(2), paper(3)), both, NOW)
    await store.subscribers.migrate(LAB.id, SUPER.id)
    assert [str(k) for k in await store.subscribers.keywords(SUPER.id)] == ["lidar", "nerf"]
    (alert,) = await store.alerts.listed(AlertState.PENDING)
    assert alert.chat == SUPER
    content = (await store.alerts.contents([alert.number])).get(alert.number)
    assert content is not None
    assert sorted(item.paper.id for item in content.items) == [
        "2002.00001",
        "2002.00002",
        "2002.00003",
    ]
    assert LAB.id not in await store.subscribers.profiles()
