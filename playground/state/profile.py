"""What the bot says of itself: commands, names, descriptions, the menu button. Pure."""

from dataclasses import dataclass, field

from playground.state.users import User
from playground.wire import Json

Scope = tuple[str, int, int]
"""Where commands show: the scope's type, its chat id and its user id (0 where it has none)."""
DEFAULT_SCOPE: Scope = ("default", 0, 0)


@dataclass
class Profile:
    """The bot's own texts, each by language code ("" is for everybody)."""

    bot: User
    commands: dict[tuple[Scope, str], list[Json]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    menu_buttons: dict[int, Json] = field(default_factory=dict)
    """By private chat; 0 is the default for all."""

    def commands_for(
        self, chat_kind: str, chat_id: int, user_id: int, is_admin: bool, language: str
    ) -> list[Json]:
        """Give the commands a person sees in a chat: the narrowest scope that has any, own
        language first.

        The order is that of the Bot API's "Determining list of commands".
        """
        for scope in _scopes(chat_kind, chat_id, user_id, is_admin):
            for code in (language, ""):
                found = self.commands.get((scope, code))
                if found:
                    return found
        return []

    def view(self) -> Json:
        """Give all of it as a JSON object, for the page."""
        return {
            "name": self.names.get("", self.bot.first_name),
            "description": self.descriptions.get("", ""),
            "short_description": self.short_descriptions.get("", ""),
            "commands": [
                {
                    "scope": {"type": scope[0], "chat_id": scope[1], "user_id": scope[2]},
                    "language_code": language,
                    "commands": commands,
                }
                for (scope, language), commands in self.commands.items()
            ],
            "menu_buttons": [{"chat_id": c, "button": b} for c, b in self.menu_buttons.items()],
        }


def _scopes(chat_kind: str, chat_id: int, user_id: int, is_admin: bool) -> list[Scope]:
    if chat_kind == "private":
        return [("chat", chat_id, 0), ("all_private_chats", 0, 0), DEFAULT_SCOPE]
    for_admins: list[Scope] = [("chat_administrators", chat_id, 0)] if is_admin else []
    all_admins: list[Scope] = [("all_chat_administrators", 0, 0)] if is_admin else []
    return [
        ("chat_member", chat_id, user_id),
        *for_admins,
        ("chat", chat_id, 0),
        *all_admins,
        ("all_group_chats", 0, 0),
        DEFAULT_SCOPE,
    ]
