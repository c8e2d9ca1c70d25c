"""The SQLite file: prepared as it should be, never mistaken for another, all or nothing."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlite_utils.db import Database as Connection

from storage.database import APPLICATION_ID, Database
from storage.errors import NotOurs, TooNew, Unavailable
from storage.sqlite import open_store
from tests.storage.made import ADA, NOW, digest, finds, paper


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "paperboy.db"


def pragma(path: Path, name: str) -> object:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]
    finally:
        connection.close()


async def test_a_new_file_is_in_wal_mode_and_says_whose_it_is(path: Path) -> None:
    database = await Database.open(path)
    keys = await database.write(lambda db: db.execute("PRAGMA foreign_keys").fetchone()[0])
    await database.close()
    assert pragma(path, "journal_mode") == "wal"
    assert pragma(path, "application_id") == APPLICATION_ID
    assert pragma(path, "integrity_check") == "ok"
    assert keys == 1


async def test_a_file_opened_again_keeps_what_is_in_it(path: Path) -> None:
    store = await open_store(path)
    await store.subscribers.welcome(ADA, NOW)
    await store.digests.ingest(digest(paper(1)), finds(ADA, 0), NOW)
    await store.close()
    store = await open_store(path)
    assert len(await store.alerts.listed()) == 1
    await store.close()


@pytest.mark.parametrize("kind", ["text", "other application", "other tables"])
async def test_a_file_that_is_not_ours_is_refused_and_left_alone(path: Path, kind: str) -> None:
    if kind == "text":
        path.write_text("These are my notes, and no database at all. " * 50)
    else:
        connection = sqlite3.connect(path)
        connection.execute("CREATE TABLE notes (words TEXT)")
        if kind == "other application":
            connection.execute("PRAGMA application_id = 7")
        connection.close()
    before = path.read_bytes()
    with pytest.raises(NotOurs, match=r"paperboy\.db"):
        await open_store(path)
    assert path.read_bytes() == before


async def test_a_file_of_a_newer_version_is_refused(path: Path) -> None:
    database = await Database.open(path)
    await database.write(
        lambda db: db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('paperboy', 'm999_from_the_future', '')"
        )
    )
    await database.close()
    with pytest.raises(TooNew, match="m999_from_the_future"):
        await open_store(path)


async def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="unable to open"):
        await open_store(tmp_path / "missing" / "paperboy.db")


async def test_work_that_fails_leaves_nothing_behind(path: Path) -> None:
    database = await Database.open(path)

    def failing(db: Connection) -> None:
        db.execute(
            "INSERT INTO subscribers (chat, kind, title, state, since) "
            "VALUES (1, 'private', 'A', 'active', '')"
        )
        raise LookupError

    with pytest.raises(LookupError):
        await database.write(failing)
    assert await database.read(lambda db: db.table("subscribers").count) == 0
    await database.close()


async def test_readers_cannot_write(path: Path) -> None:
    database = await Database.open(path)
    with pytest.raises(Unavailable, match="readonly"):
        await database.read(lambda db: db.execute("DELETE FROM subscribers"))
    await database.close()


async def test_several_that_open_and_write_at_once_wait_for_each_other(path: Path) -> None:
    stores = await asyncio.gather(*(open_store(path) for _ in range(4)))
    told = [digest(paper(1), paper(2), category=f"cs.{name}") for name in "ABCDEFGH"]
    work = [stores[n % 4].digests.ingest(each, [], NOW) for n, each in enumerate(told)]
    assert [done.new for done in await asyncio.gather(*work)] == [2] * 8
    for store in stores:
        await store.close()
    assert pragma(path, "integrity_check") == "ok"


async def test_a_locked_database_is_unavailable_and_later_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database._PATIENCE", 0.2)
    store = await open_store(path)
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Unavailable, match="locked"):
        await store.subscribers.welcome(ADA, NOW)
    other.rollback()
    other.close()
    assert await store.subscribers.welcome(ADA, NOW)
    await store.close()
