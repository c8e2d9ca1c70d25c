"""Finding and starting the browser. A missing one fails and says what to install."""

import shutil

import pytest
from playwright.async_api import Browser, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
MISSING = (
    "The chat page is tested in a real browser, and there is none: apt-get install chromium"
    " (looked for " + ", ".join(NAMES) + ")"
)
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def executable() -> str:
    """Give the path of the browser, or fail."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.fail(MISSING, pytrace=False)
    return found


async def launch(playwright: Playwright) -> Browser:
    """Start the browser without a window."""
    return await playwright.chromium.launch(executable_path=executable(), args=list(OPTIONS))
