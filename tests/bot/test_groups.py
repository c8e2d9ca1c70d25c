"""Paperboy in groups, topics and channels: admins decide, everyone reads."""

import pytest

from playground.client import Person
from tests.bot.conftest import House


@pytest.fixture
async def grace(house: House) -> Person:
    return await house.client.person("Grace", username="grace_hopper")


async def test_only_admins_change_a_groups_keywords(
    house: House, ada: Person, grace: Person
) -> None:
    lab = await ada.group("The lab")
    await lab.join(grace)
    refused = await house.ask(grace, "/add lidar", lab.id)
    assert refused.text == "In a group only its admins can change the keywords."
    assert "Added: lidar" in (await house.ask(ada, "/add lidar", lab.id)).text
    assert "Your keywords:\n1. lidar" in (await house.ask(grace, "/list", lab.id)).text
    menu = await house.ask(grace, "/remove", lab.id)
    assert (await grace.press(menu, "✕ lidar")).text.startswith("Only this group's admins")
    assert (await ada.press(menu, "✕ lidar")).text == "Removed: lidar"


async def test_an_anonymous_admin_is_an_admin(house: House, ada: Person) -> None:
    lab = await ada.group("The lab", kind="supergroup")
    await lab.promote(ada.id, anonymous=True)
    assert "Added: lidar" in (await house.ask(ada, "/add lidar", lab.id)).text


async def test_a_group_gets_its_own_alert_and_turns_its_pages(
    house: House, ada: Person, grace: Person
) -> None:
    lab = await ada.group("The lab")
    await lab.join(grace)
    await house.ask(ada, "/add learning", lab.id)
    await house.ingest()
    alert = await house.answer(lab.id)
    assert alert.text.startswith("cs.CV · Tue 25 Feb 2020 · 70 papers · ")
    await grace.press(alert, "2 ›")
    turned = await house.answer(lab.id)
    assert (turned.id, turned.is_edit) == (alert.id, True)
    assert "\n6. " in turned.text


async def test_in_a_forum_it_answers_and_alerts_in_the_topic_it_was_set_up_in(
    house: House, ada: Person
) -> None:
    forum = await ada.group("The institute", kind="supergroup", forum=True)
    topic = await forum.topic("Papers")
    await ada.send("/add lidar", forum.id, topic=topic)
    added = await house.answer(forum.id)
    assert added.data["message_thread_id"] == topic
    await house.ingest()
    alert = await house.answer(forum.id)
    assert alert.data["message_thread_id"] == topic


async def test_a_channel_is_set_up_by_its_posts(house: House, ada: Person) -> None:
    channel = await ada.group("Papers of the day", kind="channel", as_admin=True)
    assert "Added: lidar" in (await house.ask(ada, "/add lidar", channel.id)).text
    await house.ingest()
    assert "· 70 papers ·" in (await house.answer(channel.id)).text


async def test_a_group_that_becomes_a_supergroup_keeps_its_keywords(
    house: House, ada: Person
) -> None:
    lab = await ada.group("The lab")
    await house.ask(ada, "/add lidar", lab.id)
    moved = await lab.migrate()
    assert "1. lidar" in (await house.ask(ada, "/list", moved.id)).text
    assert list(await house.store.subscribers.profiles()) == [moved.id]


async def test_words_that_are_no_command_are_left_alone_in_groups(
    house: House, ada: Person
) -> None:
    lab = await ada.group("The lab")
    await ada.send("/dance", lab.id)
    await ada.send("good morning", lab.id)
    assert "no keywords yet" in (await house.ask(ada, "/list", lab.id)).text
    assert len([m for m in await ada.messages(lab.id) if m.data["from"]["is_bot"]]) == 1
