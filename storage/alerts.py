"""The outbox in SQLite: leasing what is due and recording what became of it."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils.db import Database as Connection

from storage.database import Database
from storage.digests import infos
from storage.papers import COLUMNS, paper_of
from storage.store import Alert, AlertContent, AlertState, Chat, DigestInfo, Item
from storage.traffic import Outbox

_ALERTS = """
    SELECT a.number, a.chat, s.kind, s.title, s.topic, a.day, a.state, a.due, a.attempts,
        a.message, a.note, a.doubts
    FROM alerts AS a JOIN subscribers AS s USING (chat)
"""

_DUE = """
    FROM alerts AS a JOIN subscribers AS s USING (chat)
    WHERE a.state = 'pending' AND s.state = 'active' AND a.due <= :now
"""
# Of one chat the oldest, and only when none of its others is out on lease.
_LEASE = f"""
    UPDATE alerts SET leased = :until WHERE number IN (
        SELECT a.number {_DUE} AND a.leased <= :now AND NOT EXISTS (
            SELECT 1 FROM alerts AS o WHERE o.chat = a.chat AND o.state = 'pending'
            AND (o.leased > :now OR (o.due, o.number) < (a.due, a.number)))
        ORDER BY a.due, a.number LIMIT :limit)
    RETURNING number
"""
_CONTENTS = f"""
    SELECT m.alert, m.digest, m.keywords, {COLUMNS}
    FROM matches AS m JOIN papers AS p ON p.number = m.paper
    WHERE m.alert IN (SELECT value FROM json_each(?))
    ORDER BY m.alert, m.rank, m.digest, m.paper
"""


class SqliteAlerts:
    """`storage.store.Alerts` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def lease(self, now: datetime, until: datetime, limit: int) -> Sequence[Alert]:
        """Up to `limit` due alerts, oldest first, that nobody else is given until `until`."""
        values = {"now": now.timestamp(), "until": until.timestamp(), "limit": limit}

        def work(db: Connection) -> list[Alert]:
            leased = db.execute(_LEASE, values)
            numbers = [number for (number,) in leased.fetchall()]
            marks = ", ".join("?" * len(numbers))
            rows = db.execute(
                f"{_ALERTS} WHERE a.number IN ({marks}) ORDER BY a.due, a.number", numbers
            )
            return [_alert(row) for row in rows]

        return await self._database.write(work)

    async def contents(self, numbers: Sequence[int]) -> Mapping[int, AlertContent]:
        """What alerts tell, by their numbers; without those that tell nothing that can be read."""

        def work(db: Connection) -> dict[int, AlertContent]:
            days = cache(lambda digests: tuple(infos(db, digests)))
            found = {}
            rows = db.execute(_CONTENTS, [json.dumps(list(numbers))])
            for number, some in groupby(rows, key=itemgetter(0)):
                with suppress(ValueError):  # damaged; the others can be read all the same
                    found[number] = _content([row[1:] for row in some], days)
            return found

        return await self._database.read(work)

    async def get(self, number: int) -> Alert | None:
        """One alert."""
        found = await self._select("WHERE a.number = ?", [number])
        return found[0] if found else None

    async def sent(self, number: int, message: int, now: datetime) -> None:
        """Telegram confirmed it."""
        await self._execute(
            """
            UPDATE alerts SET state = 'sent', message = ?, sent = ?, leased = 0, note = ''
            WHERE number = ?
            """,
            [message, now.timestamp(), number],
        )

    async def retry(self, number: int, at: datetime, note: str, doubtful: bool = False) -> None:
        """It failed for now; it falls due again at `at`."""
        await self._execute(
            """
            UPDATE alerts SET due = ?, leased = 0, attempts = attempts + 1,
                doubts = doubts + ?, note = ?
            WHERE number = ? AND state = 'pending'
            """,
            [at.timestamp(), doubtful, note, number],
        )

    async def postpone(self, number: int, until: datetime) -> None:
        """It was not tried: nobody is given it before `until`."""
        await self._execute(
            "UPDATE alerts SET leased = ? WHERE number = ? AND state = 'pending'",
            [until.timestamp(), number],
        )

    async def end(self, number: int, state: AlertState, note: str) -> None:
        """It won't be sent (any more) by itself."""
        await self._execute(
            """
            UPDATE alerts SET state = ?, leased = 0, attempts = attempts + 1, note = ?
            WHERE number = ? AND state = 'pending'
            """,
            [state, note, number],
        )

    async def requeue(self, now: datetime, *, number: int | None, state: AlertState | None) -> int:
        """Alerts that ended unsent (one, or all in a state) fall due again; how many did.

        They count as tried once, because matches are only added to alerts never tried.
        """
        values = {"now": now.timestamp(), "number": number, "state": state}
        return await self._database.write(
            lambda db: (
                db.execute(
                    """
                UPDATE alerts SET state = 'pending', due = :now, attempts = 1, doubts = 0
                WHERE state IN ('unknown', 'failed', 'gone')
                AND number = coalesce(:number, number) AND state = coalesce(:state, state)
                """,
                    values,
                ).rowcount
            )
        )

    async def counts(self, now: datetime) -> Outbox:
        """The outbox in figures; alerts of chats that are gone don't count as due."""

        def work(db: Connection) -> Outbox:
            states = db.execute("SELECT state, count(*) FROM alerts GROUP BY state")
            counted = {str(state): int(count) for state, count in states}
            due, oldest = db.execute(
                f"SELECT count(*), min(a.due) {_DUE}", {"now": now.timestamp()}
            ).fetchone()
            return Outbox(counted, due, datetime.fromtimestamp(oldest, UTC) if due else None)

        return await self._database.read(work)

    async def listed(self, state: AlertState | None = None) -> Sequence[Alert]:
        """The alerts in a state (or all), newest first."""
        return await self._select(
            "WHERE a.state = coalesce(?, a.state) ORDER BY a.number DESC", [state]
        )

    async def _select(self, condition: str, values: Sequence[object]) -> list[Alert]:
        return await self._database.read(
            lambda db: [_alert(row) for row in db.execute(f"{_ALERTS} {condition}", values)]
        )

    async def _execute(self, statement: str, values: Sequence[object]) -> None:
        await self._database.write(lambda db: db.execute(statement, values))


def _content(
    rows: Sequence[Sequence[Any]], days: Callable[[frozenset[int]], tuple[DigestInfo, ...]]
) -> AlertContent:
    items = (Item(paper_of(row[2:]), tuple(json.loads(row[1]))) for row in rows)
    return AlertContent(days(frozenset(row[0] for row in rows)), tuple(items))


def _alert(row: Sequence[Any]) -> Alert:
    number, chat, kind, title, topic, day, state, due, attempts, message, note, doubts = row
    return Alert(
        number=number,
        chat=Chat(chat, kind, title, topic),
        day=date.fromisoformat(day),
        state=AlertState(state),
        due=datetime.fromtimestamp(due, UTC),
        attempts=attempts,
        message=message,
        note=note,
        doubts=doubts,
    )
