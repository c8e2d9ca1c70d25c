"""The bot itself: getMe and the end of a session."""

from playground.args import Args
from playground.telegram import Telegram
from playground.wire import Json


def get_me(telegram: Telegram, _: Args) -> Json:
    """Give the bot's User object, with what it can do."""
    return {
        **telegram.world.bot.view(),
        "can_join_groups": True,
        "can_read_all_group_messages": telegram.reads_all_groups,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
    }


def log_out(_telegram: Telegram, _args: Args) -> bool:
    """Say yes; the playground keeps no session."""
    return True


METHODS = {"getMe": get_me, "logOut": log_out, "close": log_out}
