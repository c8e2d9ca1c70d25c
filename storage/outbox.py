"""Writing alerts into the outbox, as part of the transaction that ingests a digest."""

import json
from collections.abc import Iterable
from datetime import date, datetime

from sqlite_utils.db import Database as Connection

from storage.store import Find


def write_alerts(
    db: Connection,
    digest: int,
    day: date,
    fresh: Iterable[tuple[int, int, Find]],
    due: datetime,
) -> int:
    """Write the alerts for (chat, paper row, find) triples; how many alerts there are of them.

    Papers that a chat has had before are left out, and so are chats that can't be written to. An
    alert of the same day that nobody has begun to send is added to.
    """
    db.execute("DROP TABLE IF EXISTS temp.found")
    db.execute("CREATE TEMP TABLE found (chat INTEGER, paper INTEGER, rank INTEGER, keywords TEXT)")
    rows = (
        (chat, paper, find.rank, json.dumps(list(find.keywords), ensure_ascii=False))
        for chat, paper, find in fresh
    )
    db.conn.executemany("INSERT INTO temp.found VALUES (?, ?, ?, ?)", rows)
    values = {"digest": digest, "day": day.isoformat(), "due": due.timestamp()}
    for statement in _FAN_OUT:
        db.execute(statement, values)
    (alerts,) = db.execute("SELECT count(DISTINCT chat) FROM temp.found").fetchone()
    db.execute("DROP TABLE temp.found")
    return int(alerts)


_FAN_OUT = (
    """
    DELETE FROM temp.found AS f WHERE EXISTS
        (SELECT 1 FROM matches AS m WHERE m.chat = f.chat AND m.paper = f.paper)
    OR NOT EXISTS
        (SELECT 1 FROM subscribers AS s WHERE s.chat = f.chat AND s.state = 'active')
    """,
    """
    INSERT INTO alerts (chat, day, state, due)
    SELECT DISTINCT chat, :day, 'pending', :due FROM temp.found WHERE true
    ON CONFLICT (chat, day) WHERE state = 'pending' AND attempts = 0 AND leased = 0 DO NOTHING
    """,
    """
    INSERT INTO matches (chat, paper, alert, digest, rank, keywords)
    SELECT f.chat, f.paper, a.number, :digest, f.rank, f.keywords
    FROM temp.found AS f JOIN alerts AS a
        ON a.chat = f.chat AND a.day = :day
        AND a.state = 'pending' AND a.attempts = 0 AND a.leased = 0
    """,
)
