"""/why: what each keyword finds in a paper, or the first reason why it doesn't match."""

import asyncio
from collections.abc import Sequence

from handlers.html import Html, bold, code, join, pre, shortened, text
from handlers.request import Request
from handlers.sheets import titled
from papers import identifier
from papers.errors import KeywordError
from papers.keyword import Keyword, caret, parse
from papers.matching import Explanation, explain
from papers.paper import Paper

_MOST = 25  # keywords told in one message; each takes up to three entities
_REASON = 130  # UTF-16 units, so that these fit


async def why(request: Request) -> None:
    """/why 2002.10187: each of the chat's keywords. /why 2002.10187 lidar: that keyword."""
    named, _, written = request.text.strip().partition(" ")
    known = identifier.parse(named)
    if known is None:
        await request.reply(
            "Which paper? Its id or a link, and if you like a keyword: "
            + code("/why 2002.10187 lidar")
        )
        return
    paper = await request.desk.store.papers.get(known.id)
    if paper is None:
        await request.reply(text(f"I don't know {known.id}: it was in no list that I have read."))
        return
    await request.reply(await _told(request, paper, written.strip()))


async def _told(request: Request, paper: Paper, written: str) -> Html:
    try:
        keywords = [parse(written)] if written else await _own(request)
    except KeywordError as error:
        return join("\n", [f"{error}:", pre(caret(error))])
    if not keywords:
        return text("You have no keywords yet. Add some: /add object detection, lidar")
    explained = await asyncio.to_thread(lambda: [explain(each, paper) for each in keywords])
    return explanations(paper, explained)


async def _own(request: Request) -> Sequence[Keyword]:
    return await request.desk.store.subscribers.keywords(request.chat.id)


def explanations(paper: Paper, explained: Sequence[Explanation]) -> Html:
    """The paper and a line for each keyword, those that match first."""
    ordered = sorted(explained, key=lambda each: not each.matched)
    more = len(ordered) - _MOST
    lines = [_line(each) for each in ordered[:_MOST]]
    rest = [f"and {more} more"] if more > 0 else []
    return join("\n", [bold(titled(paper)), "", *lines, *rest])


def _line(explained: Explanation) -> Html:
    keyword = code(shortened(str(explained.keyword), 60))
    if explained.matched:
        fields = dict.fromkeys(hit.field for hit in explained.hits)
        return "✓ " + keyword + ": " + (", ".join(fields) or "matches")
    return "✗ " + keyword + ": " + shortened(explained.reason.replace("`", '"'), _REASON)
