"""Chats that can't be written to, or not as before: they go quiet, move, and come back."""

import asyncio

import pytest

from papers.keyword import parse
from playground.client import Person
from storage.store import Alert, AlertState, Chat, Find
from tests.bot.conftest import House, clock
from tests.bot.office import digest


async def alert_for(house: House, chat: Chat, category: str = "cs.CV", paper: int = 0) -> None:
    """An alert of one paper that is due now."""
    await house.store.subscribers.welcome(chat, clock())
    await house.store.subscribers.add(chat.id, parse("lidar"))
    await house.store.digests.ingest(
        digest(category), [Find(chat.id, paper, 0, ("lidar",))], clock()
    )


async def settled(house: House) -> Alert:
    """The newest alert, once its fate is known."""
    async with asyncio.timeout(10):
        while await house.store.alerts.listed(AlertState.PENDING):
            await asyncio.sleep(0.02)
    return (await house.store.alerts.listed())[0]


async def test_a_topic_that_is_gone_is_left_and_the_chat_told_once(
    house: House, ada: Person
) -> None:
    group = await ada.group("Forum", "supergroup", forum=True)
    topic = await group.topic("Papers")
    await ada.act("delete_topic", group.id, topic=topic)
    await alert_for(house, Chat(group.id, "supergroup", "Forum", topic))
    assert (await settled(house)).state is AlertState.SENT
    await alert_for(house, Chat(group.id, "supergroup", "Forum", topic), "cs.LG", 1)
    assert (await settled(house)).state is AlertState.SENT
    texts = [message.text for message in await ada.messages(group.id)]
    assert sum("topic in which I was set up" in text for text in texts) == 1
    assert sum("2 yours" in text or "1 yours" in text for text in texts) == 2


async def test_a_channel_in_which_it_may_not_post_goes_quiet_until_it_may(
    house: House, ada: Person
) -> None:
    channel = await ada.group("News", "channel", as_admin=True)
    bot = house.telegram.telegram.world.bot.id
    await channel.promote(bot, rights={"can_post_messages": False})
    await alert_for(house, Chat(channel.id, "channel", "News"))
    assert (await settled(house)).state is AlertState.GONE
    assert channel.id not in await house.store.subscribers.profiles()
    assert [str(k) for k in await house.store.subscribers.keywords(channel.id)] == ["lidar"]
    await channel.promote(bot, rights={"can_post_messages": True})
    await asyncio.sleep(0.3)
    assert channel.id in await house.store.subscribers.profiles()


@pytest.mark.parametrize("way", ["command", "unblock"])
async def test_who_comes_back_gets_alerts_again(house: House, ada: Person, way: str) -> None:
    await house.ask(ada, "/add lidar")
    house.telegram.telegram.world.users[ada.id].blocked = True  # nobody hears of it
    await alert_for(house, Chat(ada.id, "private", "Ada"))
    assert (await settled(house)).state is AlertState.GONE
    assert ada.id not in await house.store.subscribers.profiles()
    if way == "command":
        house.telegram.telegram.world.users[ada.id].blocked = False
        await house.ask(ada, "/list")
    else:
        await ada.act("unblock")
        await asyncio.sleep(0.3)
    assert ada.id in await house.store.subscribers.profiles()


async def test_an_alert_follows_its_group_to_an_id_that_is_known_too(
    house: House, ada: Person
) -> None:
    group = await ada.group("The lab")
    await house.store.subscribers.welcome(Chat(group.id, "group", "The lab"), clock())
    world = house.telegram.telegram.world
    old = world.chats[group.id]
    new = world.add_chat("supergroup", old.title, world.users[ada.id])
    new.members = dict(old.members)
    old.migrated_to = new.id
    await house.store.subscribers.welcome(Chat(new.id, "supergroup", "The lab"), clock())
    await alert_for(house, Chat(group.id, "group", "The lab"))
    alert = await settled(house)
    assert (alert.state, alert.chat.id) == (AlertState.SENT, new.id)
    assert group.id not in await house.store.subscribers.profiles()
