"""The one table of commands and buttons: registration, /help and the command menu come from it."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from handlers import (
    alerts,
    categories,
    digests,
    hours,
    keywords,
    papers,
    saved,
    search,
    start,
    status,
    why,
)
from handlers.request import Request

Handler = Callable[[Request], Awaitable[None]]


class Command(NamedTuple):
    """A command: its name without the slash, what it is for in a few words, what it does."""

    name: str
    summary: str
    handler: Handler


async def help_(request: Request) -> None:
    """/help: the commands and the language of keywords."""
    listed = ((command.name, command.summary) for command in COMMANDS)
    await request.reply(start.help_text(listed))


COMMANDS = (
    Command("today", "the newest papers, yours first", digests.today),
    Command("add", "add keywords, separated by commas", keywords.add),
    Command("remove", "remove a keyword", keywords.remove),
    Command("list", "your keywords", keywords.show),
    Command("search", "find papers, in the words of a keyword", search.search),
    Command("why", "why a paper matches your keywords, or not", why.why),
    Command("categories", "which of arXiv's lists you follow", categories.categories),
    Command("time", "when your papers come", hours.when),
    Command("pause", "no messages for a while", hours.pause),
    Command("resume", "messages again", hours.resume),
    Command("status", "which lists I have read, and when the next come", status.status),
    Command("saved", "the papers you saved, and all of them as BibTeX", saved.saved),
    Command("paper", "one paper, by its arXiv id or link", papers.paper),
    Command("help", "what I can do", help_),
    Command("start", "what Paperboy is", start.start),
)

BUTTONS: dict[str, Handler] = {
    "save": saved.pressed,
    "saved": saved.turned,
    "alert": alerts.turned,
    "today": digests.turned,
    "remove": keywords.pressed,
    "time": hours.chosen,
    "search": search.turned,
}
