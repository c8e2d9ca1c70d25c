"""Talking to Paperboy on the page: from nothing to the alert, and all one can do with messages."""

import re

import pytest
from playwright.async_api import expect

from tests.page.house import House
from tests.page.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_from_an_empty_page_to_an_alert_and_its_second_page(
    visitor: Visitor, house: House
) -> None:
    page = visitor.page
    await expect(page.get_by_role("heading", name="A Telegram of your own")).to_be_visible()
    await visitor.begin("Grace")
    await expect(page.get_by_role("heading", name="What can Paperboy do?")).to_be_visible()
    await visitor.button("START").click()
    await visitor.sees("Paperboy reads arXiv's announcements")
    await visitor.write("/add learn*, image")
    await expect(visitor.bubbles).to_have_count(4)
    await house.ingest()
    alert = await visitor.sees("cs.CV · Tue 25 Feb 2020 · 41 papers")
    await expect(alert.get_by_role("link").nth(1)).to_have_attribute(
        "href", re.compile(r"https://arxiv\.org/abs/2002\.")
    )
    await expect(alert).to_contain_text("1. ")
    await page.get_by_role("button", name="2 ›").last.click()
    await expect(visitor.bubbles.filter(has_text="6. ").last).to_be_visible()
    await expect(visitor.bubbles.filter(has_text=re.compile(r"\n1\. "))).to_have_count(0)


async def test_a_paper_is_saved_and_taken_along_as_a_document(
    visitor: Visitor, house: House
) -> None:
    page = visitor.page
    await house.ingest()
    await visitor.begin("Grace")
    await visitor.button("START").click()
    await visitor.sees("What do you work on?")
    await visitor.write("2002.10187")
    await visitor.sees("3DSSD: Point-based")
    await visitor.button("☆ Save").click()
    await expect(visitor.button("★ Saved")).to_be_visible()
    await visitor.write("/saved")
    await visitor.sees("1 saved paper")
    await visitor.button("Export as BibTeX").click()
    await expect(visitor.bubbles.filter(has_text="saved.bib")).to_be_visible()
    async with page.expect_download() as download:
        await visitor.bubbles.get_by_role("link", name="saved.bib").click()
    assert (await download.value).suggested_filename == "saved.bib"


async def test_commands_complete_while_one_types(visitor: Visitor) -> None:
    await visitor.begin("Grace")
    await visitor.button("START").click()
    await visitor.sees("What do you work on?")
    await visitor.field.press_sequentially("/")
    options = visitor.page.get_by_role("option")
    await expect(options.filter(has_text="/today")).to_be_visible()
    await visitor.field.press_sequentially("hel")
    await expect(options).to_have_count(1)
    await visitor.field.press("Enter")
    await visitor.sees("Send me a link to an arXiv paper")
    await visitor.button("Commands of the bot").click()
    await options.filter(has_text="/list").click()
    await expect(visitor.bubbles.filter(has_text="/list").first).to_be_visible()


async def test_tab_puts_the_command_into_the_field(visitor: Visitor) -> None:
    await visitor.begin("Grace")
    await visitor.button("START").click()
    await visitor.sees("What do you work on?")
    await visitor.field.press_sequentially("/ad")
    await expect(visitor.page.get_by_role("option")).to_have_count(1)
    await visitor.field.press("Tab")
    await expect(visitor.field).to_have_value("/add ")
    await expect(visitor.field).to_be_focused()


async def test_a_deep_link_starts_with_its_payload(visitor: Visitor, house: House) -> None:
    await visitor.begin("Grace")
    await visitor.page.goto(f"{house.telegram.url}/?start=from_lab{await _hash(visitor)}")
    await visitor.button("START").click()
    await visitor.sees("/start from_lab")
    assert "start=" not in visitor.page.url


async def _hash(visitor: Visitor) -> str:
    found = await visitor.page.evaluate("location.hash")
    return str(found)


async def test_a_link_to_the_bot_stays_on_the_page(reader: Visitor, bare: House) -> None:
    assert reader.person is not None
    link = "https://t.me/scribe_bot?start=abc"
    await bare.bot.send_message(reader.person, f"Begin here: {link}")
    await (await reader.sees("Begin here")).get_by_role("link").click()
    await reader.sees("/start abc")


async def test_ones_own_message_is_edited_and_says_so(reader: Visitor) -> None:
    await reader.write("a first daft")
    await reader.sees("a first daft")
    await reader.field.press("ArrowUp")
    await expect(reader.field).to_have_value("a first daft")
    await reader.field.fill("a first draft")
    await reader.field.press("Enter")
    bubble = await reader.sees("a first draft")
    await expect(bubble.get_by_text("edited")).to_be_visible()
    await expect(reader.bubbles.filter(has_text="daft")).to_have_count(0)


async def test_a_message_is_answered_with_a_quote_that_leads_back(reader: Visitor) -> None:
    await reader.write("the question")
    await reader.menu("the question", "Reply")
    await reader.write("the answer")
    answer = await reader.sees("the answer")
    await answer.get_by_role("button", name="the question").click()
    await expect(reader.bubbles.filter(has_text="the question").first).to_be_focused()


async def test_reactions_are_given_and_taken_back(reader: Visitor) -> None:
    await reader.write("good news")
    await (await reader.sees("good news")).click(button="right")
    await reader.page.get_by_role("menuitemcheckbox", name="React with 🔥").click()
    chip = reader.bubble("good news").get_by_role("button", name="🔥 1")
    await expect(chip).to_have_attribute("aria-pressed", "true")
    await chip.click()
    await expect(chip).to_have_count(0)


async def test_a_message_is_pinned_and_unpinned(reader: Visitor) -> None:
    await reader.write("remember this")
    await reader.menu("remember this", "Pin")
    bar = reader.page.locator(".pinned")
    await expect(bar).to_contain_text("remember this")
    await bar.get_by_role("button", name="Unpin").click()
    await expect(bar).to_be_hidden()


async def test_a_message_is_deleted_and_forwarded(reader: Visitor) -> None:
    await reader.write("pass it on")
    await reader.menu("pass it on", "Forward")
    await reader.page.get_by_role("dialog").get_by_role("button", name="Scribe").click()
    await expect(reader.last).to_contain_text("Forwarded from Ada Lovelace")
    await reader.menu("Forwarded from Ada Lovelace", "Delete")
    await expect(reader.bubbles.filter(has_text="pass it on")).to_have_count(1)


async def test_blocking_the_bot_and_coming_back(visitor: Visitor) -> None:
    await visitor.begin("Grace")
    await visitor.button("START").click()
    await visitor.sees("What do you work on?")
    await visitor.chat_menu("Block Paperboy")
    restart = visitor.button("RESTART")
    await expect(restart).to_be_visible()
    await expect(visitor.field).to_be_hidden()
    await expect(visitor.page.locator(".head-state")).to_have_text("bot, blocked by you")
    await restart.click()
    await expect(visitor.bubbles.filter(has_text="/start")).to_have_count(2)
    await expect(visitor.field).to_be_focused()


async def test_typing_shows_until_the_message_comes(reader: Visitor, bare: House) -> None:
    assert reader.person is not None
    state = reader.page.locator(".head-state")
    await bare.bot.send_chat_action(reader.person, "typing")
    await expect(state).to_contain_text("Scribe is typing")
    await bare.bot.send_message(reader.person, "done")
    await expect(state).to_have_text("bot")
