"""Importing papers in bulk: `paperboy import` beside a plain loop of sqlite-utils upserts.

All read the same real records from one gzip file and write them to a new database on disk, each in
a process of its own. Times are of the wall clock, as waiting for the disk is part of it. The loop
is what one would write first, once with a commit for each paper (on a part of the file: it is slow)
and once with a single transaction around it all. Those keep the records as they are decoded and no
more; Paperboy's checks them, keeps what is known of a paper already, can be broken off, and takes
each paper into the search index, which is where nearly all of its time goes.
"""

import argparse
import asyncio
import gzip
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from benchmarks.report import Row, apart, progress
from bot.imports import import_file
from storage.sqlite import open_store
from tests.data import SHARED

CORPUS = SHARED / "corpus" / "arxiv-74728.jsonl.gz"
_LISTS = ("authors", "categories")


def measure(arguments: Sequence[str]) -> Iterator[Row]:
    """A row for each way: papers, seconds, papers a second, the memory it took."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory(prefix="paperboy-") as folder:
        part = Path(folder) / "records.jsonl.gz"
        with gzip.open(CORPUS) as whole, gzip.open(part, "wb", 6) as out:
            out.writelines(islice(whole, options.records))
        ways: dict[str, Callable[[], int]] = {
            "paperboy import": partial(_paperboy, part, Path(folder) / "own.db"),
            "paperboy import, again": partial(_paperboy, part, Path(folder) / "own.db"),
            "upserts in one transaction": partial(_upserts, part, Path(folder) / "one.db", None),
            "upserts, each by itself": partial(
                _upserts, part, Path(folder) / "each.db", options.each
            ),
        }
        for name, work in ways.items():
            progress(name)
            yield apart(partial(_measured, name, work))


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks importing", description=__doc__)
    parser.add_argument("--records", type=int, default=74_728)
    parser.add_argument("--each", type=int, default=5_000, help="for upserts each by itself")
    return parser.parse_args(arguments)


def _measured(name: str, work: Callable[[], int]) -> Row:
    began = time.perf_counter()
    papers = work()
    seconds = time.perf_counter() - began
    rate = round(papers / seconds) if papers else ""
    return {"way": name, "papers": papers, "seconds": round(seconds, 2), "papers_per_s": rate}


def _paperboy(path: Path, db: Path) -> int:
    async def imported() -> int:
        store = await open_store(db)
        try:
            return (await import_file(store, path, lambda _: None)).new
        finally:
            await store.close()

    return asyncio.run(imported())


def _upserts(path: Path, db: Path, count: int | None) -> int:
    """The plain loop over `count` records, each in a transaction of its own; None for all records
    in one transaction."""
    database = Database(db)
    database.enable_wal()
    database.execute("PRAGMA synchronous = FULL")  # as Paperboy has it
    with gzip.open(path) as lines:
        records = (_plain(json.loads(line)) for line in islice(lines, count))
        if count is None:
            with database.atomic():
                done = _loop(database, records)
        else:
            done = _loop(database, records)
    database.close()
    return done


def _loop(database: Database, records: Iterator[dict[str, Any]]) -> int:
    done = 0
    for record in records:
        database.table("papers").upsert(record, pk="id")
        done += 1
    return done


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, **{name: json.dumps(record[name]) for name in _LISTS}}
