"""Work that shares a transaction: each piece is kept whole or not at all, and told its own end."""

import asyncio
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils.db import Database as Connection

from storage.database import Database
from storage.errors import Unavailable
from storage.together import Work, together


@pytest.fixture
def connection() -> Iterator[Connection]:
    made = Connection(memory=True)
    made.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)")
    made.conn.commit()
    yield made
    made.conn.close()


def adding(number: int, then: BaseException | None = None) -> Work:
    """Work that adds a number, and then fails if it is to."""

    def work(db: Connection) -> int:
        db.execute("INSERT INTO numbers VALUES (?)", [number])
        if then:
            raise then
        return number

    return work


def numbers(db: Connection) -> list[int]:
    return [n for (n,) in db.execute("SELECT n FROM numbers ORDER BY n")]


def test_one_that_fails_is_undone_and_the_others_are_kept(connection: Connection) -> None:
    fault = LookupError()
    outcomes = together(connection, [adding(1), adding(2, fault), adding(3), adding(1)])
    assert [value for value, _ in outcomes] == [1, None, 3, None]
    assert outcomes[1].error is fault
    assert isinstance(outcomes[3].error, sqlite3.IntegrityError)
    assert numbers(connection) == [1, 3]
    assert not connection.conn.in_transaction


def test_one_alone_raises_what_it_raises(connection: Connection) -> None:
    with pytest.raises(LookupError):
        together(connection, [adding(1, LookupError())])
    assert numbers(connection) == []


def test_a_transaction_that_sqlite_gives_up_keeps_nothing(connection: Connection) -> None:
    connection.execute(
        "CREATE TRIGGER full BEFORE INSERT ON numbers WHEN new.n = 2 "
        "BEGIN SELECT RAISE(ROLLBACK, 'as when the disk is full'); END"
    )
    with pytest.raises(sqlite3.DatabaseError, match="disk is full"):
        together(connection, [adding(1), adding(2), adding(3)])
    assert numbers(connection) == []
    assert together(connection, [adding(1), adding(3)])[1].value == 3


async def test_what_gathers_while_the_writer_is_busy_is_written_at_once(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "paperboy.db")
    await database.write(lambda db: db.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
    busy = threading.Event()
    first = asyncio.create_task(database.write(lambda _: busy.wait()))
    await asyncio.sleep(0.05)
    told = asyncio.gather(
        *(database.write(adding(n, LookupError() if n == 7 else None)) for n in range(10)),
        return_exceptions=True,
    )
    await asyncio.sleep(0.05)
    assert await database.read(numbers) == []
    busy.set()
    await first
    assert [type(each) for each in await told].count(LookupError) == 1
    assert await database.read(numbers) == [0, 1, 2, 3, 4, 5, 6, 8, 9]
    await database.close()


async def test_all_that_wait_are_told_when_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.database._PATIENCE", 0.1)
    database = await Database.open(tmp_path / "paperboy.db")
    await database.write(lambda db: db.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)"))
    other = sqlite3.connect(tmp_path / "paperboy.db")
    other.execute("BEGIN IMMEDIATE")
    told = await asyncio.gather(
        *(database.write(adding(number)) for number in range(5)), return_exceptions=True
    )
    assert [type(each) for each in told] == [Unavailable] * 5
    other.rollback()
    other.close()
    assert await database.write(adding(1)) == 1
    await database.close()


async def test_a_closed_database_says_so_each_time(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "paperboy.db")
    await database.close()
    for _ in range(2):
        with pytest.raises(RuntimeError):
            await asyncio.wait_for(database.write(adding(1)), 5)
