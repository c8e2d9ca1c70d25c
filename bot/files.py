"""Digests in files: reading folders of them in, writing a stored day out."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from bot.ingest import Report, ingest
from papers import markdown
from papers.digest import Digest
from papers.errors import DigestError, PaperboyError
from storage.sqlite import open_store


class NoSuchDigest(PaperboyError):
    """A day that was never ingested for a category."""


def read_digest(path: Path) -> Digest:
    """The digest in the file at `path`. Raises DigestError, naming the file."""
    try:
        return markdown.parse(path.read_bytes())
    except (DigestError, OSError) as error:
        raise DigestError(f"{path}: {error}") from error


def digests_in(paths: Iterable[Path]) -> Iterator[Digest | DigestError]:
    """The digests in the files named, and in the Markdown files of the folders named, by name.

    A file that is no digest yields its DigestError, so that it doesn't stop the others.
    """
    for path in paths:
        for file in sorted(path.rglob("*.md")) if path.is_dir() else [path]:
            try:
                yield read_digest(file)
            except DigestError as error:
                yield error


async def ingest_all(db: Path, digests: Iterable[Digest]) -> list[Report]:
    """Ingest `digests` into the database at `db`, in order."""
    store = await open_store(db)
    try:
        return [await ingest(store, digest, lambda: datetime.now(UTC)) for digest in digests]
    finally:
        await store.close()


async def stored_digest(db: Path, category: str, day: date) -> str:
    """A stored day of a category, as Markdown. Raises NoSuchDigest when there is none."""
    store = await open_store(db)
    try:
        digest = await store.digests.get(category, day)
    finally:
        await store.close()
    if digest is None:
        raise NoSuchDigest(f"no digest of {category} on {day} has been ingested into {db}")
    return markdown.render(digest)
