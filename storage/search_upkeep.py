"""The search index kept sound: checked against the papers, brought in step, begun anew."""

from sqlite_utils.db import Database as Connection

from storage import search_index
from storage.papers import COLUMNS, paper_of
from storage.searches import IndexState

_LAST = 2**63 - 1


def checked(db: Connection, whole: bool) -> IndexState:
    """How the index stands; `whole` reads all of it, otherwise the newest part is counted."""
    through = search_index.state(db).through
    total, lacking = _papers(db, 0, _LAST), _papers(db, through + 1, _LAST)
    if not search_index.state(db).current:
        return IndexState(total, 0, "it is out of date")
    there = search_index.shards(db, through)
    wanted = search_index.wanted(through)
    for shard in wanted if whole else wanted[:1]:
        if whole and shard in there and search_index.damaged(db, shard):
            return IndexState(total, total - lacking, "it is damaged")
        known = _papers(db, shard.first, min(through, shard.end - 1))
        if known != (search_index.count(db, shard) if shard in there else 0):
            return IndexState(total, total - lacking, "it is out of step with the papers")
    return IndexState(total, total - lacking, f"it lacks {lacking} papers" if lacking else "")


def caught_up(db: Connection, most: int) -> int:
    """Take in up to `most` of the papers that the index lacks; how many it still lacks."""
    if not search_index.state(db).current:
        search_index.empty(db)
    rows = db.execute(
        f"SELECT p.number, {COLUMNS} FROM papers AS p WHERE p.number > ? ORDER BY number LIMIT ?",
        [search_index.state(db).through, most],
    ).fetchall()
    search_index.take_in(db, [(row[0], paper_of(row[1:])) for row in rows])
    return _papers(db, rows[-1][0] + 1, _LAST) if rows else 0


def _papers(db: Connection, first: int, last: int) -> int:
    found = db.execute("SELECT count(*) FROM papers WHERE number BETWEEN ? AND ?", [first, last])
    return int(found.fetchone()[0])
