"""A database of any earlier version opens in this one with all that was in it."""

import sqlite3
from pathlib import Path

import pytest
from sqlite_utils.db import Database as Connection

from papers.keyword import parse
from storage.account import DayState
from storage.database import APPLICATION_ID
from storage.migrations import migrations
from storage.sqlite import open_store
from tests.storage.made import ADA, DAY, LATER, NOW

STEPS = [step.name for step in migrations.pending(Connection(memory=True))]
# What the first version wrote: a chat, its keyword, a digest of one paper, and an alert that waits.
OF_THE_FIRST_VERSION = """
INSERT INTO papers VALUES (1, '2002.00001', 'Title', 'Abstract.', '[]', '["cs.CV"]', '', '', NULL);
INSERT INTO digests VALUES (1, 'cs.CV', '2020-02-25', 'markdown', '');
INSERT INTO announcements VALUES (1, 1, 1, 'new', NULL, NULL, NULL);
INSERT INTO subscribers VALUES (101, 'private', 'Ada', NULL, 'active', '2020-02-25T08:00:00+00:00');
INSERT INTO keywords VALUES (1, 101, 'title', 'KEY');
INSERT INTO alerts (number, chat, day, state, due)
VALUES (1, 101, '2020-02-25', 'pending', 1582617600);
INSERT INTO matches VALUES (101, 1, 1, 1, 0, '["title"]');
"""


def of_version(path: Path, last: str) -> None:
    """A database as the version that ended with the step `last` left it."""
    raw = sqlite3.connect(path)
    connection = Connection(raw)
    after = STEPS[STEPS.index(last) + 1 : STEPS.index(last) + 2]
    migrations.apply(connection, stop_before=STEPS[1:2])
    raw.executescript(OF_THE_FIRST_VERSION.replace("KEY", parse("title").key))
    migrations.apply(connection, stop_before=after)
    raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    raw.commit()
    raw.close()


@pytest.mark.parametrize("last", STEPS)
async def test_nothing_is_lost_on_the_way_here(tmp_path: Path, last: str) -> None:
    path = tmp_path / "paperboy.db"
    of_version(path, last)
    store = await open_store(path)
    assert list(await store.subscribers.keywords(ADA.id)) == [parse("title")]
    digest = await store.digests.get("cs.CV", DAY)
    assert digest is not None
    assert [paper.id for paper in digest.papers] == ["2002.00001"]
    (alert,) = await store.alerts.lease(NOW, LATER, 10)
    assert (alert.chat, alert.day, alert.due) == (ADA, DAY, NOW)
    content = (await store.alerts.contents([alert.number])).get(alert.number)
    assert content is not None
    assert [item.keywords for item in content.items] == [("title",)]
    (day,) = await store.days.listed()
    assert (day.category, day.day, day.state, day.papers) == ("cs.CV", DAY, DayState.INGESTED, 1)
    await store.close()


def test_the_steps_are_applied_in_the_order_of_their_numbers() -> None:
    assert sorted(STEPS) == STEPS
    assert STEPS[0] == "m001_from_a_digest_to_an_alert"
