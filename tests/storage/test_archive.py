"""Contract: papers in bulk are kept once, with the mark of how far the import went."""

from papers.paper import Paper
from storage.account import Mark
from storage.store import Store
from tests.storage.made import NOW, digest, paper


async def kept(store: Store, id_: str) -> Paper:
    found = await store.papers.get(id_)
    assert found
    return found


async def test_papers_and_the_mark_are_kept_together(store: Store) -> None:
    assert await store.archive.mark("file") == Mark()
    assert await store.archive.add("file", [paper(n) for n in range(1200)], Mark(1200, 99)) == 1200
    assert await store.archive.mark("file") == Mark(1200, 99)
    assert await store.archive.add("file", [], Mark(1200, 99, whole=True)) == 0
    assert await store.archive.mark("file") == Mark(1200, 99, whole=True)
    assert await store.archive.mark("other") == Mark()
    assert await kept(store, "2002.01199") == paper(1199)


async def test_a_paper_that_is_known_is_completed_and_not_replaced(store: Store) -> None:
    await store.digests.ingest(digest(paper(1, title="Announced")), [], NOW)
    told = [paper(1, title="Other", authors=("A. Author",)), paper(2, title="First")]
    more = [paper(2, title="Second", categories=("cs.CV",))]
    assert await store.archive.add("file", told + more, Mark(3, 3)) == 1
    known, twice = await kept(store, "2002.00001"), await kept(store, "2002.00002")
    assert (known.title, known.authors) == ("Announced", ("A. Author",))
    assert (twice.title, twice.categories) == ("First", ("cs.CV",))
