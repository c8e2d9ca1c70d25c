"""The search index in SQLite: FTS5 tables without a copy of the text, in step with the papers.

Papers come into it in the order of their numbers; those up to `through` are in it. Every 65,536
papers have a table of their own (a shard): what a query may cost is bounded by the size of a shard,
because searching begins at the newest and seldom has to go on to the next. A full one is merged
into a single segment, which halves the time of what does go on; little by little, while papers
come into the next, so that no transaction takes long.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from typing import Any, NamedTuple

from sqlite_utils.db import Database as Connection

from papers.paper import Paper
from storage.search_words import COLUMNS, EVERY, TOKENIZER, VERSION, row

SHARD_BITS = 16
_SORTED = 1 << 24  # bytes of new words that FTS5 sorts in memory; with 1 << 20, which is its own
# choice, taking in papers by the thousand takes half as long again
_MERGED = 8  # pages of the shard before, of about 45,000, that are merged for each new paper
Row = tuple[Any, ...]
_NAMES = ", ".join(COLUMNS)
_PLACES = ", ".join("?" * len(COLUMNS))


class Shard(NamedTuple):
    """A table of the index, and the numbers of papers it is for: `[first, end)`."""

    table: str
    first: int
    end: int


class State(NamedTuple):
    """Up to which paper the index goes, and by which version of Paperboy's analysis."""

    through: int
    version: int

    @property
    def current(self) -> bool:
        """Whether what is in the index can be relied on and added to."""
        return self.version == VERSION or not self.through


def state(db: Connection) -> State:
    """How far the index is."""
    return State(*db.execute("SELECT through, version FROM search_state").fetchone())


def shards(db: Connection, through: int) -> list[Shard]:
    """The tables that hold papers up to `through`, the newest first."""
    found = db.execute("SELECT name FROM sqlite_master WHERE name GLOB 'words_[0-9]*'")
    numbers = {int(n) for (name,) in found if (n := name.removeprefix("words_")).isdecimal()}
    return [_shard(n) for n in sorted(numbers, reverse=True) if n << SHARD_BITS <= through]


def wanted(through: int) -> list[Shard]:
    """The tables that there should be for papers up to `through`, the newest first."""
    return [_shard(n) for n in range(through >> SHARD_BITS, -1, -1)]


def add(db: Connection, number: int, paper: Paper) -> None:
    """Take in a paper just kept, unless others are to be caught up on before."""
    before = db.execute("SELECT max(number) FROM papers WHERE number < ?", [number]).fetchone()[0]
    known = state(db)
    if known.current and known.through == (before or 0):
        with _marking_damage(db):
            take_in(db, [(number, paper)])


def take_in(db: Connection, papers: Sequence[tuple[int, Paper]]) -> None:
    """Take in papers with their numbers, ascending: the next of those that are not in it."""
    take_in_rows(db, [(number, *row(paper)) for number, paper in papers])


def take_in_rows(db: Connection, rows: Sequence[Row]) -> None:
    """The same for papers whose words are there already: a number, and the texts of COLUMNS."""
    for number, some in groupby(rows, key=lambda row: row[0] >> SHARD_BITS):
        _extend(db, number, list(some))
    if rows:
        db.execute("UPDATE search_state SET through = ?, version = ?", [rows[-1][0], VERSION])


def replace(db: Connection, number: int, old: Paper, new: Paper) -> None:
    """Put a paper's new words in the place of the old ones."""
    known = state(db)
    words, others = row(old), row(new)
    if not known.current or number > known.through or words == others:
        return
    table = _shard(number >> SHARD_BITS).table
    with _marking_damage(db):
        db.execute(
            f"INSERT INTO {table} ({table}, rowid, {_NAMES}) VALUES ('delete', ?, {_PLACES})",
            [number, *words],
        )
        _insert(db, table, [(number, *others)])


def empty(db: Connection) -> None:
    """Begin anew."""
    through, _ = state(db)
    for shard in shards(db, through + (1 << SHARD_BITS)):
        db.execute(f"DROP TABLE {shard.table}")
    db.execute("UPDATE search_state SET through = 0, version = ?", [VERSION])


def count(db: Connection, shard: Shard) -> int:
    """How many papers a shard holds."""
    found = db.execute(
        f"SELECT count(*) FROM {shard.table} WHERE {shard.table} MATCH ?", [f'"{EVERY}"']
    )
    return int(found.fetchone()[0])


def damaged(db: Connection, shard: Shard) -> bool:
    """Whether FTS5 finds a shard inconsistent in itself; reads all of it. Needs to be able to
    write, though it doesn't."""
    try:
        db.execute(f"INSERT INTO {shard.table} ({shard.table}) VALUES ('integrity-check')")
    except sqlite3.DatabaseError as error:
        if is_damage(error):
            return True
        raise
    return False


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether an error says that the index (not the whole file) is damaged."""
    return error.sqlite_errorname == "SQLITE_CORRUPT_VTAB"


@contextmanager
def _marking_damage(db: Connection) -> Iterator[None]:
    """Papers come in even if the index is damaged; then it is marked as one to be made anew."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        if not is_damage(error):
            raise
        db.execute("UPDATE search_state SET version = 0")


def _shard(number: int) -> Shard:
    return Shard(f"words_{number}", number << SHARD_BITS, number + 1 << SHARD_BITS)


def _insert(db: Connection, table: str, rows: Sequence[Row]) -> None:
    db.conn.executemany(f"INSERT INTO {table} (rowid, {_NAMES}) VALUES (?, {_PLACES})", rows)


def _extend(db: Connection, number: int, rows: Sequence[Row]) -> None:
    """Take new papers into a shard, made if it isn't there, and go on merging the one before."""
    table, before = _shard(number).table, _shard(number - 1).table
    found = db.execute("SELECT name FROM sqlite_master WHERE name IN (?, ?)", [table, before])
    there = {name for (name,) in found}
    if table not in there:
        db.execute(
            f"""
            CREATE VIRTUAL TABLE {table}
            USING fts5({_NAMES}, content = '', columnsize = 0, tokenize = "{TOKENIZER}")
            """
        )
        _tell(db, table, "hashsize", _SORTED)
    _insert(db, table, rows)
    if before in there:
        _tell(db, before, "merge", -_MERGED * len(rows))


def _tell(db: Connection, table: str, command: str, value: int) -> None:
    db.execute(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", [command, value])
