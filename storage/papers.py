"""Papers in SQLite: one row each, whichever digests announce them."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from sqlite_utils.db import Database as Connection

from papers.digest import AnnounceType
from papers.paper import Paper
from storage import search_index
from storage.database import Database
from storage.store import Told

COLUMNS = "p.id, p.title, p.abstract, p.authors, p.categories, p.comment, p.doi"
INSERT = """
    INSERT INTO papers (id, title, abstract, authors, categories, comment, doi, version)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""


class SqlitePapers:
    """`storage.store.Papers` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, paper: str) -> Paper | None:
        """The paper with this arXiv id (without version)."""

        def work(db: Connection) -> Paper | None:
            found = db.execute(f"SELECT {COLUMNS} FROM papers AS p WHERE p.id = ?", [paper])
            row = found.fetchone()
            return paper_of(row) if row else None

        return await self._database.read(work)

    async def told(self, paper: str) -> Sequence[Told]:
        """Where and when it was announced, first to last."""

        def work(db: Connection) -> list[Told]:
            rows = db.execute(
                """
                SELECT DISTINCT d.category, d.day, a.type FROM announcements AS a
                JOIN papers AS p ON p.number = a.paper JOIN digests AS d ON d.number = a.digest
                WHERE p.id = ? ORDER BY d.day, d.number
                """,
                [paper],
            )
            return [Told(c, date.fromisoformat(day), AnnounceType(type_)) for c, day, type_ in rows]

        return await self._database.read(work)


def paper_of(row: Sequence[Any]) -> Paper:
    """The paper in a row of COLUMNS."""
    id_, title, abstract, authors, categories, comment, doi = row
    lists = (tuple(json.loads(authors)), tuple(json.loads(categories)))
    return Paper(id_, title, abstract, *lists, comment, doi)


class Recorded(NamedTuple):
    """A paper's row, and the texts it has now."""

    number: int
    title: str
    abstract: str


def record(db: Connection, paper: Paper, version: int | None) -> Recorded:
    """Keep `paper`, announced in `version`: a new row, or what it adds to the one there is.

    A higher version brings new texts; otherwise only gaps are filled. Announcements made with the
    old texts keep them.
    """
    row = db.execute(
        f"SELECT p.number, p.version, {COLUMNS} FROM papers AS p WHERE p.id = ?",
        [paper.id],
    ).fetchone()
    if row is None:
        return _insert(db, paper, version)
    number, had, known = row[0], row[1], paper_of(row[2:])
    newer = version is not None and version > (had or 1)
    merged = _merged(known, paper, newer)
    if merged != known or (newer or (had is None and version is not None)):
        if (merged.title, merged.abstract) != (known.title, known.abstract):
            _keep_texts(db, number, known)
        _update(db, number, merged, max(version or 0, had or 0) or None)
        search_index.replace(db, number, known, merged)
    return Recorded(number, merged.title, merged.abstract)


def _merged(known: Paper, told: Paper, newer: bool) -> Paper:
    first, second = (told, known) if newer else (known, told)
    return Paper(
        known.id,
        first.title or second.title,
        first.abstract or second.abstract,
        first.authors or second.authors,
        max(first.categories, second.categories, key=len),
        first.comment or second.comment,
        first.doi or second.doi,
    )


def values(paper: Paper) -> list[str]:
    """A paper's columns but for its id and version, in the order of INSERT."""
    lists = [json.dumps(names, ensure_ascii=False) for names in (paper.authors, paper.categories)]
    return [paper.title, paper.abstract, *lists, paper.comment, paper.doi]


def _insert(db: Connection, paper: Paper, version: int | None) -> Recorded:
    cursor = db.execute(INSERT, [paper.id, *values(paper), version])
    number = int(cursor.lastrowid or 0)
    search_index.add(db, number, paper)
    return Recorded(number, paper.title, paper.abstract)


def _update(db: Connection, number: int, paper: Paper, version: int | None) -> None:
    db.execute(
        """
        UPDATE papers SET title = ?, abstract = ?, authors = ?, categories = ?, comment = ?,
            doi = ?, version = ? WHERE number = ?
        """,
        [*values(paper), version, number],
    )


def _keep_texts(db: Connection, number: int, paper: Paper) -> None:
    """Give the announcements made so far the texts they were made with."""
    db.execute(
        """
        UPDATE announcements SET title = coalesce(title, ?), abstract = coalesce(abstract, ?)
        WHERE paper = ?
        """,
        [paper.title, paper.abstract, number],
    )
