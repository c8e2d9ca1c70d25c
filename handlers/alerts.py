"""The alert: one message per chat and day, and the button that turns its pages."""

from collections.abc import Sequence
from itertools import count

from handlers.entries import Entries
from handlers.html import LIMIT, join, units
from handlers.paging import Page, paged, pager
from handlers.request import Request
from papers.text import clean
from storage.store import AlertContent

_SIZE = 5  # papers a page; their abstracts share the room
_RESERVE = 8  # UTF-16 units per paper for line breaks, numbers and ellipses


def alert_page(number: int, content: AlertContent, entries: Entries, page: int = 1) -> Page:
    """One page of an alert. It always fits into a message: abstracts are cut to share the room."""
    items, place = paged(content.items, _SIZE, page)
    heads = [entries.head(item.paper, item.keywords) for item in items]
    top = entries.heading(content.digests, len(content.items))
    room = LIMIT - top.units - sum(head.units + _RESERVE for head in heads)
    given = shares([units(clean(item.paper.abstract)) for item in items], room)
    told = [
        join("\n", [f"{position}. " + head, entries.abstract(item.paper, item.keywords, share)])
        for position, head, item, share in zip(
            count(place.first), heads, items, given, strict=False
        )
    ]
    return Page(join("\n\n", [top, *told]), pager(f"alert:{number}", place))


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
    content = (await request.desk.store.alerts.contents([number])).get(number)
    if alert is None or content is None or alert.chat.id != request.chat.id:
        await request.toast("This alert is not here any more.")
        return
    await request.edit(*alert_page(number, content, request.desk.entries, page))
    await request.toast()
