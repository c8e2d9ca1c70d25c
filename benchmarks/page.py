"""The chat page in a real browser: from send to shown, and how a thousand messages scroll."""

import asyncio
import statistics
from collections.abc import Iterator, Sequence

from playwright.async_api import Browser, Page, async_playwright

from benchmarks.report import Row, progress
from playground import Playground
from playground.client import Person, PlaygroundClient
from tests.page.browser import launch

_SENT = 60
_MESSAGES = 1000
_TEXT = "Message {0} tells of a paper on object detection in lidar point clouds. " * 3
# From the key that sends to the frame in which the message that came back from the server shows.
_SEND = """async (text) => {
    const field = document.getElementById("field");
    const list = document.querySelector(".rows");
    field.value = text;
    const isIt = (row) => row.dataset?.id < 1e15 && row.textContent.includes(text);
    const began = performance.now();
    const shown = new Promise((done) => {
        const watch = new MutationObserver((changes) => {
            if (!changes.some((change) => [...change.addedNodes].some(isIt))) return;
            watch.disconnect();
            requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
        });
        watch.observe(list, { childList: true });
    });
    const options = { key: "Enter", bubbles: true, cancelable: true };
    field.dispatchEvent(new KeyboardEvent("keydown", options));
    return shown;
}"""
# Scrolls from the newest message to the oldest and back; gives the time between frames.
_SCROLL = """async () => {
    const box = document.querySelector(".scroller");
    const frames = [];
    const frame = () => new Promise(requestAnimationFrame);
    for (const step of [-120, 120]) {
        let last = await frame();
        for (let still = 0, before = NaN; still < 30; ) {
            still = box.scrollTop === before ? still + 1 : 0;
            before = box.scrollTop;
            box.scrollTop += step;
            const now = await frame();
            frames.push(now - last);
            last = now;
        }
    }
    return frames;
}"""


def measure(_arguments: Sequence[str] = ()) -> Iterator[Row]:
    """Rows: what was measured, how often, median, 95th percentile and longest, in milliseconds."""
    yield from asyncio.run(_measured())


async def _measured() -> list[Row]:
    async with (
        Playground() as telegram,
        PlaygroundClient(telegram.url) as client,
        async_playwright() as playwright,
    ):
        ada = await client.person("Ada")
        await ada.start()
        browser = await launch(playwright)
        page = await _open(browser, telegram, ada)
        progress(f"sending {_SENT} messages by hand")
        rows = [_row("from send to shown", await _sent(page))]
        progress(f"writing {_MESSAGES} messages")
        for number in range(_MESSAGES):
            await ada.send(_TEXT.format(number))
        rows.append(_row(f"send to shown after {_MESSAGES} messages", await _sent(page)))
        progress("scrolling to the first message and back")
        rows.append(_row(f"frame while scrolling {_MESSAGES} messages", await _scrolled(page)))
        await browser.close()
    return rows


async def _open(browser: Browser, telegram: Playground, ada: Person) -> Page:
    page = await browser.new_page(viewport={"width": 1280, "height": 800})
    await page.goto(f"{telegram.url}/#/{ada.id}/{ada.id}")
    await page.locator(".bubble").first.wait_for()
    return page


async def _sent(page: Page) -> list[float]:
    return [float(await page.evaluate(_SEND, f"by hand {number}")) for number in range(_SENT)]


async def _scrolled(page: Page) -> list[float]:
    frames: list[float] = await page.evaluate(_SCROLL)
    shown = await page.locator(".rows .bubble").count()
    if shown <= _MESSAGES:
        raise RuntimeError(f"only {shown} messages were scrolled over")
    return frames


def _row(what: str, times: Sequence[float]) -> Row:
    late = statistics.quantiles(times, n=20)[-1]
    return {
        "what": what,
        "count": len(times),
        "median_ms": round(statistics.median(times), 1),
        "p95_ms": round(late, 1),
        "longest_ms": round(max(times), 1),
    }
