"""Several pieces of work in one transaction, each of them kept whole or not at all.

Most of what a small write costs is waiting for the disk; those that have gathered wait once.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from sqlite_utils.db import Database as Connection

Work = Callable[[Connection], Any]


class Outcome(NamedTuple):
    """What a piece of work returned, or the error it ended with."""

    value: Any
    error: BaseException | None = None


def together(connection: Connection, works: Sequence[Work]) -> list[Outcome]:
    """Run `works` in one transaction; what became of each, in their order.

    One that fails is undone and leaves the others alone. Raises what ends the transaction itself
    (a locked or full disk, say); then nothing is kept of any.
    """
    with immediate(connection):
        if len(works) == 1:  # the transaction undoes it; a savepoint would copy what it changes
            return [Outcome(works[0](connection))]
        return [_apart(connection, work) for work in works]


@contextmanager
def immediate(connection: Connection) -> Iterator[None]:
    """A transaction that takes the write lock at its beginning."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()


def _apart(connection: Connection, work: Work) -> Outcome:
    connection.execute("SAVEPOINT apart")
    try:
        outcome = Outcome(work(connection))
    except Exception as error:  # its caller is told, whatever it is
        if not connection.conn.in_transaction:  # SQLite gave up all of it
            raise
        connection.execute("ROLLBACK TO apart")
        outcome = Outcome(None, error)
    connection.execute("RELEASE apart")
    return outcome
