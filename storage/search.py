"""The search over all papers, in SQLite (`storage.searches.Search`)."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice

from sqlite_utils.db import Database as Connection

from papers.explaining import spelled
from papers.keyword import Keyword
from papers.paper import Paper
from papers.ranking import LAST_GRADE, grades
from papers.syntax import And, Category, Leaf, Not, Or, Text, Tree, both
from storage import search_index, windows
from storage.candidates import Clock, OutOfTime, surely
from storage.database import Database
from storage.errors import IndexDamaged
from storage.papers import COLUMNS, paper_of
from storage.search_upkeep import caught_up, checked
from storage.searches import AT_MOST, Found, IndexState, Preview, Query
from storage.windows import Window

_FINDING = 0.25  # seconds, then an answer is made of what was found
_ORDERING = 0.1  # seconds more; then it is ordered by age alone
_PREVIEWING = 0.5
_STEP = 200  # papers taken in by one transaction
_NEWEST = 5


class SqliteSearch:
    """`storage.searches.Search` on SQLite."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(
        self, query: Query, top: int | None = None, first: int = 0, count: int = 10
    ) -> Found:
        """`count` papers of an answer from the one at place `first` on."""

        def work(db: Connection) -> Found:
            with _usable(db) as through:
                upto = through if top is None else min(top, through)
                return _found(db, query, upto, slice(first, first + count))

        return await self._database.read(work)

    async def preview(self, keyword: Keyword, days: int = 30) -> Preview:
        """What a keyword would have brought on the newest announcement days."""

        def work(db: Connection) -> Preview:
            with _usable(db):
                return _preview(db, keyword.tree, days)

        return await self._database.read(work)

    async def check(self, whole: bool = False) -> IndexState:
        """How the index stands; `whole` reads all of it, otherwise only its newest part."""
        run = self._database.write if whole else self._database.read  # to be checked is to write
        return await run(lambda db: checked(db, whole))

    async def catch_up(self) -> int:
        """Take in some of the papers that the index lacks; how many it still lacks."""
        return await self._database.write(lambda db: caught_up(db, _STEP))

    async def discard(self) -> None:
        """Empty the index; catching up fills it again."""
        await self._database.write(search_index.empty)


@contextmanager
def _usable(db: Connection) -> Iterator[int]:
    """Up to which paper the index goes; inside the block its damage raises IndexDamaged."""
    known = search_index.state(db)
    if not known.current:
        raise IndexDamaged("the search index is out of date")
    try:
        yield known.through
    except sqlite3.DatabaseError as error:
        if search_index.is_damage(error):
            raise IndexDamaged("the search index is damaged") from error
        raise


def _found(db: Connection, query: Query, top: int, page: slice) -> Found:
    tree = query.keyword.tree
    if query.category:
        tree = both((tree, Category(query.category, query.category.casefold().removesuffix(".*"))))
    clock = Clock(db, _FINDING)
    numbers: list[int] = []
    hurried = False
    try:
        with clock.running():
            window = windows.since(db, query.since) if query.since else None
            found = windows.matching(db, tree, top, clock, window)
            numbers.extend(islice(found, AT_MOST + 1))
    except OutOfTime:
        hurried = True
    kept = numbers[:AT_MOST]
    older = kept[-1] - 1 if kept and (hurried or len(numbers) > AT_MOST) else None
    unknown = [] if kept or hurried else _unknown(db, tree, top)
    ordered = kept if query.newest else _ordered(db, tree, kept)
    return Found(papers(db, ordered[page]), len(kept), top, older, hurried, unknown)


def _ordered(db: Connection, tree: Tree, numbers: Sequence[int]) -> Sequence[int]:
    """Numbers, newest first, ordered by grade; as they are if there is no time for that."""
    best: dict[int, int] = {}
    try:
        with Clock(db, _ORDERING).running():
            for grade, graded in enumerate(_distinct(grades(tree))):
                if graded and numbers:
                    for number in surely(db, graded, numbers[0], numbers[-1]):
                        best.setdefault(number, grade)
    except OutOfTime:
        return numbers
    return sorted(numbers, key=lambda number: (best.get(number, LAST_GRADE), -number))


def _distinct(graded: Sequence[Tree | None]) -> Iterator[Tree | None]:
    """The trees of the grades, without those that say nothing new; the last is all there is."""
    seen = [graded[-1]]
    for tree in graded:
        yield None if tree in seen else tree
        seen.append(tree)


def _unknown(db: Connection, tree: Tree, top: int) -> Sequence[str]:
    """The words looked for, as they are written, that no paper has; `tree` finds none."""
    if list(_wanted(tree)) == [tree]:
        return [spelled(tree)]
    clock = Clock(db, _ORDERING)
    missing = []
    try:
        with clock.running():
            for leaf in _wanted(tree):
                if next(windows.matching(db, leaf, top, clock), None) is None:
                    missing.append(spelled(leaf))
    except OutOfTime:
        return []
    return missing


def _wanted(tree: Tree) -> Iterator[Leaf]:
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from _wanted(child)
        case Not():
            return
        case _:
            yield tree


def _preview(db: Connection, tree: Tree, days: int) -> Preview:
    clock = Clock(db, _PREVIEWING)
    together = grades(tree)[2] if isinstance(tree, And) else None
    phrase = 0 if isinstance(together, Text) else None
    window: Window = {}
    numbers: list[int] = []
    hurried = False
    listed = windows.newest_days(db, days)
    try:
        with clock.running():
            window = windows.since(db, listed[-1]) if listed else {}
            top = max(window, default=0)
            numbers.extend(windows.matching(db, tree, top, clock, window))
            if isinstance(together, Text):
                phrase = sum(1 for _ in windows.matching(db, together, top, clock, window))
    except OutOfTime:
        hurried = True
    numbers.sort(key=lambda number: (window[number], number), reverse=True)
    counts = dict.fromkeys(listed, 0)
    for number in numbers:
        counts[window[number]] += 1
    return Preview(list(counts.items()), papers(db, numbers[:_NEWEST]), phrase, hurried)


def papers(db: Connection, numbers: Sequence[int]) -> list[Paper]:
    """The papers with these numbers, in that order."""
    marks = ", ".join("?" * len(numbers))
    rows = db.execute(
        f"SELECT p.number, {COLUMNS} FROM papers AS p WHERE p.number IN ({marks})", list(numbers)
    )
    found = {row[0]: paper_of(row[1:]) for row in rows}
    return [found[number] for number in numbers]
