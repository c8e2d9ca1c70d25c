"""The inbox in SQLite: updates between being fetched from Telegram and being handled."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlite_utils.db import Database as Connection

from storage.database import Database
from storage.traffic import Incoming

_TELEGRAM_KEEPS = timedelta(hours=24)
_REFUSED_KEPT = 500


class SqliteInbox:
    """`storage.traffic.Inbox` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, updates: Sequence[Incoming], following: int, now: datetime) -> list[int]:
        """Store `updates`, and that `following` is the update_id to ask for next."""

        def work(db: Connection) -> list[int]:
            fresh = [update.update_id for update in updates if _stored(db, update, now)]
            db.execute(
                """
                INSERT INTO received VALUES (1, ?, ?)
                ON CONFLICT (one) DO UPDATE SET next = excluded.next, at = excluded.at
                """,
                [following, now.timestamp()],
            )
            if any(update.refused for update in updates):
                db.execute(_FORGET, [_REFUSED_KEPT])
            return fresh

        return await self._database.write(work)

    async def waiting(self) -> Sequence[Incoming]:
        """What was stored and not handled, oldest first."""
        return await self._select("WHERE refused IS NULL ORDER BY number")

    async def done(self, update_id: int) -> None:
        """It was handled, and is dropped."""
        await self._database.write(
            lambda db: db.execute(
                "DELETE FROM inbox WHERE update_id = ? AND refused IS NULL", [update_id]
            )
        )

    async def following(self, now: datetime) -> int:
        """The update_id to ask for next; 0 (whatever there is) after a day without any."""
        recent = (now - _TELEGRAM_KEEPS).timestamp()
        found: tuple[int] | None = await self._database.read(
            lambda db: db.execute("SELECT next FROM received WHERE at > ?", [recent]).fetchone()
        )
        return found[0] if found else 0

    async def refused(self) -> Sequence[Incoming]:
        """Those that can't be read, newest first."""
        return await self._select("WHERE refused IS NOT NULL ORDER BY number DESC")

    async def _select(self, condition: str) -> Sequence[Incoming]:
        statement = f"SELECT update_id, payload, refused FROM inbox {condition}"
        return await self._database.read(
            lambda db: [Incoming(*row) for row in db.execute(statement)]
        )


def _stored(db: Connection, update: Incoming, now: datetime) -> bool:
    """Store one update; True when it was not there and is to be handled."""
    cursor = db.execute(
        """
        INSERT INTO inbox (update_id, payload, received, refused) VALUES (?, ?, ?, ?)
        ON CONFLICT (update_id) WHERE refused IS NULL DO NOTHING
        """,
        [update.update_id, update.payload, now.timestamp(), update.refused],
    )
    return cursor.rowcount > 0 and update.refused is None


_FORGET = """
    DELETE FROM inbox WHERE refused IS NOT NULL AND number NOT IN
        (SELECT number FROM inbox WHERE refused IS NOT NULL ORDER BY number DESC LIMIT ?)
"""
