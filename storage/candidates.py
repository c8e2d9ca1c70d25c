"""The papers that match a tree, newest first, found through the index as they are asked for."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import reduce
from heapq import merge
from operator import or_

from sqlite_utils.db import Database as Connection

from papers.matching import displayed
from papers.paper import Paper
from papers.people import Authors, Categories
from papers.postings import Postings
from papers.syntax import And, Category, Name, Not, Or, Text, Tree
from storage.papers import COLUMNS, paper_of
from storage.search_index import shards, state
from storage.search_query import asked

_STEPS = 2000  # of SQLite's virtual machine between two looks at the clock


class OutOfTime(Exception):
    """The time given for a search is over."""


class Clock:
    """Ends what takes too long: SQLite's work, and ours between."""

    def __init__(self, db: Connection, seconds: float) -> None:
        self._db = db
        self._end = time.monotonic() + seconds

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return time.monotonic() >= self._end

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let SQLite work inside the block until the time is over; then raise OutOfTime."""
        self._db.conn.set_progress_handler(lambda: self.over, _STEPS)
        try:
            yield
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname != "SQLITE_INTERRUPT":
                raise
            raise OutOfTime from error
        finally:
            self._db.conn.set_progress_handler(None, 0)


def matching(db: Connection, tree: Tree, top: int, clock: Clock, low: int = 0) -> Iterator[int]:
    """The numbers from `top` down to `low` of the papers that match. Raises OutOfTime."""
    ask = asked(tree)
    for shard in shards(db, min(top, state(db).through)):
        if shard.end > low:
            between = max(low, shard.first), top
            sure = _of(db, shard.table, ask.sure, between)
            doubtful = _of(db, shard.table, ask.doubtful, between)
            looked_at = (n for n in doubtful if _matches(db, tree, n, clock))
            yield from merge(sure, looked_at, reverse=True)


def surely(db: Connection, tree: Tree, top: int, low: int) -> Iterator[int]:
    """The numbers of those papers of which the index alone can tell that they match."""
    sure = asked(tree).sure
    for shard in shards(db, top):
        if shard.end > low:
            yield from _of(db, shard.table, sure, (max(low, shard.first), top))


def _of(db: Connection, table: str, expression: str, between: tuple[int, int]) -> Iterator[int]:
    if not expression:
        return
    rows = db.execute(
        f"""
        SELECT rowid FROM {table} WHERE {table} MATCH ? AND rowid BETWEEN ? AND ?
        ORDER BY rowid DESC
        """,
        [expression, *between],
    )
    for (number,) in rows:
        yield number


def _matches(db: Connection, tree: Tree, number: int, clock: Clock) -> bool:
    if clock.over:
        raise OutOfTime
    row = db.execute(f"SELECT {COLUMNS} FROM papers AS p WHERE p.number = ?", [number])
    return matches(tree, paper_of(row.fetchone()))


def matches(tree: Tree, paper: Paper) -> bool:
    """Whether one paper matches, by the matcher's own parts, each made only when it is needed."""
    match tree:
        case And(children):
            return all(matches(child, paper) for child in children)
        case Or(children):
            return any(matches(child, paper) for child in children)
        case Not(child):
            return not matches(child, paper)
        case Name(words=words):
            return bool(Authors([paper.authors]).find(words))
        case Category(name=name):
            return bool(Categories([paper.categories]).find(name))
        case Text(units=units, fields=fields):
            texts = (Postings([displayed(paper, field)]).find(units) for field in fields)
            return bool(reduce(or_, texts))
