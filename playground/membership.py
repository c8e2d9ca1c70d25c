"""Coming, going and changing rank in a chat: the messages and updates that follow. No HTTP."""

from playground.delivery import service
from playground.state.chats import Chat
from playground.state.members import Member, Status
from playground.state.users import User
from playground.telegram import Telegram
from playground.wire import Json


def move(
    telegram: Telegram,
    chat: Chat,
    user: User,
    status: Status,
    *,
    by: User,
    rights: dict[str, bool] | None = None,
    anonymous: bool = False,
    custom_title: str = "",
) -> None:
    """Give a user another place in a chat, in `by`'s name, with all that Telegram says about it."""
    before = chat.member(user)
    after = Member(user, status, rights or {}, anonymous, custom_title)
    leaves, enters = before.is_in and not after.is_in, after.is_in and not before.is_in
    is_bot = user.id == telegram.world.bot.id
    if leaves and chat.kind != "channel" and not is_bot:
        _say(telegram, chat, by, left_chat_member=user.view())
    chat.members[user.id] = after
    _queue(telegram, chat, by, before, after)
    if enters and chat.kind != "channel":
        _say(telegram, chat, by, new_chat_members=[user.view()])
    if leaves and chat.kind != "channel" and is_bot:
        _say(telegram, chat, by, left_chat_member=user.view())
    telegram.publish("member", chat=chat.id, person=user.id, member=after.view())


def blocked(telegram: Telegram, chat: Chat, person: User, is_blocked: bool) -> None:
    """Block or unblock the bot; in private chats that is all a my_chat_member update tells."""
    person.blocked = is_blocked
    statuses: tuple[Status, Status] = ("member", "kicked") if is_blocked else ("kicked", "member")
    before, after = (Member(telegram.world.bot, status) for status in statuses)
    _queue(telegram, chat, person, before, after)
    telegram.publish("person", person=person_view(person))


def person_view(person: User) -> Json:
    """Give a person as the page sees them: the User object and how they stand to the bot."""
    return person.view() | {
        "started": person.started,
        "blocked": person.blocked,
        "deactivated": person.deactivated,
    }


def _say(telegram: Telegram, chat: Chat, by: User, **content: object) -> None:
    service(telegram, chat, {"from": by.view()}, by.id, **content)


def _queue(telegram: Telegram, chat: Chat, by: User, before: Member, after: Member) -> None:
    """Tell the bot of a change: always of its own, of others' when it runs the chat."""
    is_own = after.user.id == telegram.world.bot.id
    if not is_own and not chat.member(telegram.world.bot).is_admin:
        return
    change = {
        "chat": chat.view(),
        "from": by.view(),
        "date": telegram.now(),
        "old_chat_member": before.view(),
        "new_chat_member": after.view(),
    }
    telegram.updates.add("my_chat_member" if is_own else "chat_member", change)
