"""/categories, /time, /pause, /resume and /status, as people use them."""

from datetime import UTC, datetime, timedelta

from bot.ingest import ingest
from papers.calendar import EASTERN
from papers.digest import Announcement, AnnounceType, Digest
from papers.paper import Paper
from playground.client import Person
from storage.store import AlertState
from tests.bot.conftest import House, clock

TODAY = datetime.now(UTC).astimezone(EASTERN).date()


def listed(category: str, *numbers: int, type_: AnnounceType = AnnounceType.NEW) -> Digest:
    """A list of today: papers on lidar, by number."""
    papers = (Paper(f"2604.{n:05}", f"Lidar {n}", categories=("cs.RO",)) for n in numbers)
    announced = (Announcement(n, paper, type_) for n, paper in enumerate(papers, 1))
    return Digest(category, TODAY, tuple(announced), source="atom")


async def test_only_followed_categories_bring_papers(house: House, ada: Person) -> None:
    await house.ask(ada, "/add lidar")
    told = await house.ask(ada, "/categories math.IT, cs.CV")
    assert told.entities("code")[:2] == ["cs.IT", "cs.CV"]
    assert "Computer Vision and Pattern Recognition" in told.text
    assert (await ingest(house.store, listed("cs.RO", 1), clock)).alerts == 0
    assert (await ingest(house.store, listed("cs.CV", 2), clock)).alerts == 1
    assert "Lidar 2" in (await house.answer(ada.id)).text


async def test_a_paper_comes_once_and_a_cross_list_only_to_who_wants_it(
    house: House, ada: Person
) -> None:
    await house.ask(ada, "/add lidar")
    await house.ask(ada, "/categories cs")
    await ingest(house.store, listed("cs.RO", 1), clock)
    await house.answer(ada.id)
    crossed = listed("cs.CV", 1, 2, type_=AnnounceType.CROSS)
    await ingest(house.store, crossed, clock)
    assert "· 2 papers · 1 yours" in (await house.answer(ada.id)).text
    assert "Cross-lists not" in (await house.ask(ada, "/categories cross off")).text
    late = listed("cs.LG", 1, 2, 3, type_=AnnounceType.CROSS)
    assert (await ingest(house.store, late, clock)).alerts == 0
    replaced = listed("cs.AI", 4, type_=AnnounceType.REPLACE)
    assert (await ingest(house.store, replaced, clock)).alerts == 0


async def test_a_typo_in_a_category_gets_a_suggestion_to_tap(house: House, ada: Person) -> None:
    answer = await house.ask(ada, "/categories stat.MM")
    assert "Did you mean stat.M" in answer.text
    assert answer.entities("code")[0].startswith("/categories +stat.M")


async def test_what_matches_during_a_pause_comes_in_one_message(house: House, ada: Person) -> None:
    await house.ask(ada, "/add lidar")
    await house.ask(ada, "/pause")
    for day in range(3):
        digest = listed("cs.RO", day)
        before = Digest("cs.RO", TODAY - timedelta(days=day), digest.announcements, source="atom")
        await ingest(house.store, before, clock)
    assert len(await house.store.alerts.listed(AlertState.PENDING)) == 1
    assert "I pause" in (await house.ask(ada, "/time")).text
    await house.ask(ada, "/resume")
    alert = await house.answer(ada.id)
    assert [f"Lidar {n}" in alert.text for n in range(3)] == [True] * 3
    assert "3 papers · 3 yours" in alert.text
    assert len(await house.store.alerts.listed()) == 1


async def test_an_hour_keeps_messages_until_it_comes(house: House, ada: Person) -> None:
    await house.ask(ada, "/add lidar")
    soon = datetime.now(UTC) + timedelta(hours=2)
    told = await house.ask(ada, f"/time {soon:%H:%M} utc")
    assert f"at {soon:%H:%M} (UTC) every day" in told.text
    await ingest(house.store, listed("cs.RO", 1), clock)
    (alert,) = await house.store.alerts.listed()
    assert alert.due == soon.replace(second=0, microsecond=0)
    await house.ask(ada, "/time on arrival")
    assert "Lidar 1" in (await house.answer(ada.id)).text


async def test_the_hour_can_be_chosen_with_a_button(house: House, ada: Person) -> None:
    shown = await house.ask(ada, "/time")
    assert "as soon as arXiv" in shown.text
    await ada.press(shown, "08:00")
    assert "at 08:00 (UTC) every day" in (await house.answer(ada.id)).text
    told = await house.ask(ada, "/time Berlin weekdays")
    assert "at 08:00 (Europe/Berlin) from Monday to Friday" in told.text
    assert "Did you mean Berlin?" in (await house.ask(ada, "/time 8 Berln")).text


async def test_status_tells_the_last_day_and_the_next_in_the_chats_own_zone(
    house: House, ada: Person
) -> None:
    assert "no list yet" in (await house.ask(ada, "/status")).text
    await ingest(house.store, listed("cs.RO", 1, 2), clock)
    await ingest(house.store, listed("cs.CV", 1, type_=AnnounceType.CROSS), clock)
    await house.ask(ada, "/time Tokyo")
    await house.ask(ada, "/categories cs.RO")
    told = (await house.ask(ada, "/status")).text
    assert f"cs.RO: {TODAY:%a} {TODAY.day} {TODAY:%b %Y}, 2 papers · next " in told
    assert "from 13:00" in told or "from 14:00" in told
    assert "cs.CV" not in told


async def test_today_shows_what_the_chat_follows(house: House, ada: Person) -> None:
    await house.ask(ada, "/add lidar")
    await house.ask(ada, "/categories cs.CV")
    await ingest(house.store, listed("cs.RO", 1, 2), clock)
    assert "no digest yet" in (await house.ask(ada, "/today")).text
    await ingest(house.store, listed("cs.CV", 3), clock)
    await house.answer(ada.id)
    today = await house.ask(ada, "/today")
    assert today.text.startswith("cs.CV · ")
    assert "· 1 paper · 1 yours" in today.text
    assert "Lidar 1" not in today.text
