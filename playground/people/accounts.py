"""Accounts: opening one, talking to the bot for the first time, blocking it, leaving for good."""

import re

from playground.args import Args
from playground.errors import bad_request
from playground.membership import blocked, person_view
from playground.people.lookup import find_person
from playground.people.talking import say
from playground.telegram import Telegram
from playground.wire import Json

_USERNAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}")
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{0,64}")


def add_person(telegram: Telegram, args: Args) -> Json:
    """Open an account: first_name, last_name, username, language_code, is_premium."""
    first_name = args.text("first_name").strip()
    username = args.text("username").removeprefix("@")
    if not first_name:
        raise bad_request("a person needs a first_name")
    if username and not _USERNAME.fullmatch(username):
        raise bad_request("a username has 4 to 32 letters, digits or _ and begins with a letter")
    if username and (telegram.world.user_named(username) or telegram.world.chat_named(username)):
        raise bad_request(f"the username {username} is taken")
    person = telegram.world.add_user(first_name, args.text("last_name"), username)
    person.language_code = args.text("language_code")
    person.is_premium = args.flag("is_premium")
    telegram.publish("person", person=person_view(person))
    return person_view(person)


def open_chat(telegram: Telegram, args: Args) -> Json:
    """Open the person's chat with the bot, without a word."""
    chat = telegram.world.private_chat(find_person(telegram, args))
    telegram.publish("chat", chat=chat.view())
    return chat.view()


def start(telegram: Telegram, args: Args) -> Json:
    """Press START, or follow a link t.me/<bot>?start=<payload>; lifts a block first."""
    person = find_person(telegram, args)
    payload = args.text("payload")
    if not _PAYLOAD.fullmatch(payload):
        raise bad_request("a payload has up to 64 of A-Z, a-z, 0-9, _ and -")
    chat = telegram.world.private_chat(person)
    if person.blocked:
        blocked(telegram, chat, person, False)
    return say(telegram, person, chat, f"/start {payload}".rstrip())


def block(telegram: Telegram, args: Args) -> Json:
    """Block the bot."""
    return _set_blocked(telegram, args, True)


def unblock(telegram: Telegram, args: Args) -> Json:
    """Let the bot write again."""
    return _set_blocked(telegram, args, False)


def _set_blocked(telegram: Telegram, args: Args, is_blocked: bool) -> Json:
    person = find_person(telegram, args)
    if person.blocked is not is_blocked:
        blocked(telegram, telegram.world.private_chat(person), person, is_blocked)
    return person_view(person)


def delete_account(telegram: Telegram, args: Args) -> Json:
    """Delete the account: names go, and the bot meets "user is deactivated"."""
    person = find_person(telegram, args)
    person.deactivated = True
    person.first_name = person.last_name = person.username = ""
    for chat in telegram.world.chats.values():
        if person.id in chat.members:
            chat.members[person.id].status = "left"
    telegram.publish("person", person=person_view(person))
    return person_view(person)


ACTIONS = {
    "person": add_person,
    "open": open_chat,
    "start": start,
    "block": block,
    "unblock": unblock,
    "delete_account": delete_account,
}
