"""The first words: /start, /help, and what to do with a text that is no command."""

from collections.abc import Iterable

from handlers.html import Html, bold, code, text
from handlers.keywords import add
from handlers.papers import pasted
from handlers.request import Request

_EXAMPLES = (
    ("diffusion", "the word, in title or abstract; plurals and endings count too"),
    ('"point cloud"', "the phrase"),
    ("gan -survey", "the first without the second"),
    ("ti:lidar", "in the title only"),
    ("nerf OR splatting", "either"),
)


async def start(request: Request) -> None:
    """/start: what Paperboy does; asks for keywords."""
    await request.desk.store.subscribers.welcome(request.chat, request.desk.clock())
    if keywords := await request.desk.store.subscribers.keywords(request.chat.id):
        count = "keyword" if len(keywords) == 1 else f"{len(keywords)} keywords"
        await request.reply(
            text(f"I am here, and look out for your {count} (/list) in every digest. /help")
        )
        return
    await request.reply(_welcome(request.private))


def help_text(commands: Iterable[tuple[str, str]]) -> Html:
    """What /help says, given the names and summaries of the commands."""
    listed = [f"/{name} – {summary}" for name, summary in commands]
    examples = [code(written) + f" – {meaning}" for written, meaning in _EXAMPLES]
    closing = "Send me a link to an arXiv paper, or its id, and I show it."
    return _lines([bold("Commands"), *listed, "", bold("Keywords"), *examples, "", closing])


async def said(request: Request) -> None:
    """A text that is no command: a link to a paper, a newcomer's keywords, or a question mark."""
    if await pasted(request) or not request.private:
        return
    if not await request.desk.store.subscribers.keywords(request.chat.id):
        await add(request)
        return
    await request.reply(
        "To add this as a keyword: " + code(f"/add {request.text[:200]}") + "\nAll else: /help"
    )


def _welcome(private: bool) -> Html:
    ask = "Send me keywords" if private else "Let an admin add keywords with /add"
    return _lines(
        [
            bold("Paperboy") + " reads arXiv's announcements every day and brings you the papers "
            "that match your keywords: one calm message a day, with the reason why each came.",
            "",
            f"What do you work on? {ask}, separated by commas, for example:",
            code('object detection, "point cloud", lidar'),
            "",
            "/help tells what else I can do.",
        ]
    )


def _lines(lines: Iterable[Html | str]) -> Html:
    whole = Html()
    for number, line in enumerate(lines):
        whole = whole + ("\n" if number else "") + line
    return whole
