"""A person talks to Paperboy in a private chat, and it answers as they would expect."""

import pytest

from playground.client import Person
from tests.bot.conftest import House


async def test_start_says_what_paperboy_does_and_asks_for_keywords(
    house: House, ada: Person
) -> None:
    welcome = await house.ask(ada, "/start")
    assert "reads arXiv's announcements every day" in welcome.text
    assert "What do you work on?" in welcome.text
    assert welcome.entities("code") == ['object detection, "point cloud", lidar']


async def test_the_first_words_of_a_newcomer_become_keywords(house: House, ada: Person) -> None:
    await house.ask(ada, "/start")
    added = await house.ask(ada, 'lidar, "point cloud"')
    assert added.entities("code") == ["lidar", '"point cloud"']
    listed = await house.ask(ada, "/list")
    assert listed.text == 'Your keywords:\n1. lidar\n2. "point cloud"'
    assert "for your 2 keywords" in (await house.ask(ada, "/start")).text


async def test_later_words_are_not_taken_for_keywords(house: House, ada: Person) -> None:
    await house.ask(ada, "/add lidar")
    answer = await house.ask(ada, "thanks!")
    assert answer.entities("code") == ["/add thanks!"]
    assert (await house.ask(ada, "/list")).text == "Your keywords:\n1. lidar"


async def test_add_tells_each_keyword_and_what_the_newest_day_has(
    house: House, ada: Person
) -> None:
    await house.ingest()
    answer = await house.ask(ada, "/add gan, GANs, foo:bar\nlidar")
    assert answer.text.splitlines()[:2] == ["Added: gan", "You have that already: GANs"]
    assert "foo:bar\n^" in answer.entities("pre")[0]
    assert "Added: lidar" in answer.text
    assert "of the newest day's 70 papers are yours: /today" in answer.text


async def test_add_without_words_shows_how(house: House, ada: Person) -> None:
    assert "For example: /add" in (await house.ask(ada, "/add")).text


async def test_what_a_person_types_is_shown_as_typed(house: House, ada: Person) -> None:
    answer = await house.ask(ada, '/add <b>x</b> & "a<b", (')
    assert "<b>x</b>" in answer.text
    assert (await house.ask(ada, "/paper <i>&amp;")).text.startswith("“<i>&amp;” is no arXiv id")


async def test_remove_by_word_number_and_button(house: House, ada: Person) -> None:
    await house.ask(ada, "/add lidar, nerf, slam, gan")
    assert (await house.ask(ada, "/remove LIDAR")).text == "Removed: lidar"
    assert (await house.ask(ada, "/remove 1")).text == "Removed: nerf"
    assert "Not in your /list" in (await house.ask(ada, "/remove nothing")).text
    menu = await house.ask(ada, "/remove")
    assert menu.labels == ["✕ slam", "✕ gan"]
    assert (await ada.press(menu, "✕ slam")).text == "Removed: slam"
    menu = await house.answer(ada.id)
    assert menu.is_edit
    assert menu.labels == ["✕ gan"]
    await ada.press(menu, "✕ gan")
    assert "No keywords are left" in (await house.answer(ada.id)).text
    assert "no keywords yet" in (await house.ask(ada, "/list")).text


async def test_today_shows_the_chats_own_papers_first_and_pages_in_place(
    house: House, ada: Person
) -> None:
    await house.ask(ada, '/add "point cloud"')
    assert "no digest yet" in (await house.ask(ada, "/today")).text
    await house.ingest()
    await house.answer(ada.id)  # the alert
    today = await house.ask(ada, "/today")
    lines = today.text.split("\n\n")
    assert lines[0].startswith("cs.CV · Tue 25 Feb 2020 · 70 papers · ")
    yours = int(lines[0].split(" · ")[-1].split()[0])
    assert yours >= 1
    assert [line.split(". ")[1].startswith("★ ") for line in lines[1:]] == [
        n < yours for n in range(10)
    ]
    assert today.labels == ["‹ 7", "1 of 7", "2 ›"]
    await ada.press(today, "2 ›")
    second = await house.answer(ada.id)
    assert (second.id, second.is_edit) == (today.id, True)
    assert second.text.split("\n\n")[1].startswith("11. ")
    titles = set()
    page = second
    for _ in range(7):
        titles |= set(page.entities("text_link")[1:])
        await ada.press(page, page.labels[2])
        page = await house.answer(ada.id)
    assert len(titles) == 70


@pytest.mark.parametrize(
    "words",
    [
        "/paper 2002.10187",
        "/paper https://arxiv.org/abs/2002.10187v2",
        "2002.10187",
        "have you seen https://arxiv.org/pdf/2002.10187.pdf ?",
        "arXiv:2002.10187",
    ],
)
async def test_a_paper_is_shown_by_id_by_link_and_when_pasted(
    house: House, ada: Person, words: str
) -> None:
    await house.ingest()
    sheet = await house.ask(ada, words)
    assert sheet.text.startswith("3DSSD: Point-based 3D Single Stage Object Detector")
    assert "Announced in cs.CV on Tue 25 Feb 2020" in sheet.text
    assert "Currently, there have been many kinds of" in sheet.entities("expandable_blockquote")[0]


async def test_a_paper_not_in_any_digest_is_said_to_be_elsewhere(house: House, ada: Person) -> None:
    answer = await house.ask(ada, "/paper 1706.03762")
    assert "in none of the digests" in answer.text
    assert answer.entities("text_link") == ["arxiv.org/abs/1706.03762"]
    assert "Which paper?" in (await house.ask(ada, "/paper")).text


async def test_help_and_the_menu_come_from_the_one_table(house: House, ada: Person) -> None:
    menu = await ada.commands()
    answer = await house.ask(ada, "/help")
    assert set(menu) >= {"today", "add", "remove", "list", "paper", "help", "start"}
    for name, summary in menu.items():
        assert f"/{name} – {summary}" in answer.text


async def test_a_command_there_is_not_is_answered(house: House, ada: Person) -> None:
    assert "don't know that command" in (await house.ask(ada, "/dance")).text


@pytest.mark.parametrize(
    "data", ["nonsense", "alert:x", "alert:1:1", "today:2020-13-45:1", "x:" * 9]
)
async def test_a_button_nobody_made_is_answered_politely(
    house: House, ada: Person, data: str
) -> None:
    await house.ask(ada, "/start")
    update = {
        "callback_query": {
            "id": "77",
            "from": {"id": ada.id, "is_bot": False, "first_name": "Ada"},
            "chat_instance": "1",
            "data": data,
            "message": {
                "message_id": 2,
                "date": 1582617600,
                "chat": {"id": ada.id, "type": "private", "first_name": "Ada"},
            },
        }
    }
    await house.client.call("update", update=update)
    assert "no keywords yet" in (await house.ask(ada, "/list")).text
