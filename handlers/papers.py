"""Papers as people see them: in a list, in an alert, by themselves; and the /paper command."""

from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.days import category_name, day_name
from handlers.html import Html, bold, italic, join, link, marked, quote, shortened, text, units
from handlers.request import Request
from papers import identifier
from papers.matching import Match
from papers.paper import Paper
from papers.text import clean
from storage.store import Told

_AUTHORS = 12  # more than these are "and N more"
_CATEGORIES = 12
_TITLE = 300  # UTF-16 units, as are those below; the longest of 74,728 real titles has 226
_REASONS = 200
_ABSTRACT = 2000  # arXiv's own limit is 1,920 characters of source
_COMMENT = 300
_LONGEST_ID = 59  # bytes, so that `save:` and the id stay within callback data's 64
_MENTIONS = 3  # papers shown for one pasted text
_SHORTEST = 160  # UTF-16 units: less of an abstract than this tells nothing


def titled(paper: Paper, match: Match | None = None, room: int = _TITLE) -> Html:
    """The title as a link, the words that matched in bold."""
    return link(paper.link, _marked(clean(paper.title), match, "title", room))


def headed(paper: Paper, match: Match | None, keywords: Sequence[str]) -> Html:
    """How a paper begins in an alert: its title, and why it came."""
    why = italic(shortened(" · ".join(keywords), _REASONS))
    return join("\n", [titled(paper, match), why])


def abstract(paper: Paper, match: Match | None, room: int) -> Html:
    """The abstract as a quote that opens on a tap, cut to `room` UTF-16 units, or none for few."""
    whole = clean(paper.abstract)
    if units(whole) > room and room < _SHORTEST:
        return Html()
    return quote(_marked(whole, match, "abstract", room))


def sheet(paper: Paper, told: Sequence[Told]) -> Html:
    """Everything Paperboy knows about one paper, in one message."""
    lines = [
        bold(titled(paper)),
        _authors(paper),
        join(" · ", [paper.id, join(", ", map(category_name, paper.categories[:_CATEGORIES]))]),
        abstract(paper, None, _ABSTRACT),
        italic(shortened(clean(paper.comment), _COMMENT)),
        join(
            "\n",
            [
                "Announced in " + category_name(t.category) + f" on {day_name(t.day)}"
                for t in told[:6]
            ],
        ),
    ]
    return join("\n\n", lines)


async def paper(request: Request) -> None:
    """/paper 2002.10187: one paper, by its id or a link to it."""
    if not request.text.strip():
        await request.reply(text("Which paper? Send an arXiv id or a link: /paper 2002.10187"))
        return
    named = identifier.parse(request.text)
    if named is None:
        await request.reply(
            text(f"“{shortened(request.text.strip(), 100)}” is no arXiv id. ")
            + "They look like 2002.10187 or quant-ph/9802028; a link to the paper will do as well."
        )
        return
    await _show(request, named.id)


async def pasted(request: Request) -> bool:
    """Show the papers that a text links to (or is the bare id of); False when there are none."""
    alone = identifier.parse(request.text)
    mentioned = [alone] if alone else list(identifier.mentioned(request.text))
    for named in mentioned[:_MENTIONS]:
        await _show(request, named.id)
    return bool(mentioned)


async def save_button(request: Request, paper: str) -> InlineKeyboardMarkup | None:
    """The button that saves a paper, or lets go of it; None for an id too long for a button."""
    if len(paper.encode()) > _LONGEST_ID:
        return None
    saved = await request.desk.store.shelf.has(request.chat.id, paper)
    label = "★ Saved" if saved else "☆ Save"
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=f"save:{paper}")]])


async def _show(request: Request, id_: str) -> None:
    found = await request.desk.store.papers.get(id_)
    if found is None:
        there = link(Paper(id_, "").link, f"arxiv.org/abs/{id_}")
        await request.reply(f"{id_} was in none of the digests I have read. It may be at " + there)
        return
    told = await request.desk.store.papers.told(id_)
    await request.reply(sheet(found, told), await save_button(request, id_))


def _authors(paper: Paper) -> Html:
    names = ", ".join(shortened(clean(name), 60) for name in paper.authors[:_AUTHORS])
    more = len(paper.authors) - _AUTHORS
    return text(f"{names} and {more} more" if more > 0 else names)


def _marked(whole: str, match: Match | None, field: str, room: int) -> Html:
    """`whole` cut to `room`, with the words in bold that matched and are not cut off."""
    shown = shortened(whole, room)
    end = len(whole) if shown == whole else len(shown) - len(" …")
    spans = (
        span for hit in (match.hits if match else ()) if hit.field == field for span in hit.spans
    )
    return marked(shown, (span for span in spans if span[1] <= end))
