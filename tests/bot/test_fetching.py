"""`paperboy fetch` and `paperboy days` as a person at a shell has them; arXiv is on loopback."""

import asyncio
import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from papers.calendar import EASTERN
from tests.bot.arxiv_played import DAYS, ERROR_PAGE
from tests.bot.web import Play, Web, says
from tests.papers.feeds_rendered import atom

LISTED = DAYS[date(2026, 4, 20)]


def feed(category: str = "cs.CV") -> Play:
    """A real list, dated today."""
    return says(atom(datetime.now(UTC).astimezone(EASTERN).date(), LISTED, category))


async def ran(*words: str | Path) -> tuple[int, str, str]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *map(str, words), stdout=pipe, stderr=pipe
    )
    out, err = await process.communicate()
    return process.returncode or 0, out.decode(), err.decode()


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "paperboy.db"


async def test_fetch_ingests_once_and_days_tells_it(db: Path) -> None:
    async with Web({"/atom/cs.CV": feed()}) as web:
        first = await ran("fetch", "cs.cv", "--db", db, "--base-url", web.at, "--json")
        again = await ran("fetch", "cs.CV", "--db", db, "--base-url", web.at)
        assert len(web.requests) == 1
        assert web.requests[0].headers["user-agent"].startswith("paperboy/")
    (day,) = json.loads(first[1])["days"]
    assert (day["category"], day["state"], day["new"] + day["cross"]) == (
        "cs.CV", "ingested", sum(each.type in ("new", "cross") for each in LISTED)
    )  # fmt: skip
    assert first[0] == again[0] == 0
    code, told, _ = await ran("days", "--category", "cs.cv", "--db", db)
    assert code == 0
    assert told == again[1]
    assert "cs.CV" in told
    assert f"ingested  {day['new']} new, {day['cross']} cross" in told
    assert f"{web.at}/atom/cs.CV" in told
    assert json.loads((await ran("days", "--db", db, "--json"))[1])["days"] == [day]


async def test_a_list_that_cannot_be_had_is_an_exit_code_and_a_reason(db: Path) -> None:
    async with Web({"/atom/cs.CV": ERROR_PAGE, "/atom/cs.LG": feed("cs.LG")}) as web:
        code, out, _ = await ran("fetch", "cs.CV", "cs.LG", "--db", db, "--base-url", web.at)
    assert code == 1
    wrong, right = out.splitlines()
    assert "failed" in wrong
    assert "not a feed" in wrong
    assert "again at" in wrong
    assert "ingested" in right


async def test_a_category_that_is_none_is_named_before_anything_is_asked(db: Path) -> None:
    code, out, err = await ran("fetch", "cs.CW", "--db", db, "--base-url", "http://127.0.0.1:9")
    assert (code, out) == (1, "")
    assert err.startswith("paperboy: arXiv has no category “cs.CW”. Did you mean cs.")
    assert not db.exists()


async def test_an_account_of_nothing_says_so(db: Path) -> None:
    assert (await ran("days", "--db", db))[0] == 2
    async with Web({}) as web:
        await ran("fetch", "--db", db, "--base-url", web.at)
    code, out, _ = await ran("days", "--category", "cs.LG", "--db", db, "--json")
    assert (code, json.loads(out)) == (0, {"days": []})
