"""For everybody: by keyboard alone, with a screen reader, in the dark, on a phone."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, ViewportSize, expect
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from playground import Fault
from tests.page.house import House
from tests.page.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

SCENE = (
    "<b>Bold</b> and <i>italic</i>, <code>code</code>, <a href='https://arxiv.org/'>a link</a>,"
    " <tg-spoiler>hidden</tg-spoiler> #tag /help\n"
    "<pre><code class='language-python'>print(1)</code></pre>"
    "<blockquote expandable>" + "A long quote. " * 40 + "</blockquote>"
)
PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}


async def violations(page: Page) -> list[str]:
    """What axe finds wrong with the page as it stands, one line each."""
    await page.wait_for_timeout(350)  # colours while something fades in are no colours
    found: dict[str, Any] = (await Axe().run(page)).response
    return [
        f"{rule['id']}: {node['html'][:120]} {node.get('failureSummary', '')}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


async def furnish(house: House, person: int) -> None:
    """Something of everything in the chat."""
    keys = [InlineKeyboardButton(text, callback_data=text) for text in ("One", "Two")]
    await house.bot.send_message(
        person, SCENE, parse_mode="HTML", reply_markup=InlineKeyboardMarkup([keys])
    )
    sent = await house.bot.send_document(person, b"x" * 2048, filename="papers.bib")
    await house.client.call("send", person=person, text="an answer", reply_to=sent.message_id)
    await house.client.call("pin", person=person, message=sent.message_id)
    await house.client.call("react", person=person, message=sent.message_id, emoji=["👍"])
    house.telegram.backstage.show("digest", "The digest", [["papers", "70"], ["yours", "3"]])
    house.telegram.backstage.show("waiting", "Waiting", [["alert", "why"], ["#1", "Bad Gateway"]])
    house.telegram.backstage.offer("go", "Go on", _nothing)


async def _nothing() -> None:
    """Nothing."""


STATES: dict[str, list[str]] = {
    "conversation": [],
    "panel": ["Behind the scenes"],
    "chat menu": ["Chat menu"],
    "new chat": ["New chat"],
    "form": ["New chat", "New group"],
    "commands": ["Commands of the bot"],
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_axe_finds_nothing_wrong(
    reader: Visitor, bare: House, scheme: Any, size: Any
) -> None:
    assert reader.person is not None
    await furnish(bare, reader.person)
    await bare.bot.set_my_commands([("today", "the newest papers")])
    await reader.page.emulate_media(color_scheme=scheme)
    await reader.page.set_viewport_size(size)
    wrong: dict[str, list[str]] = {}
    for state, steps in STATES.items():
        await reader.arrive()
        await reader.page.reload()
        await reader.sees("an answer")
        for name in steps:
            if name == "New chat" and size is PHONE:
                await reader.button("Back to the chats").click()
            await _press(reader, name)
        wrong[state] = await violations(reader.page)
    assert wrong == {state: [] for state in STATES}


async def _press(reader: Visitor, name: str) -> None:
    item = reader.page.get_by_role("menuitem", name=name)
    await (item if await item.count() else reader.button(name).first).click()


async def test_axe_finds_nothing_wrong_on_the_first_page_and_in_trouble(
    visitor: Visitor, house: House
) -> None:
    await expect(visitor.page.get_by_label("What is your name?")).to_be_visible()
    assert await violations(visitor.page) == []
    await visitor.begin("Grace")
    await expect(visitor.button("START")).to_be_visible()
    house.telegram.telegram.order_fault(Fault("error", code=502))
    await visitor.button("Behind the scenes").click()
    await visitor.page.context.set_offline(True)
    await expect(visitor.page.get_by_text("Connection lost")).to_be_visible()
    assert await violations(visitor.page) == []


async def test_by_keyboard_alone(visitor: Visitor, house: House) -> None:
    """From the empty page to the alert's second page without touching the mouse."""
    keys = visitor.page.keyboard
    await expect(visitor.page.get_by_label("What is your name?")).to_be_focused()
    await keys.type("Grace")
    await keys.press("Enter")
    await visitor.button("START").focus()
    await keys.press("Enter")
    await visitor.sees("What do you work on?")
    await expect(visitor.field).to_be_focused()
    await keys.type("learn*, image")
    await keys.press("Enter")
    await expect(visitor.bubbles).to_have_count(4)
    await house.ingest()
    await visitor.sees("41 papers")
    await keys.press("Shift+Tab")  # send a file
    await keys.press("Shift+Tab")  # the menu of commands
    for _ in range(6):
        await keys.press("Shift+Tab")
        if await _focused(visitor.page) == "2 ›":
            break
    await keys.press("Enter")
    await visitor.sees("6. ")
    await keys.press("Escape")
    await expect(visitor.field).to_be_focused()


async def _focused(page: Page) -> str:
    found = await page.evaluate("document.activeElement.textContent")
    return str(found)


async def test_arrows_go_from_message_to_message_and_enter_opens_the_menu(
    reader: Visitor, bare: House
) -> None:
    for text in ("first", "second"):
        await reader.write(text)
        await reader.sees(text)
    await reader.bubble("second").focus()
    keys = reader.page.keyboard
    await keys.press("ArrowUp")
    await expect(reader.bubble("first")).to_be_focused()
    await keys.press("Enter")
    menu = reader.page.get_by_role("menu")
    await expect(menu.get_by_role("menuitemcheckbox").first).to_be_focused()
    await keys.press("Escape")
    await expect(reader.bubble("first")).to_be_focused()
    await expect(menu).to_have_count(0)
    assert bare.telegram.telegram.calls_of("sendMessage") == []


async def test_a_screen_reader_hears_of_new_messages(reader: Visitor, bare: House) -> None:
    assert reader.person is not None
    await bare.bot.send_message(reader.person, "Three papers for you")
    heard = reader.page.locator("#announcer")
    await expect(heard).to_have_text("Scribe: Three papers for you")
    await expect(heard).to_have_attribute("aria-live", "polite")
    await expect(reader.last).to_have_attribute(
        "aria-label",
        "Scribe, {}: Three papers for you".format(await reader.last.locator("time").inner_text()),
    )


async def test_the_dark_mode_is_the_systems_until_one_chooses(reader: Visitor) -> None:
    async def ground() -> str:
        return str(await reader.page.evaluate("getComputedStyle(document.body).backgroundColor"))

    await reader.page.emulate_media(color_scheme="light")
    light = await ground()
    await reader.page.emulate_media(color_scheme="dark")
    dark = await ground()
    assert light != dark
    switch = reader.button("Dark mode")
    await expect(switch).to_have_attribute("aria-pressed", "true")
    await switch.click()
    assert await ground() == light
    await reader.page.reload()
    await expect(switch).to_have_attribute("aria-pressed", "false")
    assert await ground() == light


@pytest.mark.parametrize("width", [320, 390, 720, 1024, 1440])
async def test_nothing_is_wider_than_the_screen(reader: Visitor, bare: House, width: int) -> None:
    assert reader.person is not None
    await furnish(bare, reader.person)
    await bare.bot.send_message(reader.person, "W" * 300 + " " + "https://arxiv.org/" + "a" * 200)
    await reader.page.set_viewport_size({"width": width, "height": 700})
    await reader.page.reload()
    await reader.sees("WWW")
    wide = await reader.page.evaluate(
        "[...document.querySelectorAll('.app *')].filter(e => e.getClientRects().length"
        " && e.getBoundingClientRect().right > innerWidth + 1"
        " && !e.closest('.visually-hidden, .more')).map(e => e.className)"
    )
    assert wide == []


async def test_a_phone_shows_the_list_or_the_conversation(reader: Visitor) -> None:
    await reader.page.set_viewport_size(PHONE)
    chats = reader.page.get_by_role("navigation", name="Chats")
    await expect(chats).to_be_hidden()
    await reader.button("Back to the chats").click()
    await expect(chats).to_be_visible()
    await expect(reader.field).to_be_hidden()
    await reader.open("Scribe")
    await expect(reader.field).to_be_visible()
    await reader.page.go_back()
    await expect(chats).to_be_visible()
