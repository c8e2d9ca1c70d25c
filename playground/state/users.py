"""People and bots. Pure."""

from dataclasses import dataclass

from playground.wire import Json, present

GROUP_ANONYMOUS_BOT = 1087968824
"""Stands in as the sender for administrators who stay anonymous (Bot API, Message.from)."""


@dataclass(slots=True)
class User:
    """One account, with how it stands to the bot."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    is_bot: bool = False
    is_premium: bool = False
    started: bool = False
    """Has written to the bot once, so the bot may write first."""
    blocked: bool = False
    deactivated: bool = False

    def view(self) -> Json:
        """Give the Bot API's User object."""
        return {
            "id": self.id,
            "is_bot": self.is_bot,
            "first_name": self.first_name,
            **present(
                last_name=self.last_name,
                username=self.username,
                language_code=self.language_code,
                is_premium=self.is_premium,
            ),
        }

    def named(self) -> Json:
        """Give the names as a private Chat object carries them."""
        fields = present(
            username=self.username, first_name=self.first_name, last_name=self.last_name
        )
        return fields or {"first_name": ""}


def anonymous_admin() -> User:
    """Make the account that speaks for anonymous administrators."""
    return User(GROUP_ANONYMOUS_BOT, "Group", username="GroupAnonymousBot", is_bot=True)
