"""What a chat wants, kept: for the commands that change it. In groups only admins may."""

from handlers.html import text
from handlers.request import Request
from papers.following import covered
from storage.account import Terms


async def wishes(request: Request) -> Terms:
    """What the chat wants now."""
    return await request.desk.store.terms.get(request.chat.id)


async def followed(request: Request) -> tuple[str, ...]:
    """The categories that the chat follows, by name; none when it follows all that is read."""
    names = (await wishes(request)).categories
    return tuple(sorted(frozenset[str]().union(*map(covered, names))))


async def allowed(request: Request) -> bool:
    """Whether this person may change what the chat wants; tells them if not."""
    if allowed := await request.may_change():
        return allowed
    await request.reply(text("In a group only its admins can change that."))
    return False


async def keep(request: Request, terms: Terms) -> None:
    """Let this be what the chat wants from now on."""
    now = request.desk.clock()
    await request.desk.store.subscribers.welcome(request.chat, now)
    await request.desk.store.terms.set(request.chat.id, terms, now)
