"""A process to be killed: the whole bot on a database and a playground named in its arguments.

`python -m tests.bot.child run DATABASE BASE_URL TOKEN` delivers and answers, until killed.
`python -m tests.bot.child ingest DATABASE CATEGORIES` ingests digests and fans them out.
Leases are short, so that what a killed process held is soon taken up by the next.
"""

import asyncio
import logging
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.app import Tuning, compose, running
from bot.ingest import ingest
from storage.sqlite import open_store
from tests.bot.office import digest

IN_FLIGHT = 10
LEASE = timedelta(seconds=1)


def _now() -> datetime:
    return datetime.now(UTC)


async def run(database: str, base_url: str, token: str) -> None:
    store = await open_store(Path(database))
    tuning = Tuning(at_once=IN_FLIGHT, lease=LEASE)
    application = compose(store, _now, token, base_url, base_url, tuning)
    async with running(application):
        await asyncio.Event().wait()


async def ingest_all(database: str, categories: str) -> None:
    store = await open_store(Path(database))
    for category in categories.split(","):
        await ingest(store, digest(category), _now)
    await store.close()


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    what, *arguments = sys.argv[1:]
    asyncio.run(run(*arguments) if what == "run" else ingest_all(*arguments))
