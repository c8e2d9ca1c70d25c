"""`paperboy import`: all papers of a file, once, whatever breaks it off."""

import asyncio
import gzip
import itertools
import json
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.imports import Progress, import_file
from papers.records import RecordsError
from storage.sqlite import open_store
from storage.store import Store
from tests.data import SHARED

CORPUS = SHARED / "corpus" / "arxiv-74728.jsonl.gz"
PART, FEW = 4_000, 600  # lines: the whole file is for the benchmark


@pytest.fixture
def part(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return taken(PART, tmp_path_factory.mktemp("records"))


@pytest.fixture
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return taken(FEW, tmp_path_factory.mktemp("records"))


def taken(lines: int, folder: Path) -> Path:
    path = folder / "part.jsonl.gz"
    with gzip.open(CORPUS) as whole, gzip.open(path, "wb", 1) as out:
        out.writelines(itertools.islice(whole, lines))
    return path


@pytest.fixture
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not in `tmp_path`, which is searched for the token: real papers speak of canaries, too."""
    return tmp_path_factory.mktemp("database") / "paperboy.db"


@pytest.fixture
async def store(db: Path) -> AsyncIterator[Store]:
    opened = await open_store(db)
    yield opened
    await opened.close()


async def started(*words: str | Path) -> asyncio.subprocess.Process:
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *map(str, words), stdout=pipe, stderr=pipe
    )


def kept(db: Path) -> int:
    if not db.exists():
        return 0
    connection = sqlite3.connect(db)
    try:
        count: int = connection.execute("SELECT count(*) FROM papers").fetchone()[0]
    except sqlite3.OperationalError:  # not made yet
        count = 0
    finally:
        connection.close()
    return count


async def test_an_import_killed_halfway_goes_on_and_a_second_adds_none(
    part: Path, db: Path
) -> None:
    process = await started("import", part, "--db", db)
    while kept(db) < PART // 3:
        assert process.returncode is None
        await asyncio.sleep(0.005)
    process.kill()
    await process.communicate()
    half = kept(db)
    assert PART // 3 <= half < PART
    told = []
    for _ in range(2):
        process = await started("import", part, "--db", db, "--json")
        out, _err = await process.communicate()
        assert process.returncode == 0
        told.append(json.loads(out)["files"][0])
    assert kept(db) == PART
    assert told[0]["new"] == PART - half
    assert (told[1]["records"], told[1]["new"]) == (0, 0)


async def test_progress_is_lines_where_there_is_no_terminal(few: Path, db: Path) -> None:
    process = await started("import", few, "--db", db)
    out, err = await process.communicate()
    assert out.decode().endswith(f"{FEW:,} records, {FEW:,} new\n")
    shares = [line.rpartition(" ")[2] for line in err.decode().splitlines()]
    assert shares
    assert all(share.endswith("%") for share in shares)
    assert "\x1b" not in err.decode()


async def test_what_another_file_repeats_is_completed_not_doubled(
    store: Store, tmp_path: Path
) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    first.write_text('{"id": "2401.00001", "title": "One"}\nnot JSON\n')
    paper = {"id": "2401.00001", "title": "One", "authors": ["A. Author"], "categories": ["cs.CV"]}
    second.write_text("".join(json.dumps(paper) + "\n" for _ in range(3)))
    told: list[Progress] = []
    one = await import_file(store, first, told.append)
    assert (one.records, one.skipped, one.new) == (2, 1, 1)
    assert (await import_file(store, second, told.append)).new == 0
    kept = await store.papers.get("2401.00001")
    assert kept
    assert (kept.authors, kept.categories) == (("A. Author",), ("cs.CV",))
    assert [progress.share for progress in told] == [1.0, 1.0]


async def test_a_damaged_file_is_named_and_what_came_before_is_kept(
    few: Path, store: Store, tmp_path_factory: pytest.TempPathFactory
) -> None:
    broken = tmp_path_factory.mktemp("broken") / "broken.jsonl.gz"
    broken.write_bytes(few.read_bytes()[: few.stat().st_size // 2])
    with pytest.raises(RecordsError, match=r"broken\.jsonl\.gz: The gzip file is cut off"):
        await import_file(store, broken, lambda _: None)
    with gzip.open(few) as lines:
        first = json.loads(next(lines))
    assert await store.papers.get(first["id"].partition("v")[0])


async def test_an_import_is_no_announcement(few: Path, store: Store) -> None:
    await import_file(store, few, lambda _: None)
    assert list(await store.digests.newest()) == []
    assert list(await store.alerts.listed()) == []
