"""Contract: digests are recorded once, written back as received, and cause each alert once."""

from datetime import date, timedelta

from papers import markdown
from papers.digest import AnnounceType
from storage.store import AlertState, Ingested, Store, Told
from tests.data import DIGEST
from tests.storage.made import ADA, DAY, LAB, LATER, NOW, digest, finds, paper, replaced

NEXT = DAY + timedelta(days=1)


async def test_the_given_digest_comes_back_byte_for_byte(store: Store) -> None:
    received = markdown.parse(DIGEST.read_bytes())
    assert (await store.digests.ingest(received, [], NOW)).new == 70
    kept = await store.digests.get("cs.CV", DAY)
    assert kept is not None
    assert markdown.render(kept).encode() == DIGEST.read_bytes()


async def test_ingesting_again_changes_nothing_and_says_so(store: Store) -> None:
    await store.subscribers.welcome(ADA, NOW)
    told = digest(paper(1), paper(2))
    assert list(await store.digests.unrecorded(told)) == [0, 1]
    assert await store.digests.ingest(told, finds(ADA, 0), NOW) == Ingested(2, 1)
    assert list(await store.digests.unrecorded(told)) == []
    assert await store.digests.ingest(told, finds(ADA, 0, 1), NOW) == Ingested(0, 0)
    assert len(await store.alerts.listed()) == 1


async def test_entries_that_come_later_are_added(store: Store) -> None:
    await store.digests.ingest(digest(paper(1)), [], NOW)
    assert (await store.digests.ingest(digest(paper(1), paper(2)), [], NOW)).new == 1
    kept = await store.digests.get("cs.CV", DAY)
    assert kept is not None
    assert [p.id for p in kept.papers] == ["2002.00001", "2002.00002"]


async def test_a_day_or_category_never_ingested_is_none(store: Store) -> None:
    assert await store.digests.get("cs.CV", DAY) is None
    assert list(await store.digests.newest()) == []


async def test_the_newest_day_has_all_its_categories_and_each_paper_once(store: Store) -> None:
    await store.digests.ingest(digest(paper(9), day=DAY - timedelta(days=1)), [], NOW)
    await store.digests.ingest(digest(paper(1), paper(2), category="cs.LG"), [], NOW)
    await store.digests.ingest(digest(paper(2), paper(3)), [], NOW)
    infos = await store.digests.newest()
    assert [(info.category, info.day, info.papers) for info in infos] == [
        ("cs.CV", DAY, 2),
        ("cs.LG", DAY, 2),
    ]
    assert await store.digests.of_day(DAY) == infos
    ids = [p.id for p in await store.digests.papers(DAY)]
    assert ids == ["2002.00001", "2002.00002", "2002.00003"]


async def test_a_day_can_be_asked_for_within_some_categories(store: Store) -> None:
    await store.digests.ingest(digest(paper(9), day=DAY - timedelta(days=1)), [], NOW)
    await store.digests.ingest(digest(paper(1), category="cs.LG"), [], NOW)
    await store.digests.ingest(digest(paper(2), category="cs.RO"), [], NOW)
    assert [info.category for info in await store.digests.newest(["cs.LG", "cs.CV"])] == ["cs.LG"]
    assert [info.papers for info in await store.digests.newest(["cs.CV"])] == [1]
    assert list(await store.digests.of_day(DAY, ["cs.CV"])) == []
    assert [p.id for p in await store.digests.papers(DAY, ["cs.RO"])] == ["2002.00002"]


async def test_a_paper_reaches_a_chat_once_through_whichever_categories(store: Store) -> None:
    await store.subscribers.welcome(ADA, NOW)
    await store.digests.ingest(digest(paper(1)), finds(ADA, 0), NOW)
    crossed = digest(paper(1), paper(2), category="cs.LG", type=AnnounceType.CROSS)
    assert await store.digests.ingest(crossed, finds(ADA, 0, 1), NOW) == Ingested(2, 1)
    (alert,) = await store.alerts.listed()
    content = (await store.alerts.contents([alert.number])).get(alert.number)
    assert content is not None
    assert [item.paper.id for item in content.items] == ["2002.00001", "2002.00002"]
    assert [info.category for info in content.digests] == ["cs.CV", "cs.LG"]


async def test_what_comes_after_an_alert_was_begun_makes_another(store: Store) -> None:
    await store.subscribers.welcome(ADA, NOW)
    await store.digests.ingest(digest(paper(1)), finds(ADA, 0), NOW)
    (first,) = await store.alerts.lease(NOW, LATER, 10)
    await store.digests.ingest(digest(paper(2), category="cs.LG"), finds(ADA, 0), NOW)
    assert len(await store.alerts.listed(AlertState.PENDING)) == 2
    content = (await store.alerts.contents([first.number])).get(first.number)
    assert content is not None
    assert len(content.items) == 1


async def test_chats_that_are_gone_or_unknown_get_no_alert(store: Store) -> None:
    await store.subscribers.welcome(LAB, NOW)
    await store.subscribers.lose(LAB.id)
    told = digest(paper(1))
    assert await store.digests.ingest(told, finds(LAB, 0) + finds(ADA, 0), NOW) == Ingested(1, 0)


async def test_a_new_version_brings_new_texts_and_leaves_old_days_as_they_were(
    store: Store,
) -> None:
    first, second = paper(1, title="Draft"), paper(1, title="Final", authors=("A. Author",))
    await store.digests.ingest(digest(first), [], NOW)
    await store.digests.ingest(replaced(second, 2, NEXT), [], NOW)
    kept = await store.papers.get(first.id)
    assert kept is not None
    assert (kept.title, kept.authors) == ("Final", ("A. Author",))
    old, new = await store.digests.get("cs.CV", DAY), await store.digests.get("cs.CV", NEXT)
    assert old is not None
    assert new is not None
    assert (old.papers[0].title, new.papers[0].title) == ("Draft", "Final")
    assert list(await store.papers.told(first.id)) == [
        Told("cs.CV", DAY, AnnounceType.NEW),
        Told("cs.CV", NEXT, AnnounceType.REPLACE),
    ]


async def test_an_older_version_that_comes_late_only_fills_gaps(store: Store) -> None:
    late = paper(1, title="Draft", authors=("A. Author",), categories=("cs.CV", "cs.LG"))
    await store.digests.ingest(replaced(paper(1, title="Final", abstract=""), 3, NEXT), [], NOW)
    await store.digests.ingest(digest(late, version=1), [], NOW)
    kept = await store.papers.get(late.id)
    assert kept is not None
    assert (kept.title, kept.abstract, kept.authors) == ("Final", "Abstract 1.", ("A. Author",))
    day = await store.digests.get("cs.CV", NEXT)
    assert day is not None
    assert day.papers[0].abstract == ""
    draft = await store.digests.get("cs.CV", DAY)
    assert draft is not None
    assert draft.papers[0].title == "Draft"


async def test_the_fuller_list_of_categories_is_kept(store: Store) -> None:
    await store.digests.ingest(digest(paper(1, categories=("cs.CV",))), [], NOW)
    fuller = digest(paper(1, categories=("cs.LG", "cs.CV")), category="cs.LG")
    await store.digests.ingest(fuller, [], NOW)
    await store.digests.ingest(digest(paper(1, categories=("cs.CV",)), day=NEXT), [], NOW)
    kept = await store.papers.get(paper(1).id)
    assert kept is not None
    assert kept.categories == ("cs.LG", "cs.CV")


async def test_positions_versions_and_headings_are_kept(store: Store) -> None:
    text = (
        "# ArXiv cs.CV --Tuesday, 25 February 2020\n"
        "### 3.Gap  [ :arrow_down: ](https://arxiv.org/pdf/2002.00003v2.pdf)\n"
    )
    await store.digests.ingest(markdown.parse(text.encode()), [], NOW)
    kept = await store.digests.get("cs.CV", date(2020, 2, 25))
    assert kept is not None
    assert markdown.render(kept) == text
