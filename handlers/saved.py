"""Saved papers: the button under a paper, /saved, and all of them as a BibTeX file."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.html import Html, bold, join, text
from handlers.paging import Page, paged, pager
from handlers.papers import save_button
from handlers.request import Request, topic_of
from handlers.sheets import titled
from papers.bibtex import bibtex

_SIZE = 10
_TITLE = 300


async def pressed(request: Request) -> None:
    """A press on that button."""
    shelf, paper = request.desk.store.shelf, request.text
    if await shelf.has(request.chat.id, paper):
        await shelf.take(request.chat.id, paper)
        told = "Not saved any more."
    else:
        await request.desk.store.subscribers.welcome(request.chat, request.desk.clock())
        saved = await shelf.put(request.chat.id, paper, request.desk.clock())
        told = "Saved: /saved" if saved else "That paper is not here any more."
    await request.context.bot.edit_message_reply_markup(
        request.chat.id, request.message.message_id, reply_markup=await save_button(request, paper)
    )
    await request.toast(told)


async def saved(request: Request) -> None:
    """/saved: the papers this chat has saved."""
    await request.reply(*await _page(request, 1))


async def turned(request: Request) -> None:
    """A press under /saved: a page, or `bibtex` for all as a file."""
    if request.text == "bibtex":
        await _export(request)
    else:
        await request.edit(*await _page(request, int(request.text)))
    await request.toast()


async def _page(request: Request, page: int) -> Page:
    papers = await request.desk.store.shelf.papers(request.chat.id)
    if not papers:
        return Page(text("Nothing is saved yet. Press ☆ Save under a paper: /paper"), None)
    shown, place = paged(papers, _SIZE, page)
    lines: list[Html] = [
        f"{number}. " + titled(paper, room=_TITLE)
        for number, paper in enumerate(shown, start=place.first)
    ]
    top = bold(f"{len(papers)} saved paper{'' if len(papers) == 1 else 's'}")
    export = [InlineKeyboardButton("Export as BibTeX", callback_data="saved:bibtex")]
    turns = pager("saved", place)
    rows = [*(turns.inline_keyboard if turns else ()), export]
    return Page(join("\n\n", [top, *lines]), InlineKeyboardMarkup(rows))


async def _export(request: Request) -> None:
    papers = await request.desk.store.shelf.papers(request.chat.id)
    await request.context.bot.send_document(
        request.chat.id,
        bibtex(papers).encode(),
        filename="saved.bib",
        message_thread_id=topic_of(request.message),
    )
