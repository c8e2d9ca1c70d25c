"""Operators hear of what is wrong with feeds: once each, in Telegram and in the account."""

import asyncio
import os
import re
import sys
from datetime import date
from pathlib import Path

from bot.alarms import amiss
from bot.app import compose, running
from bot.config import Settings
from bot.fetching import line
from bot.schedule import watching
from papers.calendar import due_at
from playground import Playground
from playground.client import PlaygroundClient
from storage.account import DayState
from storage.sqlite import open_store
from storage.store import Store
from tests.bot.arxiv_played import DAYS, Clock, PlayedArxiv
from tests.bot.conftest import CANARY
from tests.bot.journals import DAY, journal, reading
from tests.bot.test_schedule import beating
from tests.bot.web import Play, Web, says
from tests.bot.world import HOUR, opened
from tests.papers.feeds_rendered import atom

CHANGED = [date(2026, 4, day) for day in (21, 22, 23)]


def nameless(day: date) -> Play:
    """The list of a day, its authors under another name."""
    return says(re.sub(rb"dc:creator>", b"dc:contributor>", atom(day, DAYS[day])))


async def test_a_list_that_lacks_what_arxiv_always_told_is_ingested_and_told_once(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path / "paperboy.db") as world:
        world.arxiv.faults = {day: nameless(day) for day in CHANGED}
        told = []
        async with world.program() as program:
            for _ in range(6 * 8):
                await program.watch.round()
                told += await amiss(program.store, world.clock(), [])
                world.clock.now += 4 * HOUR
        account = await world.account()
    count = len(DAYS[CHANGED[0]])
    assert [(day.day, day.reason) for day in told] == [
        (CHANGED[0], f"{count} of {count} entries have no authors")
    ]
    for day, papers in DAYS.items():
        if day in account and papers:
            assert account[day].state is DayState.INGESTED
            assert sum(account[day].counts.values()) == len(papers)
            assert bool(account[day].reason) is (day in CHANGED)
    assert "ingested" in line(account[CHANGED[1]])
    assert "entries have no authors" in line(account[CHANGED[1]])


async def test_operators_are_told_of_a_held_feed_and_subscribers_see_it(
    store: Store, telegram: Playground
) -> None:
    clock = Clock(due_at(CHANGED[0]))
    async with PlaygroundClient(telegram.url) as client, Web(PlayedArxiv(clock)) as arxiv:
        grace = await client.person("Grace")
        async with reading(store, clock) as readers:
            await readers.day(journal(*range(20)))
            await readers.day(journal(*range(20), prefix="10.9999"))
            clock.now -= DAY
            app = compose(store, clock, CANARY, telegram.base_url, telegram.base_file_url)
            settings = Settings(
                arxiv_url=arxiv.at, admins=(grace.id,), feeds=dict(readers.feeds.urls)
            )
            async with watching(app, store, settings, clock) as rounds, running(app):
                await grace.send("/start")
                await client.wait_for(chat=grace.id)
                async with beating(rounds):
                    warning = (await client.wait_for(chat=grace.id)).text
                await grace.send("/status")
                status = (await client.wait_for(chat=grace.id)).text
    assert warning.startswith("Feeds that need a look:\nbioRxiv, Wed 22 Apr 2026: held, 20 of 20")
    assert warning.endswith("paperboy fetch --release bioRxiv")
    assert "bioRxiv: Tue 21 Apr 2026, 20 papers · Wed 22 Apr 2026 looks odd and is held" in status


async def released(db: Path, web: Web, name: str, *more: str) -> tuple[int, str, str]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "fetch", "--release", name, "--db", str(db), *more),
        env={**os.environ, "PAPERBOY_FEEDS": f"bioRxiv={web.at}/rss"}, stdout=pipe, stderr=pipe,
    )  # fmt: skip
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


async def test_a_held_feed_is_let_through_from_the_command_line(tmp_path: Path) -> None:
    db = tmp_path / "paperboy.db"
    store = await open_store(db)
    async with reading(store, Clock(due_at(CHANGED[0]))) as readers:
        await readers.day(journal(*range(20)))
        await readers.day(journal(*range(5, 40), prefix="10.9999"))
        code, out, err = await released(db, readers.web, "bioRxiv")
        assert (code, err) == (0, "")
        assert "bioRxiv            ingested  35 new" in out
        assert len(await readers.announced()) == 20
        code, _, err = await released(db, readers.web, "medRxiv")
        assert code == 1
        assert "names no feed 'medRxiv'; those it names: bioRxiv" in err
        code, _, err = await released(db, readers.web, "bioRxiv", "cs.CV")
        assert code == 2
    await store.close()
