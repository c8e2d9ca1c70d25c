"""Papers, digests and chats for the tests of storage."""

from datetime import UTC, date, datetime, timedelta

from papers.digest import Announcement, AnnounceType, Digest
from papers.paper import Paper
from storage.store import Chat, Find

DAY = date(2020, 2, 25)
NOW = datetime(2020, 2, 25, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=2)
ADA = Chat(101, "private", "Ada")
LAB = Chat(-5, "group", "The lab")


def paper(number: int, **more: object) -> Paper:
    fields: dict[str, object] = {"title": f"Title {number}", "abstract": f"Abstract {number}."}
    return Paper(f"2002.{number:05}", **(fields | more))  # type: ignore[arg-type]


def digest(*papers: Paper, category: str = "cs.CV", day: date = DAY, **more: object) -> Digest:
    announced = tuple(
        Announcement(place, paper, **more)  # type: ignore[arg-type]
        for place, paper in enumerate(papers, start=1)
    )
    return Digest(category, day, announced)


def replaced(paper: Paper, version: int, day: date) -> Digest:
    announced = Announcement(1, paper, AnnounceType.REPLACE, version)
    return Digest("cs.CV", day, (announced,))


def finds(chat: Chat, *places: int) -> list[Find]:
    return [Find(chat.id, place, rank, ("lidar",)) for rank, place in enumerate(places)]
