"""The embedded store: everything in one SQLite file."""

from datetime import datetime, timedelta
from pathlib import Path

from sqlite_utils.db import Database as Connection

from storage.alerts import SqliteAlerts
from storage.archive import SqliteArchive
from storage.database import Database
from storage.days import SqliteDays
from storage.digests import SqliteDigests
from storage.inbox import SqliteInbox
from storage.papers import SqlitePapers
from storage.saved import SqliteShelf
from storage.search import SqliteSearch
from storage.store import Store
from storage.subscribers import SqliteSubscribers
from storage.terms import SqliteTerms


class SqliteStore:
    """`storage.store.Store` on one SQLite file."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.papers = SqlitePapers(database)
        self.digests = SqliteDigests(database)
        self.subscribers = SqliteSubscribers(database)
        self.alerts = SqliteAlerts(database)
        self.inbox = SqliteInbox(database)
        self.terms = SqliteTerms(database)
        self.days = SqliteDays(database)
        self.archive = SqliteArchive(database)
        self.search = SqliteSearch(database)
        self.shelf = SqliteShelf(database)

    async def upkeep(self, now: datetime) -> None:
        """What is good to do once a night: forget old marks, keep the query planner informed."""
        month = (now - timedelta(days=30)).date().isoformat()

        def work(db: Connection) -> None:
            db.execute("DELETE FROM done WHERE day < ?", [month])
            db.execute("PRAGMA optimize")

        await self._database.write(work)

    async def close(self) -> None:
        """Finish what is under way and close the file."""
        await self._database.close()


async def open_store(path: Path) -> Store:
    """The store in the file at `path`, which is made if it isn't there.

    Raises storage.errors.StorageError when the file can't be used.
    """
    return SqliteStore(await Database.open(path))
