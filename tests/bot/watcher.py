"""A process to be killed: it looks for lists as the bot does, at moments named on its input.

`python -m tests.bot.watcher DATABASE URL` says `ready`, and answers each moment (ISO 8601) with a
line when its round is over.
"""

import asyncio
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.arxiv import Arxiv, Sites
from bot.fetch import Fetcher
from bot.sandbox import Sandbox
from bot.watch import Watch
from storage.sqlite import open_store
from tests.bot.arxiv_played import Clock


async def watch(database: str, url: str) -> None:
    clock = Clock(datetime.now(UTC))
    store = await open_store(Path(database))
    async with Fetcher("", paced=()) as fetcher, Sandbox() as sandbox:
        watch = Watch(store, Arxiv(fetcher, sandbox, Sites.at(url)), clock, ["cs.CV"])
        print("ready", flush=True)
        while moment := (await asyncio.to_thread(sys.stdin.readline)).strip():
            clock.now = datetime.fromisoformat(moment)
            await watch.round()
            print(moment, flush=True)
    await store.close()


if __name__ == "__main__":
    asyncio.run(watch(*sys.argv[1:]))
