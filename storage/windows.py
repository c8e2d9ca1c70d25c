"""Searching among the papers announced on some days: which they are, and which of them match."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from sqlite_utils.db import Database as Connection

from papers.syntax import Tree
from storage import candidates
from storage.candidates import Clock

Window = Mapping[int, date]
"""Papers by number, with the day on which each was first announced within the window."""

_GAP = 2000  # numbers; over a wider one it is quicker to look anew than to go on


def newest_days(db: Connection, count: int) -> Sequence[date]:
    """The newest days of which there are digests, newest first."""
    rows = db.execute("SELECT DISTINCT day FROM digests ORDER BY day DESC LIMIT ?", [count])
    return [date.fromisoformat(day) for (day,) in rows]


def since(db: Connection, day: date) -> Window:
    """The papers announced (new or cross-listed) on `day` or later."""
    rows = db.execute(
        """
        SELECT a.paper, min(d.day) FROM digests AS d JOIN announcements AS a ON a.digest = d.number
        WHERE d.day >= ? AND a.type IN ('new', 'cross') GROUP BY a.paper
        """,
        [day.isoformat()],
    )
    days: dict[str, date] = {}
    return {
        paper: days.get(told) or days.setdefault(told, date.fromisoformat(told))
        for paper, told in rows
    }


def matching(
    db: Connection, tree: Tree, top: int, clock: Clock, window: Window | None = None
) -> Iterator[int]:
    """The numbers up to `top` of the papers (of those in the window, if any) that match, newest
    first. Raises OutOfTime."""
    if window is None:
        yield from candidates.matching(db, tree, top, clock)
        return
    for low, high in _runs(sorted((n for n in window if n <= top), reverse=True)):
        found = candidates.matching(db, tree, high, clock, low)
        yield from (number for number in found if number in window)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Descending numbers as stretches `(low, high)` without wide gaps."""
    high = low = numbers[0] if numbers else 0
    for number in numbers:
        if low - number > _GAP:
            yield low, high
            high = number
        low = number
    if numbers:
        yield low, high
