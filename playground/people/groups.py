"""Groups, supergroups and channels: making them, letting people and the bot in and out, ranks."""

from playground.args import Args
from playground.delivery import service
from playground.errors import ApiError, bad_request
from playground.membership import move
from playground.people.lookup import find_chat, find_group, find_person, sender
from playground.state.chats import GENERAL_TOPIC, Chat, Kind, Topic
from playground.state.members import CHANNEL_RIGHTS, COMMON_RIGHTS, GROUP_RIGHTS, default_rights
from playground.state.users import User
from playground.telegram import Telegram
from playground.wire import Json

KINDS: dict[str, Kind] = {"group": "group", "supergroup": "supergroup", "channel": "channel"}


def add_group(telegram: Telegram, args: Args) -> Json:
    """Make a chat: title, kind (group, supergroup, channel), forum, username, with_bot."""
    person = find_person(telegram, args)
    title, kind = args.text("title").strip(), args.text("kind", "group")
    username = args.text("username").removeprefix("@")
    if not title or kind not in KINDS:
        raise bad_request("a chat needs a title and a kind: group, supergroup or channel")
    if username and (telegram.world.user_named(username) or telegram.world.chat_named(username)):
        raise bad_request(f"the username {username} is taken")
    is_forum = args.flag("forum")
    if (username or is_forum) and kind == "group":
        raise bad_request("only supergroups and channels have a username or topics")
    chat = telegram.world.add_chat(KINDS[kind], title, person, username)
    chat.is_forum = is_forum and kind == "supergroup"
    if chat.is_forum:
        chat.topics[GENERAL_TOPIC] = Topic(GENERAL_TOPIC, "General")
    telegram.publish("chat", chat=chat.view())
    created = {f"{kind}_chat_created": True}
    service(telegram, chat, sender(telegram, person, chat, args), person.id, **created)
    if args.flag("with_bot"):
        _let_bot_in(telegram, chat, person, as_admin=args.flag("as_admin"))
    return chat.view()


def join(telegram: Telegram, args: Args) -> Json:
    """Come into a group or channel."""
    person, chat = find_person(telegram, args), find_chat(telegram, args)
    if chat.person or chat.member(person).is_in:
        raise bad_request(f"{person.first_name} is in this chat already")
    if chat.member(person).status == "kicked":
        raise ApiError(403, f"{person.first_name} was removed from this chat")
    move(telegram, chat, person, "member", by=person)
    return chat.member(person).view()


def leave(telegram: Telegram, args: Args) -> Json:
    """Go out of a group or channel."""
    person, chat = find_person(telegram, args), find_chat(telegram, args)
    if chat.person or not chat.member(person).is_in:
        raise bad_request(f"{person.first_name} is not in this group or channel")
    move(telegram, chat, person, "left", by=person)
    return chat.member(person).view()


def add_member(telegram: Telegram, args: Args) -> Json:
    """Bring somebody else (`user`) in."""
    person, chat = find_group(telegram, args)
    user = find_person(telegram, args, "user")
    move(telegram, chat, user, "member", by=person)
    return chat.member(user).view()


def remove_member(telegram: Telegram, args: Args) -> Json:
    """Remove somebody (`user`) for good."""
    person, chat = find_group(telegram, args)
    user = find_person(telegram, args, "user")
    move(telegram, chat, user, "kicked", by=person)
    return chat.member(user).view()


def add_bot(telegram: Telegram, args: Args) -> Json:
    """Bring the bot in; `as_admin` makes it an administrator at once (in channels it always is)."""
    person, chat = find_person(telegram, args), find_chat(telegram, args)
    if chat.person or not chat.member(person).is_in:
        raise ApiError(403, f"{person.first_name} is not in this group or channel")
    if chat.member(telegram.world.bot).is_in:
        raise bad_request("the bot is in this chat already")
    _let_bot_in(telegram, chat, person, as_admin=args.flag("as_admin"))
    return chat.member(telegram.world.bot).view()


def _let_bot_in(telegram: Telegram, chat: Chat, person: User, *, as_admin: bool) -> None:
    if as_admin or chat.kind == "channel":
        rights = default_rights(chat.kind == "channel")
        move(telegram, chat, telegram.world.bot, "administrator", by=person, rights=rights)
    else:
        move(telegram, chat, telegram.world.bot, "member", by=person)


def remove_bot(telegram: Telegram, args: Args) -> Json:
    """Remove the bot."""
    person, chat = find_group(telegram, args)
    bot = telegram.world.bot
    if not chat.member(bot).is_in:
        raise bad_request("the bot is not in this chat")
    move(telegram, chat, bot, "kicked", by=person)
    return chat.member(bot).view()


def promote(telegram: Telegram, args: Args) -> Json:
    """Make `user` (the bot too) an administrator: rights, anonymous, custom_title."""
    person, chat = find_group(telegram, args)
    user = find_person(telegram, args, "user")
    if not chat.member(user).is_in or (
        chat.member(user).status == "creator" and user is not person
    ):
        raise bad_request("only members who do not own the chat can be promoted")
    status = chat.member(user).status if chat.member(user).status == "creator" else "administrator"
    move(
        telegram,
        chat,
        user,
        status,
        by=person,
        rights=_rights(chat, args),
        anonymous=args.flag("anonymous"),
        custom_title=args.text("custom_title"),
    )
    return chat.member(user).view()


def _rights(chat: Chat, args: Args) -> dict[str, bool]:
    """Read the rights given; those not named are held as an administrator usually holds them."""
    given = args.object("rights") or {}
    unknown = set(given) - set(COMMON_RIGHTS + GROUP_RIGHTS + CHANNEL_RIGHTS)
    if unknown:
        raise bad_request(f"no such rights: {', '.join(sorted(unknown))}")
    usual = default_rights(chat.kind == "channel")
    return usual | {name: value is True for name, value in given.items()}


def demote(telegram: Telegram, args: Args) -> Json:
    """Make an administrator (`user`) a plain member again."""
    person, chat = find_group(telegram, args)
    user = find_person(telegram, args, "user")
    if chat.member(user).status != "administrator":
        raise bad_request(f"{user.first_name} is no administrator who can be demoted")
    move(telegram, chat, user, "member", by=person)
    return chat.member(user).view()


def migrate(telegram: Telegram, args: Args) -> Json:
    """Make a group a supergroup, which has another id; gives the new Chat."""
    person, old = find_group(telegram, args)
    if old.kind != "group":
        raise bad_request("only a group can become a supergroup")
    new = telegram.world.add_chat("supergroup", old.title, person)
    new.members = dict(old.members)
    who = {"from": person.view()}
    service(telegram, old, who, person.id, migrate_to_chat_id=new.id)
    old.migrated_to = new.id
    telegram.publish("chat", chat=new.view(), migrated_from=old.id)
    service(telegram, new, who, person.id, migrate_from_chat_id=old.id)
    return new.view()


def rename(telegram: Telegram, args: Args) -> Json:
    """Give a group or channel another title."""
    person, chat = find_group(telegram, args)
    chat.title = args.text("title").strip() or chat.title
    telegram.publish("chat", chat=chat.view())
    who = sender(telegram, person, chat, args)
    service(telegram, chat, who, person.id, new_chat_title=chat.title)
    return chat.view()


ACTIONS = {
    "group": add_group,
    "join": join,
    "leave": leave,
    "add_member": add_member,
    "remove_member": remove_member,
    "add_bot": add_bot,
    "remove_bot": remove_bot,
    "promote": promote,
    "demote": demote,
    "migrate": migrate,
    "rename": rename,
}
