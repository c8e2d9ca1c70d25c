"""One SQLite file and the threads that touch it. The only place that opens connections.

Writing happens on one thread, through one connection, in `BEGIN IMMEDIATE` transactions (a
transaction that begins by reading fails at once when it comes to write while another does).
Reading happens on others, through connections that can't write; WAL lets both go on together.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlite_utils.db import Database as Connection

from storage.errors import NotOurs, TooNew, translated
from storage.migrations import migrations

APPLICATION_ID = 0x50_42_4F_59  # "PBOY", told by `PRAGMA application_id` and the `file` command
_PATIENCE = 10.0  # seconds to wait for another process's transaction
_READERS = 2

T = TypeVar("T")


class Database:
    """An open database. Made by `Database.open`; close it when done."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connections: list[Connection] = []
        self._own = threading.local()
        self._writer = ThreadPoolExecutor(1, "paperboy-writer")
        self._readers = ThreadPoolExecutor(_READERS, "paperboy-reader")

    @classmethod
    async def open(cls, path: Path) -> "Database":
        """Open (or make) the database at `path` and bring its schema up to date.

        Raises NotOurs, TooNew or Unavailable, in each case without touching the file.
        """
        database = cls(path)
        try:
            await database._run(database._writer, database._prepare)
        except BaseException:
            await database.close()
            raise
        return database

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in a transaction on the writer's thread: all of it is kept, or nothing."""

        def whole() -> T:
            connection = self._connection(writing=True)
            with immediate(connection):
                return work(connection)

        return await self._run(self._writer, whole)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on a reader's thread, on one consistent state of the database."""

        def whole() -> T:
            connection = self._connection(writing=False)
            with connection.atomic():
                return work(connection)

        return await self._run(self._readers, whole)

    async def close(self) -> None:
        """Wait for what is under way, then close every connection."""
        for executor in (self._readers, self._writer):
            await asyncio.to_thread(executor.shutdown)
        for connection in self._connections:
            connection.conn.close()
        self._connections.clear()

    async def _run(self, executor: ThreadPoolExecutor, work: Callable[[], T]) -> T:
        def translating() -> T:
            with translated(self.path):
                return work()

        # Shielded, because a cancelled caller must not be told that a commit did not happen.
        running = asyncio.get_running_loop().run_in_executor(executor, translating)
        return await asyncio.shield(running)

    def _prepare(self) -> None:
        connection = self._connection(writing=True)
        _check(connection, self.path)
        connection.conn.execute("PRAGMA journal_mode = WAL")
        with immediate(connection):
            migrations.apply(connection)
            connection.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")

    def _connection(self, writing: bool) -> Connection:
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None:
            raw = sqlite3.connect(self.path, timeout=_PATIENCE, check_same_thread=False)
            connection = self._own.connection = Connection(raw)
            self._connections.append(connection)
            raw.execute("PRAGMA foreign_keys = ON")
            raw.execute("PRAGMA synchronous = FULL")  # what was confirmed survives a power cut
            if not writing:
                raw.execute("PRAGMA query_only = ON")
        return connection


@contextmanager
def immediate(connection: Connection) -> Iterator[None]:
    """A transaction that takes the write lock at its beginning."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _check(connection: Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application not in (0, APPLICATION_ID) or (tables and application == 0):
        raise NotOurs(f"{path} is another program's database; name another file")
    known = {step.name for step in migrations.pending(Connection(memory=True))}
    if newer := [step.name for step in migrations.applied(connection) if step.name not in known]:
        raise TooNew(f"{path} was written by a newer Paperboy ({newer[-1]}); update this one")
