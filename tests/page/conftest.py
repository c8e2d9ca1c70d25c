"""A real Chromium before the real page, with the real Paperboy behind it, all over real HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright

from tests.page.browser import launch
from tests.page.house import House, bare_house, paperboys_house
from tests.page.visitor import Visitor

PATIENCE = 8000.0  # milliseconds


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Give the browser; it serves all tests, each in a profile of its own."""
    async with async_playwright() as playwright:
        opened = await launch(playwright)
        yield opened
        await opened.close()


@pytest_asyncio.fixture(loop_scope="session")
async def bare() -> AsyncIterator[House]:
    """Give a playground with nothing behind it: the test itself is the bot."""
    async with bare_house() as house:
        yield house


@pytest_asyncio.fixture(loop_scope="session")
async def house(tmp_path: Path) -> AsyncIterator[House]:
    """Give a running Paperboy on a playground."""
    async with paperboys_house(tmp_path) as opened:
        yield opened


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser) -> AsyncIterator[Page]:
    """Give an empty tab. Whatever the test does, no script error and no breach of the policy."""
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.set_default_timeout(PATIENCE)
    opened = await context.new_page()
    problems: list[str] = []
    opened.on("pageerror", lambda error: problems.append(str(error)))
    opened.on("console", lambda said: problems.append(said.text) if _is_breach(said.text) else None)
    yield opened
    await context.close()
    assert problems == []


def _is_breach(text: str) -> bool:
    return "Content Security Policy" in text


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(page: Page, house: House) -> Visitor:
    """Give somebody before Paperboy's page, which is still empty."""
    return await Visitor(page, house.telegram.url).arrive()


@pytest_asyncio.fixture(loop_scope="session")
async def reader(page: Page, bare: House) -> Visitor:
    """Give Ada, who has started the bot that the test plays."""
    ada = await bare.client.person("Ada", last_name="Lovelace", username="ada_l")
    await ada.start()
    return await Visitor(page, bare.telegram.url, ada.id).arrive()
