"""The search index looked after while the bot runs: checked at the start, brought in step."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from papers.errors import PaperboyError
from storage.searches import Search

log = logging.getLogger(__name__)

_PAUSE = 0.05  # seconds in which others may write


@asynccontextmanager
async def kept_sound(search: Search) -> AsyncIterator[None]:
    """Bring the index in step beside the block; everything goes on meanwhile."""
    task = asyncio.create_task(_mended(search), name="index")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _mended(search: Search) -> None:
    try:
        await mend(search)
    except PaperboyError as error:  # the database is busy or full; the next start tries again
        log.warning("the search index can't be mended: %s", error)


async def mend(search: Search) -> None:
    """Take in what the index lacks; make it anew if it is out of step with the papers."""
    state = await search.check()
    if state.sound:
        return
    log.warning("search index: %s; bringing it in step", state.fault)
    if state.indexed == state.papers:
        await search.discard()
    lacking = state.papers
    while lacking:
        lacking = await search.catch_up()
        await asyncio.sleep(_PAUSE)
    log.info("search index: %d papers are in it", (await search.check()).indexed)
