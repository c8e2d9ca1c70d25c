"""The account of announcement days in SQLite: what became of each category's list of each day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from sqlite_utils.db import Database as Connection

from papers.digest import AnnounceType, Digest
from storage.account import Day, DayState
from storage.database import Database

_DAY = """
    SELECT category, day, state, reason, origin, changed, attempts, again, etag,
        new, crossed, replaced, cross_replaced FROM days
"""


class SqliteDays:
    """`storage.account.Days` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self, category: str, day: date, now: datetime, until: datetime, force: bool = False
    ) -> Day | None:
        """The day, to look for its list; nobody else gets it until `until` or the next `tell`."""
        values = {
            "category": category,
            "day": day.isoformat(),
            "now": now.timestamp(),
            "until": until.timestamp(),
            "force": force,
        }

        def work(db: Connection) -> Day | None:
            db.execute(
                """
                INSERT INTO days (category, day, state, changed, again)
                VALUES (:category, :day, 'awaited', :now, :now) ON CONFLICT DO NOTHING
                """,
                values,
            )
            claimed = db.execute(
                """
                UPDATE days SET leased = :until WHERE category = :category AND day = :day
                AND again IS NOT NULL AND (again <= :now OR :force) AND leased <= :now
                """,
                values,
            )
            if not claimed.rowcount:
                return None
            where = f"{_DAY} WHERE category = :category AND day = :day"
            return _day(db.execute(where, values).fetchone())

        return await self._database.write(work)

    async def tell(self, day: Day) -> None:
        """Note what became of a claimed day, and let go of it. An ingested day stays ingested."""
        again = day.again.timestamp() if day.again else None
        found = (day.state, day.reason, day.origin, day.changed.timestamp())
        values = [*found, day.attempts, again, day.etag, day.category, day.day.isoformat()]
        await self._database.write(
            lambda db: db.execute(
                """
                UPDATE days SET state = ?, reason = ?, origin = ?, changed = ?, attempts = ?,
                    again = ?, etag = ?, leased = 0
                WHERE category = ? AND day = ? AND state NOT IN ('ingested', 'filled')
                """,
                values,
            )
        )

    async def listed(self, category: str | None = None) -> Sequence[Day]:
        """The account of one category or all, newest day first."""
        return await self._select(
            "WHERE category = coalesce(?, category) ORDER BY day DESC, category", [category]
        )

    async def since(self, category: str, day: date) -> Sequence[Day]:
        """A category's days from `day` on, oldest first."""
        return await self._select(
            "WHERE category = ? AND day >= ? ORDER BY day", [category, day.isoformat()]
        )

    async def categories(self) -> Sequence[str]:
        """All categories in the account, by name."""
        return await self._database.read(
            lambda db: [
                category
                for (category,) in db.execute("SELECT DISTINCT category FROM days ORDER BY 1")
            ]
        )

    async def ids(self, category: str, before: date) -> frozenset[str]:
        """The papers of a category's last list earlier than `before`."""
        return await self._database.read(
            lambda db: frozenset(
                id_
                for (id_,) in db.execute(
                    """
                    SELECT DISTINCT p.id FROM papers AS p
                    JOIN announcements AS a ON a.paper = p.number
                    JOIN digests AS d ON d.number = a.digest
                    WHERE d.category = ?1 AND d.day = (
                        SELECT max(day) FROM digests WHERE category = ?1 AND day < ?2)
                    """,
                    [category, before.isoformat()],
                )
            )
        )

    async def remark(self, category: str, day: date, remark: str) -> None:
        """Note what is amiss with a list that was ingested."""
        await self._changed(
            "UPDATE days SET reason = ?, told = 0 WHERE category = ? AND day = ?",
            [remark, category, day.isoformat()],
        )

    async def untold(self, since: date) -> Sequence[Day]:
        """The days from `since` on with a reason that operators were not told yet, oldest first."""
        return await self._select(
            "WHERE day >= ? AND told = 0 AND reason <> '' ORDER BY day, category",
            [since.isoformat()],
        )

    async def tell_operators(self, category: str, day: date) -> bool:
        """Note that operators are to know what is wrong with a day; True the first time."""
        return await self._changed(
            "UPDATE days SET told = 1 WHERE category = ? AND day = ? AND told = 0",
            [category, day.isoformat()],
        )

    async def begin(self, task: str, day: date) -> bool:
        """Note that what is to be done once on `day` has begun; True for who comes first."""
        return await self._changed(
            "INSERT INTO done (task, day) VALUES (?, ?) ON CONFLICT DO NOTHING",
            [task, day.isoformat()],
        )

    async def _select(self, condition: str, values: Sequence[object]) -> list[Day]:
        return await self._database.read(
            lambda db: [_day(row) for row in db.execute(f"{_DAY} {condition}", values)]
        )

    async def _changed(self, statement: str, values: Sequence[object]) -> bool:
        return await self._database.write(lambda db: db.execute(statement, values).rowcount > 0)


def account_for(db: Connection, digest: Digest, now: datetime, origin: str) -> None:
    """Note in the account that `digest` came from `origin`, and count its day's papers anew.

    A paper that several sources tell of counts once; as a cross-list if any of them says so (some
    don't tell). A day that was ingested does not become one that was filled.
    """
    state = DayState.FILLED if digest.source == "query" else DayState.INGESTED
    values = {
        "category": digest.category,
        "day": digest.day.isoformat(),
        "state": state,
        "now": now.timestamp(),
        "origin": origin,
    }
    db.execute(_SETTLED, values)
    db.execute(_COUNTED, values)


_SETTLED = """
    INSERT INTO days (category, day, state, changed, origin)
    VALUES (:category, :day, :state, :now, :origin)
    ON CONFLICT DO UPDATE SET state = excluded.state, changed = excluded.changed, reason = '',
        origin = excluded.origin, again = NULL, leased = 0
    WHERE state NOT IN ('ingested', 'filled')
"""

_COUNTED = """
    WITH types AS (
        SELECT min(a.type) AS type
        FROM digests AS d JOIN announcements AS a ON a.digest = d.number
        WHERE d.category = :category AND d.day = :day GROUP BY a.paper)
    UPDATE days SET (new, crossed, replaced, cross_replaced) = (
        SELECT ifnull(sum(type = 'new'), 0), ifnull(sum(type = 'cross'), 0),
            ifnull(sum(type = 'replace'), 0), ifnull(sum(type = 'replace-cross'), 0)
        FROM types)
    WHERE category = :category AND day = :day
"""


def _day(row: Sequence[Any]) -> Day:
    category, day, state, reason, origin, changed, attempts, again, etag, *counts = row
    return Day(
        category=category,
        day=date.fromisoformat(day),
        state=DayState(state),
        reason=reason,
        origin=origin,
        changed=datetime.fromtimestamp(changed, UTC),
        attempts=attempts,
        again=datetime.fromtimestamp(again, UTC) if again is not None else None,
        etag=etag,
        counts=dict(zip(AnnounceType, counts, strict=True)),
    )
