"""Looking for papers from the command line: what to open, whom to ask, and how it is written."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from bot.files import read_digest
from papers import identifier, matching
from papers.errors import PaperboyError
from papers.keyword import Keyword
from papers.matching import Hit, Match
from papers.paper import Paper
from papers.text import clean
from storage.searches import AT_MOST, IndexState, Query
from storage.sqlite import open_store
from storage.store import Store

DATABASE = Path("paperboy.db")


class NoSuchPaper(PaperboyError):
    """A paper that is in none of the lists that were read."""


async def match(keywords: Sequence[Keyword], digest: Path | None, db: Path | None) -> list[Match]:
    """The papers of a digest, or of the newest day of a database, that match; best first."""
    papers = read_digest(digest).papers if digest else await _newest(db or DATABASE)
    return matching.index(papers).match({0: keywords}).of(0)


class Answer(NamedTuple):
    """Papers found, whether there are more, and what is wrong with the index, if anything is."""

    matches: Sequence[Match]
    more: bool
    fault: str


async def search(db: Path, query: Query, limit: int) -> Answer:
    """The first `limit` papers of the archive that match."""
    papers: list[Paper] = []
    top: int | None = None
    async with _opened(db) as store:
        fault = (await store.search.check()).fault
        while True:
            found = await store.search.find(query, top, 0, min(limit - len(papers), AT_MOST))
            papers += found.papers
            more = len(found.papers) < found.total or found.older is not None
            top = found.older
            if top is None or len(papers) == limit or not found.papers:
                break
    day = matching.index(papers)
    matches = [Match(p, day.hits(query.keyword, n)) for n, p in enumerate(papers)]
    return Answer(matches, more, fault)


async def explain(
    keyword: Keyword, written: str, digest: Path | None, db: Path | None
) -> dict[str, Any]:
    """Whether and where a keyword matches a paper, or why it doesn't. Raises NoSuchPaper."""
    named = identifier.parse(written)
    id_ = named.id if named else written
    if digest:
        found = next((each for each in read_digest(digest).papers if each.id == id_), None)
    else:
        async with _opened(db or DATABASE) as store:
            found = await store.papers.get(id_)
    if found is None:
        raise NoSuchPaper(f"{written} is not in {digest or db or DATABASE}")
    told = matching.explain(keyword, found)
    facts_of = facts(Match(found, told.hits))
    hits = facts_of.pop("hits")
    return {**facts_of, "matched": told.matched, "reason": told.reason, "hits": hits}


async def index(db: Path, rebuild: bool, tell: Callable[[int, int], None]) -> IndexState:
    """How the whole index stands, after making it anew if that is asked for."""
    async with _opened(db) as store:
        if rebuild:
            await store.search.discard()
            papers = lacking = (await store.search.check()).papers
            while lacking:
                lacking = await store.search.catch_up()
                tell(papers - lacking, papers)
        return await store.search.check(whole=True)


def facts(found: Match) -> dict[str, Any]:
    """A match as JSON tells it."""
    hits = [_hit(hit, found.paper) for hit in found.hits]
    return {"id": found.paper.id, "title": clean(found.paper.title), "hits": hits}


def line(found: Match) -> str:
    """A match as a person reads it."""
    return f"{found.paper.id}  {clean(found.paper.title)}"


def explained(told: dict[str, Any]) -> str:
    """An explanation as a person reads it."""
    title = f"{told['id']}  {told['title']}"
    if not told["matched"]:
        return f"{title}\ndoes not match: {told['reason']}"
    hits = (f"  in {hit['field']}: {', '.join(hit['words'])}" for hit in told["hits"])
    return "\n".join([title, "matches", *hits])


def _hit(hit: Hit, paper: Paper) -> dict[str, Any]:
    text = matching.displayed(paper, hit.field)
    words = [text[begin:end] for begin, end in hit.spans]
    return {"keyword": str(hit.keyword), "field": hit.field, "spans": hit.spans, "words": words}


async def _newest(db: Path) -> Sequence[Paper]:
    async with _opened(db) as store:
        digests = await store.digests.newest()
        return await store.digests.papers(digests[0].day) if digests else []


@asynccontextmanager
async def _opened(db: Path) -> AsyncIterator[Store]:
    if not await asyncio.to_thread(db.exists):
        raise PaperboyError(f"{db} is not there; name a database with --db, or a digest")
    store = await open_store(db)
    try:
        yield store
    finally:
        await store.close()
