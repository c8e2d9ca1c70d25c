"""The errors of storage; what SQLite raises is translated here, at the border.

StorageError             the database can't be used; says which and what to do
├── NotOurs              a file that is no SQLite database, or another program's
├── TooNew               written by a newer Paperboy
├── IndexDamaged         the search index can't be used; nothing else is the matter
└── Unavailable          locked, full, read-only or failing: nothing was written, worth trying again
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from papers.errors import PaperboyError


class StorageError(PaperboyError):
    """The database can't be used as it is."""


class NotOurs(StorageError):
    """The file belongs to something else; it was not touched."""


class TooNew(StorageError):
    """The file was written by a newer Paperboy; it was not touched."""


class IndexDamaged(StorageError):
    """The search index has to be made anew from the papers, which are all there."""

    def __init__(self, message: str) -> None:
        super().__init__(f"{message}: make it anew with `paperboy index --rebuild`")


class Unavailable(StorageError):
    """For now nothing can be written or read; what was under way was rolled back whole."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the file at `path` into these."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise Unavailable(f"database {path}: {error}") from error
        if error.sqlite_errorname in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
            raise NotOurs(f"{path} is no usable SQLite database ({error})") from error
        raise
