"""From a digest to alerts: match what is new in it against every profile, and write it all down."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from papers.digest import Digest
from papers.keyword import Keyword
from papers.matching import index
from papers.paper import Paper
from storage.store import Find, Store

log = logging.getLogger(__name__)


class Report(NamedTuple):
    """What became of a digest: papers in it, of those new, entries not read, alerts written."""

    category: str
    date: str
    papers: int
    new: int
    skipped: int
    alerts: int

    def __str__(self) -> str:
        skipped = f", {self.skipped} not read" if self.skipped else ""
        return (
            f"{self.category} {self.date}: {self.papers} papers, {self.new} new{skipped}, "
            f"alerts for {self.alerts} chats"
        )


async def ingest(store: Store, digest: Digest, clock: Callable[[], datetime]) -> Report:
    """Ingest one digest. Ingesting it again changes nothing: `new` is then 0.

    Matching goes on outside the transaction, on the profiles as they are at that moment; only
    recording and writing the alerts is inside.
    """
    for problem in digest.problems:
        log.warning("%s line %d: %s", digest.category, problem.line, problem.reason)
    new = await store.digests.unrecorded(digest)
    papers = [_in_category(digest.papers[place], digest.category) for place in new]
    profiles = await store.subscribers.profiles() if new else {}
    found = await asyncio.to_thread(finds, papers, profiles)
    placed = [find._replace(paper=new[find.paper]) for find in found]
    ingested = await store.digests.ingest(digest, placed, clock())
    return Report(
        digest.category,
        digest.day.isoformat(),
        len(digest.announcements),
        ingested.new,
        len(digest.problems),
        ingested.alerts,
    )


def finds(papers: Sequence[Paper], profiles: Mapping[int, Sequence[Keyword]]) -> list[Find]:
    """Which papers (by position) go to which chats, in which order and why."""
    if not papers or not profiles:
        return []
    places = {paper.id: place for place, paper in enumerate(papers)}
    matches = index(papers).match(profiles)
    return [
        Find(
            chat,
            places[match.paper.id],
            rank,
            tuple(dict.fromkeys(str(hit.keyword) for hit in match.hits)),
        )
        for chat in matches
        for rank, match in enumerate(matches.of(chat))
    ]


def _in_category(paper: Paper, category: str) -> Paper:
    """A paper of a source that tells no categories belongs at least to the digest's own."""
    return paper if paper.categories else replace(paper, categories=(category,))
