"""A database that can't be written for a while, for reasons that SQLite meets itself."""

import resource
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from storage.sqlite import SqliteStore

CAUSES = {
    "locked": "database is locked",
    "no room": "disk I/O error",  # what SQLite makes of a file that may not grow
    "read-only": "attempt to write a readonly database",
}
"""What the operator is told of each cause."""


@asynccontextmanager
async def unwritable(store: SqliteStore, cause: str) -> AsyncIterator[None]:
    """For as long as the block lasts, writing fails, of one of the CAUSES."""
    path = store._database.path
    match cause:
        case "locked":
            await _writer_told(store, "busy_timeout = 100")  # seconds would do, but longer
            with _locked(path):
                yield
        case "no room":
            with _no_room(path):
                yield
        case "read-only":
            await _writer_told(store, "query_only = ON")
            yield
            await _writer_told(store, "query_only = OFF")


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    other = sqlite3.connect(path)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.rollback()
    other.close()


@contextmanager
def _no_room(path: Path) -> Iterator[None]:
    """No file of this process may grow beyond the size that the database has now."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    now = path.with_name(f"{path.name}-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (now, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


async def _writer_told(store: SqliteStore, pragma: str) -> None:
    """Set something on the connection that writes, outside of any transaction."""
    database = store._database

    def work() -> None:
        database._connection(writing=True).execute(f"PRAGMA {pragma}")

    await database._run(database._writer, work)
