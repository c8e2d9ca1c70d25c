"""`paperboy import`: papers from files of records, however large; broken off, it goes on later."""

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, TypeVar

from papers import records
from papers.errors import PaperboyError
from papers.paper import Paper
from papers.records import Record
from storage.account import Mark
from storage.sqlite import open_store
from storage.store import Store

log = logging.getLogger(__name__)

_BATCH = 250  # records in a transaction: others get to write every few tenths of a second
_HEAD = 1 << 16  # bytes that tell a file apart, together with its size

T = TypeVar("T")


class Progress(NamedTuple):
    """How far the import of a file is: lines read in all and papers new to the database since the
    command began, and the share of the file (0 to 1) that is done."""

    path: Path
    lines: int = 0
    new: int = 0
    share: float = 0.0


class Imported(NamedTuple):
    """What became of a file: records read now, those among them that could not be used, papers new
    to the database. `since` is the line after which this began; all of a file read before is 0."""

    file: str
    since: int
    records: int
    skipped: int
    new: int


Tell = Callable[[Progress], None]


async def import_all(db: Path, paths: Iterable[Path], tell: Tell) -> list[Imported]:
    """Import files into the database at `db`. Raises RecordsError (after what came before it) for
    one that is damaged, naming it."""
    store = await open_store(db)
    try:
        return [await import_file(store, path, tell) for path in paths]
    finally:
        await store.close()


async def import_file(store: Store, path: Path, tell: Tell) -> Imported:
    """Import the papers of one file from where an earlier import of it ended. `tell` is called
    after each transaction."""
    with path.open("rb") as stream:
        key, size = _key(stream)
        mark = await store.archive.mark(key)
        done = Imported(str(path), mark.line, 0, 0, 0)
        if mark.whole:
            return done
        try:
            for batch in _batches(records.read(stream, line=mark.line, offset=mark.offset), _BATCH):
                papers = _papers(path, batch)
                mark = Mark(batch[-1].line, batch[-1].end)
                new = done.new + await store.archive.add(key, papers, mark)
                skipped = done.skipped + len(batch) - len(papers)
                done = done._replace(records=done.records + len(batch), skipped=skipped, new=new)
                tell(Progress(path, mark.line, new, min(stream.tell() / size, 1.0)))
        except PaperboyError as error:
            raise records.RecordsError(f"{path}: {error}") from error
        await store.archive.add(key, (), mark._replace(whole=True))
    return done


def _papers(path: Path, batch: Iterable[Record]) -> list[Paper]:
    papers = []
    for record in batch:
        if isinstance(record.found, Paper):
            papers.append(record.found)
        else:
            log.warning("%s line %d: %s", path.name, record.line, record.found.reason)
    return papers


def _key(stream: BinaryIO) -> tuple[str, int]:
    """What tells a file from others whatever it is called, and its size; rewinds."""
    size = stream.seek(0, 2)
    stream.seek(0)
    head = stream.read(_HEAD)
    stream.seek(0)
    return f"{hashlib.sha256(head).hexdigest()}-{size}", size


def _batches(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while batch := list(islice(items, size)):
        yield batch
