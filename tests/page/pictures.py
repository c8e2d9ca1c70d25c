"""Take the pictures that the documentation shows: `python -m tests.page.pictures [folder]`."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

from playwright.async_api import Browser, Page, ViewportSize, async_playwright
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.stage import Stage, samples
from playground.client import Message, Person
from tests.page.browser import launch
from tests.page.house import House, paperboys_house

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
KEYWORDS = '"object detection", "point cloud", lidar'
SCENE = (
    "<b>Reading group, Thursday 14:00</b>\n"
    "We go through <a href='https://arxiv.org/abs/2002.10111'>SMOKE</a>; bring questions.\n"
    "<blockquote expandable>Predicts one key point and the 3D box of each object in a single"
    " step, from a single image. On KITTI this outperforms other monocular 3D object detection"
    " without region proposals, and it needs neither a second stage nor labels beyond the boxes."
    " Training is short.</blockquote>"
    "<pre><code class='language-bibtex'>@misc{liu2020smoke,\n  eprint = {2002.10111}\n}"
    "</code></pre>"
    "The winner is <tg-spoiler>hidden until you press</tg-spoiler>."
)


@asynccontextmanager
async def tab(
    browser: Browser, size: ViewportSize, scheme: Literal["light", "dark"], url: str
) -> AsyncIterator[Page]:
    """A tab of its own that has come to rest."""
    context = await browser.new_context(
        viewport=size, color_scheme=scheme, device_scale_factor=1.5, timezone_id="UTC"
    )
    page = await context.new_page()
    await page.goto(url)
    await page.wait_for_timeout(900)
    yield page
    await context.close()


async def shoot(page: Page, folder: Path, name: str) -> None:
    """Keep the tab as a picture, without a blinking caret."""
    await page.wait_for_timeout(500)
    await page.screenshot(path=folder / f"{name}.png", caret="hide", animations="disabled")


async def settle(house: House) -> tuple[Person, str]:
    """Ada subscribes and gets her alert; her group talks. Gives Ada and the topic's place."""
    ada = await house.client.person("Ada", last_name="Lovelace", username="ada_lovelace")
    bob = await house.client.person("Bob", username="bob_b")
    lab = await ada.group("Vision lab", "supergroup", forum=True, as_admin=True)
    await lab.join(bob)
    papers = await lab.topic("Papers")
    await lab.topic("Hardware")
    keys = [
        InlineKeyboardButton("I come", callback_data="y"),
        InlineKeyboardButton("Next time", callback_data="n"),
    ]
    said = await house.bot.send_message(
        lab.id,
        SCENE,
        parse_mode="HTML",
        message_thread_id=papers,
        reply_markup=InlineKeyboardMarkup([keys]),
    )
    question = await bob.send("Does it run on one camera only?", lab.id, topic=papers)
    await ada.send("Yes, that is the point of it.", lab.id, topic=papers, reply_to=question)
    message = Message(said.to_dict())
    await ada.act("pin", lab.id, message=message.id)
    for person, emoji in ((ada, "🔥"), (bob, "🔥")):
        await person.act("react", lab.id, message=message.id, emoji=[emoji])
    for words in ("/start", f"/add {KEYWORDS}"):
        await ada.send(words)
        await house.client.wait_for(chat=ada.id)
    await house.ingest()
    await house.client.wait_for(lambda m: "5 yours" in m.text, chat=ada.id)
    return ada, f"{lab.id}/{papers}"


async def take(house: House, browser: Browser, folder: Path) -> None:
    """Take all pictures."""
    ada, topic = await settle(house)
    assert house.store is not None
    stage = Stage(house.telegram, house.store, house.clock, samples()[1:])
    running = asyncio.create_task(stage.run())
    await asyncio.sleep(0.5)
    chat, group = (f"{house.telegram.url}/#/{ada.id}/{where}" for where in (ada.id, topic))
    async with tab(browser, DESKTOP, "light", chat) as page:
        await shoot(page, folder, "alert")
    async with tab(browser, DESKTOP, "dark", group) as page:
        await shoot(page, folder, "dark")
    async with tab(browser, PHONE, "light", chat) as page:
        await shoot(page, folder, "phone")
    async with tab(browser, DESKTOP, "light", chat) as page:
        await page.get_by_role("button", name="Telegram has trouble").click()
        await page.wait_for_timeout(9000)
        await shoot(page, folder, "trouble")
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def main(folder: Path) -> None:
    """Take them into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await launch(playwright)
        with tempfile.TemporaryDirectory() as scratch:
            async with paperboys_house(Path(scratch)) as house:
                await take(house, browser, folder)
        await browser.close()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER))
