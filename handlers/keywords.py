"""A chat's profile: /add, /remove, /list, and the words a newcomer sends right away."""

import hashlib
from collections.abc import Sequence

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.html import Html, code, join, pre, shortened, text
from handlers.previews import outlook
from handlers.request import Request
from handlers.wishes import followed
from papers.errors import KeywordError
from papers.keyword import Keyword, caret, parse, split

MOST = 100  # keywords a chat
_AT_ONCE = 20  # keywords one message may add
_BUTTONS = 30


async def add(request: Request) -> None:
    """/add nerf, "gaussian splatting": new keywords, separated by commas or lines."""
    pieces = split(request.text)
    if not pieces:
        await request.reply(
            "Which words? For example: " + code('/add object detection, "point cloud", ti:lidar')
        )
        return
    if not await _allowed(request):
        return
    await request.desk.store.subscribers.welcome(request.chat, request.desk.clock())
    had = await request.desk.store.subscribers.keywords(request.chat.id)
    answers = [await _add(request, piece) for piece in pieces[:_AT_ONCE]]
    if len(pieces) > _AT_ONCE:
        answers.append(text(f"I took the first {_AT_ONCE}; send the others in another message."))
    await request.reply(join("\n", [*answers, await _outlook(request, had)]))


async def remove(request: Request) -> None:
    """/remove nerf: a keyword by its words or its number in /list; without any, buttons."""
    keywords = await request.desk.store.subscribers.keywords(request.chat.id)
    if not request.text.strip():
        await request.reply(*_removal(keywords))
        return
    if not await _allowed(request):
        return
    answers = [await _remove(request, piece, keywords) for piece in split(request.text)]
    await request.reply(join("\n", answers))


async def show(request: Request) -> None:
    """/list: the profile."""
    keywords = await request.desk.store.subscribers.keywords(request.chat.id)
    await request.reply(_profile(keywords))


async def pressed(request: Request) -> None:
    """A press on a keyword in /remove: its digest."""
    keywords = await request.desk.store.subscribers.keywords(request.chat.id)
    chosen = next((k for k in keywords if _token(k) == request.text), None)
    if chosen is None:
        await request.toast("That keyword is gone already.")
    elif not await request.may_change():
        await request.toast("Only this group's admins can change its keywords.")
        return
    else:
        await request.desk.store.subscribers.remove(request.chat.id, chosen)
        await request.toast(f"Removed: {chosen}")
    await request.edit(*_removal([keyword for keyword in keywords if keyword != chosen]))


async def _allowed(request: Request) -> bool:
    if allowed := await request.may_change():
        return allowed
    await request.reply(text("In a group only its admins can change the keywords."))
    return False


async def _add(request: Request, written: str) -> Html:
    subscribers = request.desk.store.subscribers
    try:
        keyword = parse(written)
    except KeywordError as error:
        return join("\n", [f"{error}:", pre(caret(error))])
    if len(await subscribers.keywords(request.chat.id)) >= MOST:
        return f"Not added, {MOST} keywords are the most: " + code(str(keyword))
    if await subscribers.add(request.chat.id, keyword):
        return "Added: " + code(str(keyword))
    return "You have that already: " + code(str(keyword))


async def _remove(request: Request, written: str, keywords: Sequence[Keyword]) -> Html:
    chosen = _named(written, keywords)
    if chosen and await request.desk.store.subscribers.remove(request.chat.id, chosen):
        return "Removed: " + code(str(chosen))
    return "Not in your /list: " + code(shortened(written, 100))


def _named(written: str, keywords: Sequence[Keyword]) -> Keyword | None:
    if written.isdecimal() and 1 <= int(written) <= len(keywords):
        return keywords[int(written) - 1]
    try:
        wanted = parse(written)
    except KeywordError:
        return None
    return next((keyword for keyword in keywords if keyword == wanted), None)


async def _outlook(request: Request, had: Sequence[Keyword]) -> Html:
    """What the new keywords would have brought, and what the whole profile finds in the newest day,
    so that one sees at once what to expect."""
    within = await followed(request)
    digests = await request.desk.store.digests.newest(within)
    keywords = await request.desk.store.subscribers.keywords(request.chat.id)
    if not digests or not keywords:
        return Html()
    indexed = await request.desk.day(digests[0].day, within)
    yours = len(indexed.match({request.chat.id: keywords}).of(request.chat.id))
    new = await outlook(request, [keyword for keyword in keywords if keyword not in had])
    return "\n" + join(
        "\n\n", [new, f"{yours} of the newest day's {len(indexed.papers)} papers are yours: /today"]
    )


def _profile(keywords: Sequence[Keyword]) -> Html:
    if not keywords:
        return text("You have no keywords yet. Add some: /add object detection, lidar")
    lines = [f"{number}. " + code(str(k)) for number, k in enumerate(keywords, start=1)]
    whole = join("\n", ["Your keywords:", *lines])
    return whole if whole.fits() else join("\n", [f"Your {len(lines)} keywords:", *lines[:12]])


def _removal(keywords: Sequence[Keyword]) -> tuple[Html, InlineKeyboardMarkup | None]:
    if not keywords:
        return text("No keywords are left. Add some: /add object detection, lidar"), None
    rows = [
        [InlineKeyboardButton(f"✕ {shortened(str(k), 40)}", callback_data=f"remove:{_token(k)}")]
        for k in keywords[:_BUTTONS]
    ]
    return text("Which keyword shall I remove?"), InlineKeyboardMarkup(rows)


def _token(keyword: Keyword) -> str:
    """A short name for a keyword, for callback data: at most 64 bytes, and nothing typed in it."""
    return hashlib.sha256(keyword.key.encode()).hexdigest()[:16]
