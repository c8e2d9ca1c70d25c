"""A database from before the account of days: its days are accounted for, its alerts joined."""

import sqlite3
from datetime import timedelta
from pathlib import Path

from papers.digest import AnnounceType
from storage.account import DayState
from storage.sqlite import open_store
from tests.storage.made import DAY, LATER, NOW
from tests.storage.test_migrations import of_version

TWO_MORE_DAYS = """
INSERT INTO papers VALUES (2, '2002.00002', 'Title', 'Abstract.', '[]', '["cs.CV"]', '', '', NULL);
INSERT INTO papers VALUES (3, '2002.00003', 'Title', 'Abstract.', '[]', '["cs.CV"]', '', '', NULL);
INSERT INTO digests VALUES (2, 'cs.CV', '2020-02-26', 'markdown', '');
INSERT INTO announcements VALUES (2, 2, 1, 'cross', NULL, NULL, NULL);
INSERT INTO announcements VALUES (2, 3, 2, 'replace', NULL, NULL, NULL);
INSERT INTO alerts (number, chat, day, state, due)
VALUES (2, 101, '2020-02-26', 'pending', 1582617660), (3, 101, '2020-02-27', 'sent', 0);
INSERT INTO matches VALUES (101, 2, 2, 2, 0, '["title"]'), (101, 3, 3, 2, 0, '["title"]');
"""


async def test_days_are_accounted_for_and_waiting_alerts_of_a_chat_are_joined(
    tmp_path: Path,
) -> None:
    path = tmp_path / "paperboy.db"
    of_version(path, "m001_from_a_digest_to_an_alert")
    connection = sqlite3.connect(path)
    connection.executescript(TWO_MORE_DAYS)
    connection.close()
    store = await open_store(path)
    newer, older = await store.days.listed()
    assert (older.day, older.state, older.papers) == (DAY, DayState.INGESTED, 1)
    assert (newer.day - DAY, newer.papers) == (timedelta(days=1), 1)
    assert newer.counts[AnnounceType.REPLACE] == 1
    (alert,) = await store.alerts.lease(NOW, LATER, 10)
    content = (await store.alerts.contents([alert.number])).get(alert.number)
    assert content
    assert [item.paper.id for item in content.items] == ["2002.00001", "2002.00002"]
    assert len(await store.alerts.listed()) == 2
    await store.close()
