"""/today: the newest day, the chat's own papers first, in pages that turn in place."""

from collections.abc import Sequence
from datetime import date

from handlers.days import heading
from handlers.html import Html, italic, join, shortened, text
from handlers.paging import Page, paged, pager
from handlers.request import Request
from handlers.sheets import titled
from handlers.wishes import followed
from papers.matching import Match
from papers.paper import Paper
from storage.store import DigestInfo

_SIZE = 10
_TITLE = 240  # UTF-16 units, so that ten titles with their reasons fit into a message
_REASONS = 100


async def today(request: Request) -> None:
    """/today: the newest day of what the chat follows."""
    digests = await request.desk.store.digests.newest(await followed(request))
    if not digests:
        await request.reply(text("I have read no digest yet. Look in again after the next one."))
        return
    await request.reply(*await _page(request, digests, 1))


async def turned(request: Request) -> None:
    """A press on the pager of /today: `day:page`."""
    day, _, page = request.text.partition(":")
    within = await followed(request)
    digests = await request.desk.store.digests.of_day(date.fromisoformat(day), within)
    if not digests:
        await request.toast("That day is not here any more.")
        return
    await request.edit(*await _page(request, digests, int(page)))
    await request.toast()


async def _page(request: Request, digests: Sequence[DigestInfo], page: int) -> Page:
    day = digests[0].day
    indexed = await request.desk.day(day, await followed(request))
    keywords = await request.desk.store.subscribers.keywords(request.chat.id)
    yours = list(indexed.match({request.chat.id: keywords}).of(request.chat.id))
    return day_page(digests, indexed.papers, yours, page)


def day_page(
    digests: Sequence[DigestInfo], papers: Sequence[Paper], yours: Sequence[Match], page: int
) -> Page:
    """A page of the day's papers: those of `yours` first and marked, then the others in order."""
    own = {match.paper.id for match in yours}
    others = [paper for paper in papers if paper.id not in own]
    listed: list[Match | Paper] = [*yours, *others]
    shown, place = paged(listed, _SIZE, page)
    lines = [_line(n, item) for n, item in enumerate(shown, start=place.first)]
    top = heading(digests, len(yours))
    return Page(join("\n\n", [top, *lines]), pager(f"today:{digests[0].day}", place))


def _line(number: int, item: Match | Paper) -> Html:
    if isinstance(item, Paper):
        return f"{number}. " + titled(item, room=_TITLE)
    why = italic(shortened(" · ".join(map(str, item.keywords)), _REASONS))
    return join("\n", [f"{number}. ★ " + titled(item.paper, item, _TITLE), why])
