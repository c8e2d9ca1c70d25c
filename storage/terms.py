"""What each chat wants, in SQLite: the categories it follows, its hours, whether it pauses."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from functools import cache
from typing import Any

from sqlite_utils.db import Database as Connection

from papers import hours
from papers.hours import Hours
from storage.account import Terms
from storage.database import Database

NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # when the alerts of a chat fall due that is pausing
_TERMS = """
    s.hour, s.zone, s.weekdays, s.paused, s.crosses,
    (SELECT json_group_array(f.name) FROM followed AS f WHERE f.chat = s.chat)
"""
_DUE = "UPDATE alerts SET due = ? WHERE chat = ? AND state = 'pending' AND leased <= ?"


class SqliteTerms:
    """`storage.account.ChatTerms` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, chat: int) -> Terms:
        """What a chat wants; the defaults for one that never said."""

        return await self._database.read(lambda db: _terms(db, chat))

    async def set(self, chat: int, terms: Terms, now: datetime) -> None:
        """Keep what a chat wants; what waits for it comes accordingly from `now` on."""
        wanted = terms.hours
        values = [
            wanted.at.isoformat("minutes") if wanted.at else None,
            wanted.zone,
            "".join(map(str, sorted(wanted.days))),
            terms.paused,
            terms.crosses,
            chat,
        ]

        def work(db: Connection) -> None:
            db.execute(
                """
                UPDATE subscribers SET hour = ?, zone = ?, weekdays = ?, paused = ?, crosses = ?
                WHERE chat = ?
                """,
                values,
            )
            db.execute("DELETE FROM followed WHERE chat = ?", [chat])
            for name in dict.fromkeys(terms.categories):
                db.execute("INSERT INTO followed (chat, name) VALUES (?, ?)", [chat, name])
            for _, due in dues(db, str(int(chat)), now):
                db.execute(_DUE, [due.timestamp(), chat, now.timestamp()])

        await self._database.write(work)

    async def all(self) -> Mapping[int, Terms]:
        """What all chats want that can be written to."""

        def work(db: Connection) -> dict[int, Terms]:
            rows = db.execute(
                f"SELECT s.chat, {_TERMS} FROM subscribers AS s WHERE s.state = 'active'"
            )
            return {row[0]: _terms_of(row[1:]) for row in rows}

        return await self._database.read(work)


def dues(db: Connection, chats: str, now: datetime) -> Iterator[tuple[int, datetime]]:
    """When what was found at `now` is to be sent, for each of `chats` (SQL that selects them)."""
    rows = db.execute(
        f"""
        SELECT s.chat, s.hour, s.zone, s.weekdays, s.paused,
            (SELECT max(sent) FROM alerts AS a WHERE a.chat = s.chat)
        FROM subscribers AS s WHERE s.chat IN ({chats})
        """
    )
    hours_of = cache(_hours)  # most chats have the same
    for chat, hour, zone, weekdays, paused, sent in rows:
        last = datetime.fromtimestamp(sent, UTC) if sent else None
        yield chat, NEVER if paused else hours.due(hours_of(hour, zone, weekdays), now, last)


def _terms(db: Connection, chat: int) -> Terms:
    found = db.execute(f"SELECT {_TERMS} FROM subscribers AS s WHERE s.chat = ?", [chat])
    row = found.fetchone()
    return _terms_of(row) if row else Terms()


def _terms_of(row: Sequence[Any]) -> Terms:
    """The terms in a row of _TERMS."""
    hour, zone, weekdays, paused, crosses, followed = row
    wanted = _hours(hour, zone, weekdays)
    return Terms(tuple(json.loads(followed)), bool(crosses), wanted, bool(paused))


def _hours(hour: str | None, zone: str, weekdays: str) -> Hours:
    at = time.fromisoformat(hour) if hour else None
    return Hours(at, zone, frozenset(map(int, weekdays)))
