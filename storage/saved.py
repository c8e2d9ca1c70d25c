"""Saved papers in SQLite."""

from collections.abc import Sequence
from datetime import datetime

from sqlite_utils.db import Database as Connection

from papers.paper import Paper
from storage.database import Database
from storage.papers import COLUMNS, paper_of


class SqliteShelf:
    """`storage.shelf.Shelf` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def has(self, chat: int, paper: str) -> bool:
        """Whether the chat has saved the paper with this id."""

        def work(db: Connection) -> bool:
            found = db.execute(
                """
                SELECT 1 FROM saved AS s JOIN papers AS p ON p.number = s.paper
                WHERE s.chat = ? AND p.id = ?
                """,
                [chat, paper],
            )
            return found.fetchone() is not None

        return await self._database.read(work)

    async def put(self, chat: int, paper: str, now: datetime) -> bool:
        """Save a paper; False when there is no such paper or chat."""

        def work(db: Connection) -> bool:
            written = db.execute(
                """
                INSERT INTO saved (chat, paper, at)
                SELECT s.chat, p.number, ? FROM subscribers AS s, papers AS p
                WHERE s.chat = ? AND p.id = ?
                ON CONFLICT (chat, paper) DO UPDATE SET at = at
                """,
                [now.timestamp(), chat, paper],
            )
            return written.rowcount > 0

        return await self._database.write(work)

    async def take(self, chat: int, paper: str) -> None:
        """Let go of a saved paper."""

        def work(db: Connection) -> None:
            db.execute(
                """
                DELETE FROM saved WHERE chat = ?
                AND paper = (SELECT number FROM papers WHERE id = ?)
                """,
                [chat, paper],
            )

        await self._database.write(work)

    async def papers(self, chat: int) -> Sequence[Paper]:
        """What a chat has saved, the newest first."""

        def work(db: Connection) -> list[Paper]:
            rows = db.execute(
                f"""
                SELECT {COLUMNS} FROM saved AS s JOIN papers AS p ON p.number = s.paper
                WHERE s.chat = ? ORDER BY s.at DESC, p.number DESC
                """,
                [chat],
            )
            return [paper_of(row) for row in rows]

        return await self._database.read(work)
