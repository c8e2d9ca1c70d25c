"""Digests in SQLite, and the one transaction that turns a digest into alerts."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlite_utils.db import Database as Connection

from papers.digest import Announcement, AnnounceType, Digest
from papers.paper import Paper
from storage.database import Database
from storage.days import account_for
from storage.outbox import write_alerts
from storage.papers import COLUMNS, paper_of, record
from storage.store import DigestInfo, Find, Ingested


class SqliteDigests:
    """`storage.store.Digests` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def unrecorded(self, digest: Digest) -> Sequence[int]:
        """The positions (from 0, in `digest.papers`) of announcements not recorded yet."""

        def work(db: Connection) -> list[int]:
            recorded = {
                id_
                for (id_,) in db.execute(
                    """
                    SELECT p.id FROM announcements AS a JOIN papers AS p ON p.number = a.paper
                    JOIN digests AS d ON d.number = a.digest
                    WHERE d.category = ? AND d.day = ? AND d.source = ?
                    """,
                    [digest.category, digest.day.isoformat(), digest.source],
                )
            }
            return [i for i, paper in enumerate(digest.papers) if paper.id not in recorded]

        return await self._database.read(work)

    async def ingest(
        self, digest: Digest, finds: Iterable[Find], now: datetime, origin: str = ""
    ) -> Ingested:
        """Record `digest`, account for its day, write the alerts of `finds`, in one transaction."""

        def work(db: Connection) -> Ingested:
            number = _number(db, digest)
            recorded = _announce(db, number, digest.announcements)
            account_for(db, digest, now, origin or digest.source)
            fresh = ((f.chat, recorded[f.paper], f) for f in finds if f.paper in recorded)
            return Ingested(len(recorded), write_alerts(db, number, digest.day, fresh, now))

        return await self._database.write(work)

    async def get(self, category: str, day: date) -> Digest | None:
        """The digest as it was received (of the source that was ingested first)."""

        def work(db: Connection) -> Digest | None:
            row = db.execute(
                """
                SELECT number, source, heading FROM digests
                WHERE category = ? AND day = ? ORDER BY number
                """,
                [category, day.isoformat()],
            ).fetchone()
            if row is None:
                return None
            number, source, heading = row
            announcements = tuple(_announcements(db, number))
            return Digest(category, day, announcements, source=source, heading=heading)

        return await self._database.read(work)

    async def newest(self, within: Sequence[str] = ()) -> Sequence[DigestInfo]:
        """The newest day that has papers in these categories (or any): its categories by name."""
        chosen = _within(within)
        newest = f"(SELECT max(d.day) FROM digests AS d WHERE {chosen})"
        return await self._database.read(
            lambda db: _infos(db, f"d.day = {newest} AND {chosen}", [*within, *within])
        )

    async def of_day(self, day: date, within: Sequence[str] = ()) -> Sequence[DigestInfo]:
        """Those of these categories (or all) that have papers on one day, by name."""
        condition = f"d.day = ? AND {_within(within)}"
        return await self._database.read(
            lambda db: _infos(db, condition, [day.isoformat(), *within])
        )

    async def announced(self, category: str, papers: Sequence[str]) -> frozenset[str]:
        """Those of `papers` (ids) that a category has announced on whichever day."""

        def work(db: Connection) -> frozenset[str]:
            rows = db.execute(
                """
                SELECT DISTINCT p.id FROM json_each(?) AS wanted JOIN papers AS p
                ON p.id = wanted.value JOIN announcements AS a ON a.paper = p.number
                JOIN digests AS d ON d.number = a.digest WHERE d.category = ?
                """,
                [json.dumps(list(papers)), category],
            )
            return frozenset(id_ for (id_,) in rows)

        return await self._database.read(work)

    async def incomplete(self, since: datetime) -> Sequence[tuple[str, date]]:
        """The categories and days, ingested after `since`, with papers whose authors no source has
        told."""

        def work(db: Connection) -> list[tuple[str, date]]:
            rows = db.execute(
                """
                SELECT DISTINCT d.category, d.day FROM days AS d
                JOIN digests AS g USING (category, day) JOIN announcements AS a
                ON a.digest = g.number JOIN papers AS p ON p.number = a.paper
                WHERE d.changed > ? AND p.authors = '[]'
                """,
                [since.timestamp()],
            )
            return [(category, date.fromisoformat(day)) for category, day in rows]

        return await self._database.read(work)

    async def papers(self, day: date, within: Sequence[str] = ()) -> Sequence[Paper]:
        """The papers announced on one day in these categories (or any), each once, in order."""

        def work(db: Connection) -> list[Paper]:
            rows = db.execute(
                f"""
                SELECT {COLUMNS}, min(d.number * 1000000 + a.position) AS place
                FROM announcements AS a JOIN digests AS d ON d.number = a.digest
                JOIN papers AS p ON p.number = a.paper
                WHERE d.day = ? AND a.type IN ('new', 'cross') AND {_within(within)}
                GROUP BY p.number ORDER BY place
                """,
                [day.isoformat(), *within],
            )
            return [paper_of(row[:-1]) for row in rows]

        return await self._database.read(work)


def infos(db: Connection, numbers: Iterable[int]) -> list[DigestInfo]:
    """The days of the digests with these numbers, by category."""
    wanted = list(numbers)
    return _infos(db, f"g.number IN ({', '.join('?' * len(wanted))})", wanted)


def _within(categories: Sequence[str]) -> str:
    """The condition that a digest `d` is of one of these categories, or of any."""
    return f"d.category IN ({', '.join('?' * len(categories))})" if categories else "true"


def _infos(db: Connection, condition: str, values: Sequence[object]) -> list[DigestInfo]:
    rows = db.execute(
        f"""
        SELECT min(g.number), d.category, d.day, d.new + d.crossed, d.state = 'filled'
        FROM digests AS g JOIN days AS d USING (category, day)
        WHERE {condition} GROUP BY d.category, d.day ORDER BY d.category, d.day
        """,
        values,
    )
    return [DigestInfo(n, c, date.fromisoformat(d), p, bool(late)) for n, c, d, p, late in rows]


def _number(db: Connection, digest: Digest) -> int:
    key = [digest.category, digest.day.isoformat(), digest.source]
    db.execute(
        """
        INSERT INTO digests (category, day, source, heading) VALUES (?, ?, ?, ?)
        ON CONFLICT (category, day, source) DO NOTHING
        """,
        [*key, digest.heading],
    )
    row = db.execute(
        "SELECT number FROM digests WHERE category = ? AND day = ? AND source = ?", key
    ).fetchone()
    return int(row[0])


def _announce(db: Connection, digest: int, announcements: Sequence[Announcement]) -> dict[int, int]:
    """Record announcements; of each that wasn't there before, its index and its paper's row."""
    recorded = {}
    for index, told in enumerate(announcements):
        paper = record(db, told.paper, told.version)
        title = None if told.paper.title == paper.title else told.paper.title
        abstract = None if told.paper.abstract == paper.abstract else told.paper.abstract
        cursor = db.execute(
            """
            INSERT INTO announcements (digest, paper, position, type, version, title, abstract)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (digest, paper) DO NOTHING
            """,
            [digest, paper.number, told.position, told.type, told.version, title, abstract],
        )
        if cursor.rowcount:
            recorded[index] = paper.number
    return recorded


def _announcements(db: Connection, digest: int) -> Iterable[Announcement]:
    rows = db.execute(
        """
        SELECT a.position, a.type, a.version, p.id, coalesce(a.title, p.title),
            coalesce(a.abstract, p.abstract), p.authors, p.categories, p.comment, p.doi
        FROM announcements AS a JOIN papers AS p ON p.number = a.paper
        WHERE a.digest = ? ORDER BY a.position, a.paper
        """,
        [digest],
    )
    for position, type_, version, *paper in rows:
        yield Announcement(position, paper_of(paper), AnnounceType(type_), version)
