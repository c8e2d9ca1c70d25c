"""Who is in a chat and what they may do there. Pure."""

from dataclasses import dataclass, field
from typing import Literal

from playground.state.users import User
from playground.wire import Json, present

Status = Literal["creator", "administrator", "member", "left", "kicked"]

GROUP_RIGHTS = ("can_pin_messages", "can_manage_topics")
CHANNEL_RIGHTS = ("can_post_messages", "can_edit_messages")
COMMON_RIGHTS = (
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
)
NOT_GIVEN_BY_DEFAULT = {"can_promote_members"}


@dataclass(slots=True)
class Member:
    """One user's place in one chat."""

    user: User
    status: Status = "member"
    rights: dict[str, bool] = field(default_factory=dict)
    is_anonymous: bool = False
    custom_title: str = ""

    @property
    def is_admin(self) -> bool:
        """Say whether the user runs the chat, as its creator or an administrator."""
        return self.status in ("creator", "administrator")

    @property
    def is_in(self) -> bool:
        """Say whether the user is in the chat now."""
        return self.status not in ("left", "kicked")

    def may(self, right: str) -> bool:
        """Say whether an administrator right is held; a creator holds all."""
        return self.status == "creator" or (self.is_admin and self.rights.get(right, False))

    def view(self) -> Json:
        """Give the Bot API's ChatMember object."""
        base: Json = {"user": self.user.view(), "status": self.status}
        if self.status == "kicked":
            return base | {"until_date": 0}
        if not self.is_admin:
            return base
        base |= {"is_anonymous": self.is_anonymous, **present(custom_title=self.custom_title)}
        if self.status == "creator":
            return base
        return base | {"can_be_edited": False} | self.rights


def default_rights(is_channel: bool) -> dict[str, bool]:
    """Give the rights a new administrator gets: all that make sense there but promoting others."""
    names = COMMON_RIGHTS + (CHANNEL_RIGHTS if is_channel else GROUP_RIGHTS)
    return {name: name not in NOT_GIVEN_BY_DEFAULT for name in names}
