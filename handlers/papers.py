"""The /paper command, papers that a text links to, and the button that saves one."""

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.html import link, shortened, text
from handlers.request import Request
from handlers.sheets import sheet
from papers import identifier
from papers.paper import Paper

_LONGEST_ID = 59  # bytes, so that `save:` and the id stay within callback data's 64
_MENTIONS = 3  # papers shown for one pasted text


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
