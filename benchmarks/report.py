"""What all benchmarks share: timing, a process of its own for each thing measured, tables."""

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Iterable
from typing import TypeVar

import numpy as np
from rich.console import Console
from rich.table import Table

Row = dict[str, object]
T = TypeVar("T")


def progress(text: str) -> None:
    """Say on standard error what is being done."""
    print(f"{time.strftime('%H:%M:%S')} {text}", file=sys.stderr, flush=True)


def timed(work: Callable[[], T]) -> tuple[T, float]:
    """What `work` returns, and the processor time it took."""
    began = time.process_time()
    result = work()
    return result, time.process_time() - began


def number(row: Row, column: str) -> float:
    """A figure of a row."""
    value = row[column]
    if not isinstance(value, int | float):
        raise TypeError(f"{column} is no figure: {value!r}")
    return value


def apart(work: Callable[[], Row]) -> Row:
    """The row that `work` gives in a process of its own, with the memory it took there.

    `memory_mib` is what was added to what had been loaded before, `peak_mib` all there was.
    """
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)

    def run() -> None:
        before = _peak()
        row = work()
        sender.send({**row, "memory_mib": round(_peak() - before), "peak_mib": round(_peak())})

    process = context.Process(target=run)
    process.start()
    sender.close()
    try:
        row: Row = receiver.recv()
    finally:
        process.join()
    return row


def touch_memory(mib: int = 1024) -> None:
    """Have the machine hand out memory before time is taken, in a process that ends at once.

    Virtual machines may give back free memory to their host and take milliseconds for each MiB of
    it later (here 1.0 s for 400 MiB, else 0.06), which says nothing about a program.
    """
    context = multiprocessing.get_context("fork")
    process = context.Process(target=lambda: np.ones(mib << 20, dtype=np.uint8))
    process.start()
    process.join()


def show(rows: Iterable[Row]) -> None:
    """Print rows as a table, columns in the order in which they first occur."""
    rows = list(rows)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    table = Table()
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(column, "")) for column in columns))
    Console(width=200 if not sys.stdout.isatty() else None).print(table)


def _cell(value: object) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
