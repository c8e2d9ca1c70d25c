"""From a digest to alerts: match what is new in it against every profile, and write it all down."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from papers.digest import AnnounceType, Digest
from papers.fanout import Batch
from papers.following import follows
from papers.keyword import Keyword
from papers.matching import index
from papers.paper import Paper
from storage.account import Terms
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


async def ingest(
    store: Store, digest: Digest, clock: Callable[[], datetime], origin: str = ""
) -> Report:
    """Ingest one digest, found at `origin`. Ingesting it again changes nothing: `new` is then 0.

    Matching goes on outside the transaction, on the profiles as they are at that moment; only
    recording, and writing the alerts, is inside.
    """
    for problem in digest.problems:
        log.warning("%s line %d: %s", digest.category, problem.line, problem.reason)
    digest = _categorised(digest)
    new = await store.digests.unrecorded(digest)
    found = await _found(store, digest, new)
    ingested = await store.digests.ingest(digest, found, clock(), origin)
    return Report(
        digest.category,
        digest.day.isoformat(),
        len(digest.announcements),
        ingested.new,
        len(digest.problems),
        ingested.alerts,
    )


async def _found(store: Store, digest: Digest, new: Sequence[int]) -> Iterable[Find]:
    """What of the announcements at the places `new` goes to whom: replacements to nobody, the rest
    to those who follow the category, cross-lists to those of them who want any."""
    announced = digest.announcements
    places = [n for n in new if announced[n].type in (AnnounceType.NEW, AnnounceType.CROSS)]
    if not places:
        return ()
    terms = await store.terms.all()
    profiles = await store.subscribers.profiles()
    return await asyncio.to_thread(_matched, digest, places, terms, profiles)


def _matched(
    digest: Digest,
    places: Sequence[int],
    terms: Mapping[int, Terms],
    profiles: Mapping[int, Sequence[Keyword]],
) -> Iterator[Find]:
    followed = {
        names: follows(names, digest.category) for names in {t.categories for t in terms.values()}
    }
    wanted = {
        chat: keywords
        for chat, keywords in profiles.items()
        if chat in terms and followed[terms[chat].categories]
    }
    announced = [digest.announcements[place] for place in places]
    crossed = [told.type is AnnounceType.CROSS for told in announced]
    return (
        find._replace(paper=places[find.paper])
        for find in finds([told.paper for told in announced], wanted)
        if terms[find.chat].crosses or not crossed[find.paper]
    )


def finds(papers: Sequence[Paper], profiles: Mapping[int, Sequence[Keyword]]) -> Iterator[Find]:
    """Which papers (by position) go to which chats, in which order and why.

    They are made as they are asked for, because there may be millions.
    """
    if not papers or not profiles:
        return iter(())
    matches = index(papers).match(profiles)
    words = [str(keyword) for keyword in matches.keywords]
    return (find for batch in matches.batches() for find in _finds(batch, words))


def _finds(batch: Batch, words: Sequence[str]) -> Iterator[Find]:
    starts, numbers = batch.starts.tolist(), batch.keywords.tolist()
    ranked = zip(batch.profiles.tolist(), batch.papers.tolist(), batch.ranks.tolist(), strict=True)
    for n, (chat, paper, rank) in enumerate(ranked):
        why = tuple(words[number] for number in numbers[starts[n] : starts[n + 1]])
        yield Find(chat, paper, rank, why)


def _categorised(digest: Digest) -> Digest:
    """Papers of a source that tells no categories belong at least to the digest's own."""
    own = (digest.category,)
    announced = (
        told if told.paper.categories else replace(told, paper=replace(told.paper, categories=own))
        for told in digest.announcements
    )
    return replace(digest, announcements=tuple(announced))
