"""Several people, groups with topics, channels, and who sees what."""

import pytest
from playwright.async_api import expect

from tests.page.house import House
from tests.page.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_group_with_topics_is_made_and_paperboy_speaks_in_it(visitor: Visitor) -> None:
    await visitor.begin("Grace")
    await visitor.new("New group", Name_of_the_group="Vision lab", With_topics=True)
    await expect(visitor.page.locator(".head-title")).to_have_text("General")
    await visitor.button("New topic").click()
    dialog = visitor.page.get_by_role("dialog")
    await dialog.get_by_label("Name of the topic").fill("Papers")
    await dialog.get_by_role("button", name="Create").click()
    await expect(visitor.page.locator(".head-title")).to_have_text("Papers")
    await visitor.write("/start@paperboy_bot")
    await visitor.sees("Paperboy reads arXiv's announcements")
    await visitor.page.get_by_role("link", name="General", exact=True).click()
    await expect(visitor.bubbles).to_have_count(0)
    await visitor.page.get_by_role("link", name="Papers", exact=True).click()
    await visitor.sees("Paperboy reads arXiv's announcements")


async def test_a_closed_topic_takes_no_words_of_members(reader: Visitor, bare: House) -> None:
    bob = await bare.client.person("Bob")
    forum = await bob.group("Forum", "supergroup", forum=True)
    ada = next(p for p in await _people(bare) if p["first_name"] == "Ada")
    await bob.act("add_member", forum.id, user=ada["id"])
    topic = await forum.topic("Old news")
    await bob.act("close_topic", forum.id, topic=topic)
    await reader.open("Forum")
    await reader.page.get_by_role("link", name="Old news").click()
    await expect(reader.page.get_by_text("This topic is closed")).to_be_visible()
    await expect(reader.field).to_be_hidden()


async def _people(bare: House) -> list[dict[str, object]]:
    found: list[dict[str, object]] = (await bare.client.look("snapshot"))["people"]
    return found


async def test_a_second_person_sees_their_own_chats_only(reader: Visitor) -> None:
    await reader.write("a secret of Ada's")
    await reader.sees("a secret of Ada's")
    await reader.new("New person", First_name="Bob", Username="bob_b")
    await expect(reader.page.locator(".who-name")).to_have_text("Bob")
    await expect(reader.bubbles).to_have_count(0)
    await reader.become("Ada Lovelace")
    await reader.sees("a secret of Ada's")


async def test_people_talk_in_a_group_and_unread_messages_are_counted(
    reader: Visitor, bare: House
) -> None:
    await reader.new("New group", Name_of_the_group="Reading group")
    await expect(reader.page.locator(".head-title")).to_have_text("Reading group")
    bob = await bare.client.person("Bob")
    await reader.chat_menu("Add a member")
    await reader.page.get_by_role("dialog").get_by_role("button", name="Bob").click()
    await expect(reader.page.locator(".head-state")).to_have_text("3 members")
    await reader.open("Scribe")
    chats = (await bare.client.look("snapshot"))["chats"]
    chat = next(c["chat"]["id"] for c in chats if c["chat"].get("title") == "Reading group")
    for text in ("one", "two"):
        await bob.send(text, chat)
    item = reader.page.locator(".chat").filter(has_text="Reading group")
    await expect(item.get_by_role("img", name="2 unread")).to_be_visible()
    await expect(item).to_contain_text("Bob: two")
    await item.click()
    await expect(item.get_by_role("img", name="2 unread")).to_have_count(0)
    await expect((await reader.sees("one")).locator(".author")).to_have_text("Bob")


async def test_a_channel_is_read_by_its_subscribers(reader: Visitor, bare: House) -> None:
    bob = await bare.client.person("Bob")
    channel = await bob.group("arXiv daily", "channel", as_admin=True)
    await reader.button("New chat").click()
    await reader.page.get_by_role("menuitem", name="Join a group or channel").click()
    await reader.page.get_by_role("dialog").get_by_role("button", name="arXiv daily").click()
    await expect(reader.page.get_by_text("Only administrators write")).to_be_visible()
    await bare.bot.send_message(channel.id, "Today: 41 papers")
    await reader.sees("Today: 41 papers")


async def test_a_channel_of_ones_own_takes_posts(reader: Visitor) -> None:
    await reader.new("New channel", Name_of_the_channel="Notes")
    await reader.write("the first note")
    await reader.sees("the first note")


async def test_a_group_becomes_a_supergroup_and_one_goes_with_it(reader: Visitor) -> None:
    await reader.new("New group", Name_of_the_group="Moving")
    await reader.chat_menu("Make it a supergroup")
    await expect(reader.page.locator(".timeline")).to_contain_text("became a supergroup")
    await reader.write("still here")
    await reader.sees("still here")
    await expect(reader.page.locator("a.chat").filter(has_text="Moving")).to_have_count(1)


async def test_leaving_a_group_takes_it_off_the_list(reader: Visitor) -> None:
    await reader.new("New group", Name_of_the_group="Short")
    await reader.chat_menu("Leave")
    await expect(reader.page.locator("a.chat").filter(has_text="Short")).to_have_count(0)
    await expect(reader.page.locator(".head-title")).to_have_text("Scribe")


async def test_the_form_says_why_a_name_is_refused(reader: Visitor) -> None:
    await reader.button("New chat").click()
    await reader.page.get_by_role("menuitem", name="New person").click()
    dialog = reader.page.get_by_role("dialog")
    await dialog.get_by_label("First name").fill("Eve")
    await dialog.get_by_label("Username").fill("no!")
    await dialog.get_by_role("button", name="Create").click()
    await expect(dialog.get_by_role("alert")).to_contain_text("a username has 4 to 32 letters")
