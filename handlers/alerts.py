"""The alert: one message per chat and day, and the button that turns its pages."""

from collections.abc import Sequence

from handlers.days import heading
from handlers.html import LIMIT, join
from handlers.paging import Page, paged, pager
from handlers.papers import entry
from handlers.request import Request
from papers.errors import KeywordError
from papers.keyword import Keyword, parse
from papers.matching import Match, index
from storage.store import AlertContent, Item

_SIZE = 5  # papers a page; their abstracts share the room
_RESERVE = 8  # UTF-16 units per paper for line breaks, numbers and ellipses


def alert_page(number: int, content: AlertContent, page: int = 1) -> Page:
    """One page of an alert. It always fits into a message: abstracts are cut to share the room."""
    items, place = paged(content.items, _SIZE, page)
    matches = _matches(items)
    top = heading(content.digests, len(content.items))
    bare = [
        entry(item.paper, match, item.keywords, 0)
        for item, match in zip(items, matches, strict=True)
    ]
    room = LIMIT - top.units - sum(piece.units + _RESERVE for piece in bare)
    entries = []
    for left, (item, match) in zip(
        range(len(items), 0, -1), zip(items, matches, strict=True), strict=True
    ):
        entries.append(entry(item.paper, match, item.keywords, room // left))
        room -= entries[-1].units - bare[-left].units
    numbered = (f"{n}. " + piece for n, piece in enumerate(entries, start=place.first))
    return Page(join("\n\n", [top, *numbered]), pager(f"alert:{number}", place))


async def turned(request: Request) -> None:
    """A press on an alert's pager: `number:page`."""
    number, page = (int(part) for part in request.text.split(":"))
    alert = await request.desk.store.alerts.get(number)
    content = await request.desk.store.alerts.content(number)
    if alert is None or content is None or alert.chat.id != request.chat.id:
        await request.toast("This alert is not here any more.")
        return
    await request.edit(*alert_page(number, content, page))
    await request.toast()


def _matches(items: Sequence[Item]) -> list[Match | None]:
    """What each item's keywords hit in it, for the words to be shown in bold."""
    profiles = {n: _parsed(item.keywords) for n, item in enumerate(items)}
    matches = index([item.paper for item in items]).match(profiles)
    found = []
    for n, item in enumerate(items):
        own = (match for match in matches.of(n) if match.paper.id == item.paper.id)
        found.append(next(own, None))
    return found


def _parsed(keywords: Sequence[str]) -> list[Keyword]:
    """The keywords that the language (still) reads; they only decide what is bold."""
    parsed = []
    for keyword in keywords:
        try:
            parsed.append(parse(keyword))
        except KeywordError:
            continue
    return parsed
