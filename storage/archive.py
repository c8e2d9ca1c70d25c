"""Papers in bulk, in SQLite: batches of an import, each with the mark of how far it went."""

from collections.abc import Iterable, Sequence

from sqlite_utils.db import Database as Connection

from papers.paper import Paper
from storage.account import Mark
from storage.database import Database
from storage.papers import INSERT, record, values
from storage.search_upkeep import caught_up

_AT_ONCE = 500  # ids in one question; SQLite takes at least 999 parameters


class SqliteArchive:
    """`storage.account.Archive` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def mark(self, key: str) -> Mark:
        """How far the file with this key has been imported."""

        def work(db: Connection) -> Mark:
            found = db.execute("SELECT line, offset, whole FROM imports WHERE key = ?", [key])
            row = found.fetchone()
            return Mark(row[0], row[1], bool(row[2])) if row else Mark()

        return await self._database.read(work)

    async def add(self, key: str, papers: Sequence[Paper], mark: Mark) -> int:
        """Keep papers and how far they bring the import, in one transaction; how many are new."""

        def work(db: Connection) -> int:
            known = _known(db, [paper.id for paper in papers])
            fresh = {paper.id: paper for paper in reversed(papers) if paper.id not in known}
            rows = ([paper.id, *values(paper), None] for paper in reversed(fresh.values()))
            db.conn.executemany(INSERT, rows)
            for paper in papers:
                if fresh.get(paper.id) is not paper:  # known before, or once more in this batch
                    record(db, paper, None)
            caught_up(db, 2 * len(papers))
            db.execute("INSERT OR REPLACE INTO imports VALUES (?, ?, ?, ?)", [key, *mark])
            return len(fresh)

        return await self._database.write(work)


def _known(db: Connection, ids: Sequence[str]) -> set[str]:
    def found(some: Sequence[str]) -> Iterable[str]:
        marks = ", ".join("?" * len(some))
        return (id_ for (id_,) in db.execute(f"SELECT id FROM papers WHERE id IN ({marks})", some))

    steps = range(0, len(ids), _AT_ONCE)
    return {id_ for start in steps for id_ in found(ids[start : start + _AT_ONCE])}
