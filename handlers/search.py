"""/search: papers out of all that are known, best or newest first, in pages that turn in place.

What was asked stands in the answer itself and the buttons carry the rest, so nothing is kept.
"""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, MessageEntity

from handlers.days import category_name, day_name
from handlers.excerpt import excerpt
from handlers.html import Html, code, join, pre, shortened, text
from handlers.paging import Page, Place, pager
from handlers.request import Request
from handlers.sheets import titled
from papers.errors import KeywordError
from papers.keyword import Keyword, caret, parse
from papers.matching import Match, index
from papers.paper import Paper
from papers.text import clean
from storage.errors import IndexDamaged
from storage.searches import AT_MOST, Found, Query

_SIZE = 6
_TITLE = 240  # UTF-16 units, as those below: six papers fit into a message
_EXCERPT = 240
_AUTHOR = 40
_DAYS = 30  # what the button narrows to


class View(NamedTuple):
    """Which page of an answer: its order, from which day on, up to which paper, its number."""

    newest: bool = False
    since: date | None = None
    top: int | None = None
    page: int = 1

    @property
    def target(self) -> str:
        """The callback data, but for the page."""
        return f"search:{'n' if self.newest else 'b'}:{self.since or ''}:{self.top or 0}"


async def search(request: Request) -> None:
    """/search "point cloud" cat:cs.CV: papers that match, as a keyword would."""
    if not request.text.strip():
        await request.reply(
            "What for? As in a keyword: " + code('/search "point cloud" -lidar cat:cs.CV')
        )
        return
    try:
        keyword = parse(request.text)
    except KeywordError as error:
        await request.reply(join("\n", [f"{error}:", pre(caret(error))]))
        return
    await request.reply(*await _page(request, keyword, View()))


async def turned(request: Request) -> None:
    """A press under an answer: `order:day:top:page`. Raises ValueError for what is none of ours."""
    order, day, top, page = request.text.split(":")
    since = date.fromisoformat(day) if day else None
    asked = request.message.parse_entities([MessageEntity.CODE])
    if not asked:
        raise ValueError("an answer without its query")
    try:
        keyword = parse(next(iter(asked.values())))
    except KeywordError:
        await request.toast("I don't understand that query any more. Search again, please.")
        return
    view = View(order == "n", since, int(top), int(page))
    await request.edit(*await _page(request, keyword, view))
    await request.toast()


async def _page(request: Request, keyword: Keyword, view: View) -> Page:
    query = Query(keyword, since=view.since, newest=view.newest)
    first = max(view.page - 1, 0) * _SIZE
    try:
        found = await request.desk.store.search.find(query, view.top, first, _SIZE)
    except IndexDamaged:
        return Page(text("The search is being put in order. Try again in some minutes."), None)
    matches = await asyncio.to_thread(_matches, found.papers, keyword)
    month = request.desk.clock().date() - timedelta(days=_DAYS)
    return answer(keyword, view._replace(top=found.top), found, matches, month)


def answer(
    keyword: Keyword, view: View, found: Found, matches: Sequence[Match], month: date
) -> Page:
    """A page of an answer; `month` is the day that "the last 30 days" begin with."""
    asked = code(str(keyword))
    if not found.total:
        return Page(_nothing(asked, found, view), _keyboard(view, found, month))
    first = max(view.page - 1, 0) * _SIZE + 1
    entries = [_entry(n, match) for n, match in enumerate(matches, start=first)]
    return Page(
        join("\n\n", [_heading(asked, view, found), *entries]), _keyboard(view, found, month)
    )


def _matches(papers: Sequence[Paper], keyword: Keyword) -> list[Match]:
    day = index(papers)
    return [Match(paper, day.hits(keyword, place)) for place, paper in enumerate(papers)]


def _heading(asked: Html, view: View, found: Found) -> Html:
    papers = "1 paper" if found.total == 1 else f"{found.total} papers"
    if found.older is not None:
        papers = f"the newest {found.total} of more papers"
    since = f"announced since {day_name(view.since)}" if view.since else ""
    order = "newest first" if view.newest else "best first"
    hurried = "there may be more: I stopped looking after a while" if found.hurried else ""
    return join(" · ", [asked, papers, since, order, hurried])


def _nothing(asked: Html, found: Found, view: View) -> Html:
    since = f" among those announced since {day_name(view.since)}" if view.since else ""
    if found.hurried:
        return "I stopped looking after a while: " + asked + " takes too long. Add a rarer word."
    if found.unknown:
        words = join(", ", map(code, found.unknown))
        return "No paper matches " + asked + f"{since}. I know no paper with " + words + "."
    return (
        "No paper matches " + asked + f"{since}. "
        "What it asks for is there, but not all in one paper; try fewer words."
    )


def _entry(number: int, match: Match) -> Html:
    paper = match.paper
    spans = [span for hit in match.hits if hit.field == "abstract" for span in hit.spans]
    about: list[Html | str] = [_authors(paper), paper.id, *map(category_name, paper.categories[:1])]
    return join(
        "\n",
        [
            f"{number}. " + titled(paper, match, _TITLE),
            join(" · ", about),
            excerpt(clean(paper.abstract), spans, _EXCERPT),
        ],
    )


def _authors(paper: Paper) -> str:
    named = [shortened(clean(name), _AUTHOR) for name in paper.authors[:1]]
    return " ".join([*named, *["et al."] * (len(paper.authors) > 1)])


def _keyboard(view: View, found: Found, month: date) -> InlineKeyboardMarkup | None:
    pages = -(-found.total // _SIZE)
    rows: list[Sequence[InlineKeyboardButton]] = []
    if turning := pager(view.target, Place(view.page, max(pages, 1), 1)):
        rows += turning.inline_keyboard
    order = view._replace(newest=not view.newest)
    narrowed = view._replace(since=None if view.since else month)
    row = [("Best first" if view.newest else "Newest first", order)] if found.total > 1 else []
    row.append(("All days" if view.since else f"Last {_DAYS} days", narrowed))
    rows.append([_button(label, to) for label, to in row])
    if found.older is not None:
        older = view._replace(top=found.older)
        rows.append([_button(f"The next {AT_MOST}, older ones", older)])
    return InlineKeyboardMarkup(rows) if found.total or view.since else None


def _button(label: str, view: View) -> InlineKeyboardButton:
    return InlineKeyboardButton(label, callback_data=f"{view.target}:1")
