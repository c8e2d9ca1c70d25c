"""The alert: one message per chat and day, and the button that turns its pages."""

from collections.abc import Sequence

from handlers.days import heading
from handlers.html import LIMIT, join, units
from handlers.paging import Page, paged, pager
from handlers.papers import entry
from handlers.request import Request
from papers.errors import KeywordError
from papers.keyword import Keyword, parse
from papers.matching import Match, index
from papers.text import clean
from storage.store import AlertContent, Item

_SIZE = 5  # papers a page; their abstracts share the room
_RESERVE = 8  # UTF-16 units per paper for line breaks, numbers and ellipses


def alert_page(number: int, content: AlertContent, page: int = 1) -> Page:
    """One page of an alert. It always fits into a message: abstracts are cut to share the room."""
    items, place = paged(content.items, _SIZE, page)
    found = list(zip(items, _matches(items), strict=True))
    top = heading(content.digests, len(content.items))
    taken = sum(entry(item.paper, match, item.keywords, 0).units for item, match in found)
    room = LIMIT - top.units - taken - _RESERVE * len(found)
    wanted = [units(clean(item.paper.abstract)) for item in items]
    entries = [
        f"{position}. " + entry(item.paper, match, item.keywords, share)
        for position, (item, match), share in zip(
            range(place.first, place.first + len(found)), found, shares(wanted, room), strict=True
        )
    ]
    return Page(join("\n\n", [top, *entries]), pager(f"alert:{number}", place))


def shares(wanted: Sequence[int], room: int) -> list[int]:
    """`room` divided fairly: who wants less than an equal share leaves the rest to the others."""
    given = [0] * len(wanted)
    smallest_first = sorted(range(len(wanted)), key=wanted.__getitem__)
    for left, place in zip(range(len(wanted), 0, -1), smallest_first, strict=True):
        given[place] = min(wanted[place], max(room, 0) // left)
        room -= given[place]
    return given


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
