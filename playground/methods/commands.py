"""What the bot says of itself: its commands, name, descriptions and menu button."""

import re
from collections.abc import Callable
from typing import Any

from playground.access import find_chat, require
from playground.args import Args
from playground.errors import bad_request
from playground.state.profile import DEFAULT_SCOPE, Scope
from playground.telegram import Telegram
from playground.wire import Json

MOST_COMMANDS = 100
NAME = re.compile(r"/?([a-z0-9_]{1,32})")
LANGUAGE = re.compile(r"[a-z]{2}")
WITH_CHAT = ("chat", "chat_administrators", "chat_member")
WITHOUT_CHAT = (
    "default",
    "all_private_chats",
    "all_group_chats",
    "all_chat_administrators",
)


def set_my_commands(telegram: Telegram, args: Args) -> bool:
    """Set the commands shown in one scope and language."""
    items = args.array("commands", "BotCommand") or []
    require(len(items) <= MOST_COMMANDS, "BOT_COMMANDS_TOO_MUCH")
    key = _scope(telegram, args), _language(args)
    telegram.profile.commands[key] = [_command(item) for item in items]
    telegram.publish("profile", profile=telegram.profile.view())
    return True


def get_my_commands(telegram: Telegram, args: Args) -> list[Json]:
    """Give the commands of exactly one scope and language."""
    key = _scope(telegram, args), _language(args)
    return telegram.profile.commands.get(key, [])


def delete_my_commands(telegram: Telegram, args: Args) -> bool:
    """Forget the commands of one scope and language."""
    telegram.profile.commands.pop((_scope(telegram, args), _language(args)), None)
    telegram.publish("profile", profile=telegram.profile.view())
    return True


def _command(item: Any) -> Json:
    if not isinstance(item, dict):
        raise bad_request("Can't parse BotCommand: expected an Object")
    name = NAME.fullmatch(str(item.get("command", "")))
    if name is None:
        raise bad_request("BOT_COMMAND_INVALID")
    description = str(item.get("description", "")).strip()
    if not 1 <= len(description) <= 256:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name[1], "description": description}


def _scope(telegram: Telegram, args: Args) -> Scope:
    scope = args.object("scope", "BotCommandScope")
    if scope is None:
        return DEFAULT_SCOPE
    kind = scope.get("type")
    if kind in WITHOUT_CHAT:
        return str(kind), 0, 0
    if kind not in WITH_CHAT:
        raise bad_request("Can't parse BotCommandScope: Unsupported type specified")
    given = Args(scope)
    user_id = given.integer("user_id") if kind == "chat_member" else 0
    return str(kind), find_chat(telegram, given).id, user_id


def _language(args: Args) -> str:
    code = args.text("language_code")
    if code and not LANGUAGE.fullmatch(code):
        raise bad_request("LANG_CODE_INVALID")
    return code


def _pair(
    parameter: str, longest: int, texts: Callable[[Telegram], dict[str, str]]
) -> tuple[Callable[[Telegram, Args], bool], Callable[[Telegram, Args], Json]]:
    """Make the setter and the getter of one of the bot's texts."""

    def put(telegram: Telegram, args: Args) -> bool:
        text = args.text(parameter)
        require(len(text) <= longest, f"{parameter} is too long")
        texts(telegram)[_language(args)] = text
        telegram.publish("profile", profile=telegram.profile.view())
        return True

    def give(telegram: Telegram, args: Args) -> Json:
        kept = texts(telegram)
        default = telegram.world.bot.first_name if parameter == "name" else ""
        return {parameter: kept.get(_language(args)) or kept.get("") or default}

    return put, give


set_my_name, get_my_name = _pair("name", 64, lambda telegram: telegram.profile.names)
set_my_description, get_my_description = _pair(
    "description", 512, lambda telegram: telegram.profile.descriptions
)
set_my_short_description, get_my_short_description = _pair(
    "short_description", 120, lambda telegram: telegram.profile.short_descriptions
)


def set_chat_menu_button(telegram: Telegram, args: Args) -> bool:
    """Set the button beside the text field of one private chat, or of all."""
    button = args.object("menu_button", "MenuButton") or {"type": "default"}
    require(button.get("type") in ("commands", "web_app", "default"), "BUTTON_TYPE_INVALID")
    chat_id = find_chat(telegram, args).id if args.has("chat_id") else 0
    telegram.profile.menu_buttons[chat_id] = button
    telegram.publish("profile", profile=telegram.profile.view())
    return True


def get_chat_menu_button(telegram: Telegram, args: Args) -> Json:
    """Give the button beside the text field."""
    buttons = telegram.profile.menu_buttons
    chat_id = find_chat(telegram, args).id if args.has("chat_id") else 0
    return buttons.get(chat_id) or buttons.get(0) or {"type": "commands"}


METHODS = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyName": set_my_name,
    "getMyName": get_my_name,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
