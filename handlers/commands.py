"""The one table of commands and buttons: registration, /help and the command menu come from it."""

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from handlers import alerts, digests, keywords, papers, start
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
    Command("paper", "one paper, by its arXiv id or link", papers.paper),
    Command("help", "what I can do", help_),
    Command("start", "what Paperboy is", start.start),
)

BUTTONS: dict[str, Handler] = {
    "alert": alerts.turned,
    "today": digests.turned,
    "remove": keywords.pressed,
}
