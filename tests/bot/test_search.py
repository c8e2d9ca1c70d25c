"""A person searches, turns pages, asks why, and sees what a keyword would bring."""

import pytest

from papers.keyword import parse
from playground.client import Person
from storage.account import Mark
from storage.searches import Query
from tests.bot.conftest import House
from tests.papers.generated import sample


async def test_a_category_finds_the_papers_of_its_markdown_digests(
    house: House, ada: Person
) -> None:
    await house.ingest()
    assert "SMOKE" in (await house.ask(ada, "/search cat:cs.CV ti:smoke")).text
    assert "SMOKE" not in (await house.ask(ada, "/search cat:math ti:smoke")).text


async def test_a_search_shows_papers_with_what_matched_in_bold(house: House, ada: Person) -> None:
    await house.ingest()
    answer = await house.ask(ada, "/search network")
    first, *papers = answer.text.split("\n\n")
    assert answer.entities("code") == ["network"]
    assert first.startswith("network · ")
    assert first.endswith(" papers · best first")
    assert len(papers) == 6
    assert all(n == int(paper.split(".")[0]) for n, paper in enumerate(papers, start=1))
    bold = {words.casefold() for words in answer.entities("bold")}
    assert bold
    assert bold <= {"network", "networks"}


async def test_pages_turn_in_place_without_repeats_or_gaps_while_papers_come_in(
    house: House, ada: Person
) -> None:
    papers = sample()
    await house.store.archive.add("k", papers[:1000], Mark())
    found = await house.store.search.find(Query(parse("diffusion")), None, 0, 300)
    answer = await house.ask(ada, "/search diffusion")
    shown: list[str] = []
    for turn in range(-(-found.total // 6)):
        shown += answer.entities("text_link")[::2]
        await house.store.archive.add(
            "k", papers[1000 + 50 * turn : 1050 + 50 * turn], Mark(turn + 1)
        )
        assert answer.labels[1].startswith(f"{turn + 1} of ")
        await ada.press(answer, answer.labels[2])
        answer = await house.answer(ada.id)
        assert answer.is_edit
    assert len(shown) == found.total > 12
    assert len(set(shown)) == found.total
    again = await house.ask(ada, "/search diffusion")
    assert f"· {found.total} papers" not in again.text


async def test_order_and_days_are_changed_by_buttons(house: House, ada: Person) -> None:
    await house.ingest()
    answer = await house.ask(ada, "/search detection")
    assert answer.labels[-2:] == ["Newest first", "Last 30 days"]
    await ada.press(answer, "Newest first")
    newest = await house.answer(ada.id)
    assert "newest first" in newest.text.split("\n\n")[0]
    await ada.press(newest, "Last 30 days")
    month = await house.answer(ada.id)
    assert "No paper matches detection among those announced since" in month.text
    await ada.press(month, "All days")
    assert (await house.answer(ada.id)).text == newest.text


async def test_of_too_many_the_newest_are_ordered_and_older_ones_follow(
    house: House, ada: Person
) -> None:
    await house.store.archive.add("k", sample(), Mark())
    answer = await house.ask(ada, "/search the")
    assert "the newest 300 of more papers" in answer.text
    assert answer.labels[-1] == "The next 300, older ones"
    await ada.press(answer, answer.labels[-1])
    older = await house.answer(ada.id)
    assert not set(older.entities("text_link")[::2]) & set(answer.entities("text_link")[::2])


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("/search", "What for? As in a keyword"),
        ("/search foo:bar", "foo:bar\n^"),
        ("/search lidar (", "lidar (\n      ^"),
        ("/search zymurgy OR xyzzyx", "I know no paper with zymurgy, xyzzyx."),
        ("/search lidar ti:transformer cat:cs.CV", "No paper matches"),
        ("/search <b>lidar</b>", "<b>lidar</b>"),
        ("/search NOT lidar", "add a word to look for"),
        ("/why", "Which paper?"),
        ("/why nonsense", "Which paper?"),
        ("/why 1706.03762", "I don't know 1706.03762"),
        ("/why 2002.10187", "You have no keywords yet"),
        ("/why 2002.10187 foo:bar", "foo:bar\n^"),
        ("/why 2002.10187 lidar", '✗ lidar: no "lidar" in title or abstract'),
    ],
)
async def test_what_is_not_found_or_understood_is_told(
    house: House, ada: Person, words: str, said: str
) -> None:
    await house.ingest()
    assert said in (await house.ask(ada, words)).text


async def test_why_tells_each_keyword_with_its_reason(house: House, ada: Person) -> None:
    await house.ingest()
    await house.ask(ada, '/add lidar, ti:detector, "point cloud" -survey, detector -3dssd')
    answer = await house.ask(ada, "/why https://arxiv.org/abs/2002.10187")
    assert answer.text.splitlines()[0].startswith("3DSSD: Point-based 3D Single Stage")
    assert "✓ ti:detector: title" in answer.text
    assert '✗ lidar: no "lidar" in title or abstract' in answer.text
    assert '✗ detector -3dssd: excluded by "-3dssd" in title and abstract' in answer.text


async def test_adding_a_keyword_shows_what_it_would_have_brought(house: House, ada: Person) -> None:
    await house.ingest()
    answer = await house.ask(ada, "/add neural network")
    preview = await house.store.search.preview(parse("neural network"))
    assert f"neural network: {preview.total} papers on the newest day; {preview.phrase} with" in (
        answer.text
    )
    assert len(answer.entities("text_link")) == 5
    several = await house.ask(ada, "/add lidar, slam")
    assert "lidar: 1 paper on the newest day" in several.text
    assert "slam: " in several.text
    assert not several.entities("text_link")


async def test_a_press_under_an_answer_of_another_kind_is_refused(
    house: House, ada: Person
) -> None:
    answer = await house.ask(ada, "/start")
    for data in ("search:b::0:1", "search:b:2020-13-01:0:1", "search:1", f"search:b::{9**40}:1"):
        update = {
            "callback_query": {
                "id": "77",
                "from": {"id": ada.id, "is_bot": False, "first_name": "Ada"},
                "chat_instance": "1",
                "data": data,
                "message": {
                    "message_id": answer.id,
                    "date": 1582617600,
                    "text": "x",
                    "chat": {"id": ada.id, "type": "private", "first_name": "Ada"},
                },
            }
        }
        await house.client.call("update", update=update)
    assert "no keywords yet" in (await house.ask(ada, "/list")).text
