"""Writing alerts into the outbox, as part of the transaction that ingests a digest.

A chat has at most one alert waiting: matches of several days gather in it.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime
from functools import cache

from sqlite_utils.db import Database as Connection

from storage.store import Find
from storage.terms import dues


def write_alerts(
    db: Connection,
    digest: int,
    day: date,
    fresh: Iterable[tuple[int, int, Find]],
    now: datetime,
) -> int:
    """Write the alerts for (chat, paper row, find) triples; how many alerts there are of them.

    Papers that a chat has had before are left out, and so are chats that can't be written to. An
    alert that nobody has begun to send is added to.
    """
    db.execute("DROP TABLE IF EXISTS temp.found")
    db.execute("CREATE TEMP TABLE found (chat INTEGER, paper INTEGER, rank INTEGER, keywords TEXT)")
    told = cache(lambda keywords: json.dumps(keywords, ensure_ascii=False))  # many are the same
    rows = ((chat, paper, find.rank, told(tuple(find.keywords))) for chat, paper, find in fresh)
    db.conn.executemany("INSERT INTO temp.found VALUES (?, ?, ?, ?)", rows)
    db.execute(_DISTINCT)
    when = dues(db, "SELECT chat FROM temp.found", now)
    alerts = [(chat, day.isoformat(), due.timestamp()) for chat, due in when]
    db.conn.executemany(_ALERTS, alerts)
    db.execute(_MATCHES, [digest])
    db.execute("DROP TABLE temp.found")
    return len(alerts)


_DISTINCT = """
    DELETE FROM temp.found AS f WHERE EXISTS
        (SELECT 1 FROM matches AS m WHERE m.chat = f.chat AND m.paper = f.paper)
    OR NOT EXISTS
        (SELECT 1 FROM subscribers AS s WHERE s.chat = f.chat AND s.state = 'active')
"""

_ALERTS = """
    INSERT INTO alerts (chat, day, state, due) VALUES (?, ?, 'pending', ?)
    ON CONFLICT (chat) WHERE state = 'pending' AND attempts = 0 AND leased = 0 DO NOTHING
"""

_MATCHES = """
    INSERT INTO matches (chat, paper, alert, digest, rank, keywords)
    SELECT f.chat, f.paper, a.number, ?, f.rank, f.keywords
    FROM temp.found AS f JOIN alerts AS a
        ON a.chat = f.chat AND a.state = 'pending' AND a.attempts = 0 AND a.leased = 0
"""
