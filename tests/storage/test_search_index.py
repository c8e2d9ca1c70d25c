"""The search index stays in step with the papers, whatever comes; and its answers hold together."""

import sqlite3
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from papers.errors import KeywordError
from papers.keyword import parse
from papers.matching import index
from papers.paper import Paper
from storage.account import Mark
from storage.errors import IndexDamaged
from storage.searches import Found, Query
from storage.sqlite import open_store
from storage.store import Store
from tests.papers.generated import sample
from tests.storage.made import DAY, NOW, digest, paper, replaced


async def found(store: Store, words: str, top: int | None = None, first: int = 0) -> Found:
    return await store.search.find(Query(parse(words)), top, first, 300)


async def ids(store: Store, words: str) -> list[str]:
    return [each.id for each in (await found(store, words)).papers]


async def test_a_new_version_is_found_by_its_new_words_alone(store: Store) -> None:
    first = paper(1, title="Splines", abstract="On Bézier curves, U-Net and SAMs.")
    await store.digests.ingest(digest(first, paper(2)), [], NOW)
    assert await ids(store, "spline unet sam =SAMs bez*") == [first.id]
    second = replace(first, title="Lidar", abstract="", authors=("Ada Lovelace",))
    await store.digests.ingest(replaced(second, 2, DAY + timedelta(1)), [], NOW)
    assert await ids(store, "ti:lidar au:lovelace curve") == [first.id]
    assert await ids(store, "spline OR (lidar -unet)") == []
    assert (await store.search.check(whole=True)).sound


async def test_what_another_list_adds_is_found(store: Store) -> None:
    bare = paper(1, abstract="")
    await store.digests.ingest(digest(bare), [], NOW)
    fuller = replace(bare, abstract="Surfels.", categories=("cs.CV",))
    await store.digests.ingest(digest(fuller, category="cs.RO"), [], NOW)
    assert await ids(store, "surfel cat:cs.CV") == [bare.id]


async def test_a_batch_that_fails_leaves_the_index_as_it_was(store: Store) -> None:
    await store.archive.add("k", [paper(1)], Mark())
    with pytest.raises(TypeError):
        await store.archive.add("k", [paper(2), paper(3, authors=3)], Mark())
    assert (await store.search.check(whole=True)) == (1, 1, "")
    await store.archive.add("k", [paper(4), paper(4, comment="again"), paper(1)], Mark())
    assert (await store.search.check(whole=True)) == (2, 2, "")


async def test_papers_come_in_while_the_index_is_damaged_and_it_is_made_anew(
    tmp_path: Path,
) -> None:
    store = await open_store(tmp_path / "x.db")
    await store.archive.add("k", sample()[:300], Mark())
    await store.close()
    connection = sqlite3.connect(tmp_path / "x.db")
    connection.execute("DELETE FROM words_0_data WHERE id > 100")
    connection.commit()
    connection.close()
    store = await open_store(tmp_path / "x.db")
    with pytest.raises(IndexDamaged, match="paperboy index --rebuild"):
        await found(store, "the network")
    assert (await store.search.check(whole=True)).fault == "it is damaged"
    await store.digests.ingest(digest(paper(1)), [], NOW)
    assert await store.papers.get(paper(1).id)
    await store.search.discard()
    while await store.search.catch_up():
        pass
    assert (await store.search.check(whole=True)) == (301, 301, "")
    assert await ids(store, "abstract title")
    await store.close()


async def test_full_tables_are_merged_into_one_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.search_index.SHARD_BITS", 8)
    store = await open_store(tmp_path / "x.db")
    for first in range(0, 640, 40):
        await store.archive.add("k", sample()[first : first + 40], Mark())
    assert (await store.search.check(whole=True)).sound
    await store.close()
    connection = sqlite3.connect(tmp_path / "x.db")
    counted = "SELECT count(DISTINCT segid) FROM words_{}_idx"
    segments = [connection.execute(counted.format(n)).fetchone()[0] for n in range(3)]
    connection.close()
    assert segments[:2] == [1, 1]
    assert segments[2] > 1


async def test_pages_have_no_repeats_and_no_gaps_while_papers_come_in(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.search_index.SHARD_BITS", 8)
    monkeypatch.setattr("storage.search._FINDING", 60)
    monkeypatch.setattr("storage.search._ORDERING", 60)
    await store.archive.add("k", sample()[:1500], Mark())
    known = {each.id for each in sample()[:1500]}
    matched = index(sample()[:1500]).match({1: [parse("learning")]}).of(1)
    seen: list[str] = []
    top: int | None = None
    place = 0
    while True:
        page = await store.search.find(Query(parse("learning")), top, place, 37)
        seen += [each.id for each in page.papers]
        top, place = page.top, place + 37
        late = sample()[1500 + len(seen) % 400 : 1510 + len(seen) % 400]
        await store.archive.add("k", late, Mark())
        if place >= page.total:
            top, place = page.older, 0
            if top is None:
                break
    assert len(seen) == len(set(seen))
    assert set(seen) == {match.paper.id for match in matched} <= known


@pytest.mark.parametrize("words", ["diffusion", "vision language", '"neural network" OR au:li'])
async def test_the_best_come_first_in_the_order_that_digests_have(store: Store, words: str) -> None:
    keyword = parse(words)
    newest_first = sample()[:900][::-1]
    await store.archive.add("k", newest_first[::-1], Mark())
    ordered = [m.paper.id for m in index(newest_first).match({1: [keyword]}).of(1)]
    assert len(ordered) > 10
    assert await ids(store, words) == ordered


async def test_an_answer_says_which_words_no_paper_has(store: Store) -> None:
    await store.archive.add("k", [paper(1)], Mark())
    assert (await found(store, "title zymurgy -xyzzyx ti:xyzzyx")).unknown == [
        "zymurgy",
        "ti:xyzzyx",
    ]
    assert (await found(store, "title -abstract")).unknown == []


async def test_days_and_category_narrow(store: Store) -> None:
    for n in range(1, 7):
        day, categories = DAY + timedelta(n), (("cs.CV", "cs.LG")[n % 2],)
        await store.digests.ingest(digest(paper(n, categories=categories), day=day), [], NOW)
    await store.archive.add("k", [paper(7)], Mark())
    since = Query(parse("title"), since=DAY + timedelta(4))
    assert await _ids(store, since) == [6, 5, 4]
    assert await _ids(store, replace(since, category="CS.cv")) == [6, 4]
    assert await _ids(store, Query(parse("title"), "cs.*")) == [6, 5, 4, 3, 2, 1]
    assert await _ids(store, Query(parse("title"))) == [7, 6, 5, 4, 3, 2, 1]


async def _ids(store: Store, query: Query) -> list[int]:
    return [int(each.id[-5:]) for each in (await store.search.find(query)).papers]


async def test_a_preview_counts_what_each_day_would_have_brought(store: Store) -> None:
    days = [DAY + timedelta(n) for n in range(40)]
    papers = sample()[:400]
    for n, day in enumerate(days):
        told = papers[10 * n : 10 * n + 10]
        await store.digests.ingest(digest(*told, day=day), [], NOW)
        await store.digests.ingest(digest(*told[:3], day=day, category="cs.LG"), [], NOW)
    keyword = parse("language model")
    preview = await store.search.preview(keyword)
    assert list(preview.days) == [
        (days[n], _count(papers[10 * n : 10 * n + 10], "language model")) for n in range(39, 9, -1)
    ]
    assert preview.phrase == _count(papers[100:], '"language model"')
    assert preview.total == sum(count for _, count in preview.days) > 5
    assert [each.id for each in preview.newest] == [
        each.id for each in papers[::-1] if _count([each], "language model")
    ][:5]
    assert (await store.search.preview(parse("lidar"))).phrase is None


def _count(papers: Sequence[Paper], words: str) -> int:
    return index(papers).find(parse(words).tree).bit_count()


async def test_a_preview_without_days_is_empty(store: Store) -> None:
    await store.archive.add("k", [paper(1)], Mark())
    assert (await store.search.preview(parse("title"))) == ([], [], None, False)


HOSTILE = [
    " ".join(["the"] * 32),
    " OR ".join(["the"] * 32),
    " OR ".join(f"{a}{b}*" for a in ("pro", "con", "int", "com") for b in ("", "a", "e", "o", "s")),
    " ".join("in of and the to for with that on is are this we by as from be an can".split()),
    '"' + " ".join("of the in a and to of the in a and to of the in a and to".split()) + '"',
    "x -(the OR of OR and) OR the -(a OR in OR to)",
    "a-b-c-d-e-f-g-h/a-b-c-d-e-f-g-h",
    '"u-net few-shot multi-scale end-to-end state-of-the-art zero-shot real-time"',
    'au:"a b c d e f g h i j k l m n o p"',
    " ".join(f"au:{letter}" for letter in "abcdefghijklmnop"),
    '"a b" -("c d" -("e f" -("g h" -("i j" -("k l" -("m n" -("the of" -("in a"))))))))',
]


@pytest.mark.parametrize("words", HOSTILE)
async def test_no_query_takes_long(store: Store, words: str) -> None:
    await store.archive.add("k", sample(), Mark())
    began = time.process_time()
    await found(store, words)
    assert time.process_time() - began < 0.5


NASTY = (
    '" \' * ( ) : ^ - + , ; NEAR AND OR NOT {title} @ ~ = "" """ \0 \ud800 C++ a:b 3.5 é <b> % _'
)
BROKEN = [a + b + c for a in ("", "gan ", '"') for b in NASTY.split(" ") for c in ("", " gan", "*")]


async def test_what_people_type_is_found_refused_or_not_found_and_nothing_else(
    store: Store,
) -> None:
    await store.archive.add("k", sample()[:50], Mark())
    searched = 0
    for words in BROKEN:
        try:
            keyword = parse(words)
        except KeywordError:
            continue
        searched += 1
        day = index(sample()[:50])
        assert (await store.search.find(Query(keyword))).total == day.find(
            keyword.tree
        ).bit_count(), words
    assert 30 < searched < len(BROKEN)


async def test_time_that_runs_out_is_told(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    await store.archive.add("k", sample()[:600], Mark())
    monkeypatch.setattr("storage.search._FINDING", 0)
    monkeypatch.setattr("storage.candidates._STEPS", 10)
    answer = await found(store, "the")
    assert answer.hurried
