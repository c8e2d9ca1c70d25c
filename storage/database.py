"""One SQLite file and the threads that touch it. The only place that opens connections.

Writing happens on one thread, through one connection, in `BEGIN IMMEDIATE` transactions (a
transaction that begins by reading fails at once when it comes to write while another does). Writes
that gather meanwhile share the next one. Reading happens on other threads, through connections that
can't write; WAL lets both go on side by side.
"""

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from typing import Any, NamedTuple, TypeVar

from sqlite_utils.db import Database as Connection

from storage.errors import NotOurs, TooNew, translated
from storage.migrations import migrations
from storage.together import Outcome, Work, immediate, together

APPLICATION_ID = 0x50_42_4F_59  # "PBOY", told by `PRAGMA application_id` and the `file` command
_PATIENCE = 10.0  # seconds to wait for another process's transaction
_READERS = 2

T = TypeVar("T")


class Waiting(NamedTuple):
    """Work for the writer, and where its outcome is told."""

    work: Work
    told: asyncio.Future[Any]


class Database:
    """An open database. Made by `Database.open`; close it when done."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connections: list[Connection] = []
        self._own = threading.local()
        self._writer = ThreadPoolExecutor(1, "paperboy-writer")
        self._writes = SimpleQueue[Waiting]()
        self._called = False  # whether the writer was called and has not come yet
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
        """Run `work` on the writer's thread: all that it does is on the disk then, or nothing."""

        def translating(connection: Connection) -> T:
            with translated(self.path):
                return work(connection)

        loop = asyncio.get_running_loop()
        told: asyncio.Future[T] = loop.create_future()
        self._writes.put(Waiting(translating, told))
        self._call_writer(loop)
        # Shielded, because a cancelled caller must not be told that a commit did not happen.
        return await asyncio.shield(told)

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

        running = asyncio.get_running_loop().run_in_executor(executor, translating)
        return await asyncio.shield(running)

    def _call_writer(self, loop: asyncio.AbstractEventLoop) -> None:
        if self._called:
            return
        self._called = True  # before it comes, because it takes this back
        try:
            self._writer.submit(self._write_all, loop)
        except RuntimeError:  # the database is closed
            self._called = False
            raise

    def _write_all(self, loop: asyncio.AbstractEventLoop) -> None:
        """Do what waits to be written; what comes from now on needs another call."""
        self._called = False
        waiting: list[Waiting] = []
        while not self._writes.empty():  # nobody else takes from it
            waiting.append(self._writes.get())
        if waiting:
            loop.call_soon_threadsafe(_tell, waiting, self._written(waiting))

    def _written(self, waiting: Sequence[Waiting]) -> Sequence[Outcome]:
        works = [each.work for each in waiting]
        try:
            with translated(self.path):
                return together(self._connection(writing=True), works)
        except BaseException as error:  # nothing is kept; all who wait are told
            return [Outcome(None, error)] * len(works)

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
                raw.execute("PRAGMA cache_size = -32768")  # KiB: a search reads many tables
        return connection


def _tell(waiting: Sequence[Waiting], outcomes: Sequence[Outcome]) -> None:
    for (_, told), (value, error) in zip(waiting, outcomes, strict=True):
        if error is None:
            told.set_result(value)
        else:
            told.set_exception(error)


def _check(connection: Connection, path: Path) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application not in (0, APPLICATION_ID) or (tables and application == 0):
        raise NotOurs(f"{path} is another program's database; name another file")
    known = {step.name for step in migrations.pending(Connection(memory=True))}
    if newer := [step.name for step in migrations.applied(connection) if step.name not in known]:
        raise TooNew(f"{path} was written by a newer Paperboy ({newer[-1]}); update this one")
