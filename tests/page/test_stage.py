"""Behind the scenes: what the panel shows of the demo, and what its buttons do."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from bot.stage import Stage, samples
from tests.page.house import House
from tests.page.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")


@pytest_asyncio.fixture(loop_scope="session")
async def stage(house: House) -> AsyncIterator[Stage]:
    """Give the stage at work, with Ada subscribed and two digests to come."""
    assert house.store is not None
    ada = await house.client.person("Ada")
    await ada.send("/start")
    await ada.send('/add "object detection"')
    await house.client.wait_for(lambda m: "object detection" in m.text and m.text[0] != "/")
    made = Stage(house.telegram, house.store, house.clock, samples()[1:])
    task = asyncio.create_task(made.run())
    await asyncio.sleep(0.1)
    yield made
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest_asyncio.fixture(loop_scope="session")
async def watcher(stage: Stage, house: House, visitor: Visitor) -> Visitor:
    """Give Ada before the page, wide enough for the panel."""
    assert stage.store is house.store
    await visitor.page.set_viewport_size({"width": 1440, "height": 900})
    await visitor.page.reload()
    await expect(visitor.page.get_by_role("complementary")).to_be_visible()
    return visitor


def fact(watcher: Visitor, title: str) -> Locator:
    return watcher.page.get_by_role("region", name=title)


async def test_the_panel_shows_digest_outbox_and_calls(watcher: Visitor, house: House) -> None:
    await house.ingest()
    await watcher.sees("41 papers")
    await expect(fact(watcher, "Newest digest: cs.CV, Tue 25 Feb 2020")).to_contain_text("41")
    await expect(fact(watcher, "Outbox").locator(".tile").nth(1)).to_contain_text("1")
    call = watcher.page.locator(".call").first
    await expect(call).to_contain_text("sendMessage")
    await expect(call).to_contain_text("200")
    await call.locator("summary").click()
    await expect(call.locator("pre")).to_contain_text("parse_mode")


async def test_next_morning_moves_the_clock(watcher: Visitor, house: House) -> None:
    await watcher.button("Next morning").click()
    await expect(fact(watcher, "The clock here")).to_contain_text("Wed 26 Feb 2020, 08:00 UTC")
    assert f"{house.clock():%Y-%m-%d %H}" == "2020-02-26 08"
    await watcher.write("/list")
    await expect(watcher.page.locator(".row.day").last).to_have_text("Today")


async def test_an_alert_due_later_goes_out_next_morning(watcher: Visitor, house: House) -> None:
    await watcher.write("/time 09:30")
    await watcher.sees("09:30")
    await watcher.button("A new digest arrives").click()
    await expect(fact(watcher, "Waiting")).to_contain_text("#1")
    assert f"{house.clock():%H:%M}" == "01:00"
    await watcher.button("Next morning").click()
    await watcher.sees("15 papers · 1 yours")
    assert f"{house.clock():%H:%M}" == "09:30"


async def test_a_new_digest_arrives_until_there_are_no_more(watcher: Visitor) -> None:
    arrives = watcher.button("A new digest arrives")
    await arrives.click()
    await watcher.sees("cs.CV · Wed 26 Feb 2020 · 15 papers · 1 yours")
    await arrives.click()
    await watcher.sees("cs.CV · Thu 27 Feb 2020 · 14 papers · 1 yours")
    await arrives.click()
    await expect(watcher.page.get_by_text("That was the last digest")).to_be_visible()


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
async def test_the_alert_comes_through_trouble(watcher: Visitor) -> None:
    await watcher.button("Telegram has trouble").click()
    trouble = watcher.page.get_by_text("Telegram is in trouble")
    await expect(trouble).to_be_visible()
    await expect(watcher.page.locator(".call .code", has_text="429")).to_be_visible()
    await expect(fact(watcher, "Waiting")).to_contain_text("Flood control")
    await watcher.button("End it").click()
    await expect(trouble).to_be_hidden()
    await watcher.sees("cs.CV · Wed 26 Feb 2020 · 15 papers · 1 yours")
    await expect(fact(watcher, "Waiting")).to_have_count(0)
