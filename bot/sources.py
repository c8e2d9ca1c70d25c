"""Digests in Markdown, from files and pages; and what arXiv's query API adds to papers whose
digests tell no authors."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from bot.arxiv import Arxiv
from bot.fetch import Fetcher
from bot.files import read_digest
from bot.ingest import ingest
from bot.sandbox import Sandbox
from papers import identifier, markdown
from papers.calendar import EASTERN
from papers.digest import Announcement, Digest
from papers.errors import PaperboyError
from storage.store import Store

log = logging.getLogger(__name__)

_HOUR = timedelta(hours=1)
_YOUNG = timedelta(days=7)  # papers without authors are asked for on so many nights


@dataclass
class Folder:
    """A folder of Markdown digests that is watched: files that are new or changed are ingested."""

    path: Path
    _seen: dict[Path, tuple[int, int]] = field(default_factory=dict)

    async def round(self, store: Store, clock: Callable[[], datetime]) -> None:
        """Ingest what is new. A file that is no digest is told once, until it changes."""
        for file in sorted(self.path.rglob("*.md")):
            status = file.stat()
            state = (status.st_mtime_ns, status.st_size)
            if self._seen.get(file) == state:
                continue
            try:
                await ingest(store, read_digest(file), clock, file.name)
            except PaperboyError as error:
                log.warning("%s", error)
            self._seen[file] = state


@dataclass
class Pages:
    """Markdown digests at web addresses, in which `{day}` stands for today's date."""

    urls: Sequence[str]
    fetcher: Fetcher
    sandbox: Sandbox
    _etags: dict[str, str] = field(default_factory=dict)
    _next: datetime | None = None

    async def round(self, store: Store, clock: Callable[[], datetime]) -> None:
        """Look once an hour at each page, and ingest those that have changed."""
        now = clock()
        if self._next and now < self._next:
            return
        self._next = now + _HOUR
        for url in self.urls:
            address = url.replace("{day}", now.astimezone(EASTERN).date().isoformat())
            try:
                answer = await self.fetcher.get(address, etag=self._etags.get(address, ""))
                if answer.changed:
                    digest = await self.sandbox.run(markdown.parse, answer.body)
                    await ingest(store, digest, clock, address)
                    self._etags = {**self._etags, address: answer.etag}
            except PaperboyError as error:
                log.warning("%s", error)


async def complete(store: Store, arxiv: Arxiv, clock: Callable[[], datetime]) -> None:
    """Ask arXiv for the authors and categories of papers whose digests tell none. They are matched
    by them from then on, and once for the day that announced them."""
    for category, day in await store.digests.incomplete(clock() - _YOUNG):
        digest = await store.digests.get(category, day)
        try:
            whole = await _completed(arxiv, digest) if digest else None
        except PaperboyError as error:
            log.warning("%s of %s: %s", category, day, error)
            continue
        if whole and whole.announcements:
            await ingest(store, whole, clock, arxiv.sites.queries)


async def _completed(arxiv: Arxiv, digest: Digest) -> Digest:
    lacking = {
        told.paper.id: told
        for told in digest.announcements
        if not told.paper.authors and identifier.parse(told.paper.id)
    }
    found = await arxiv.papers(list(lacking))
    announced: list[Announcement] = [
        replace(lacking[paper.id], paper=paper) for paper in found if paper.id in lacking
    ]
    return replace(digest, announcements=tuple(announced), problems=(), source="query", heading="")
