"""All actions and views of the person's side by name."""

from collections.abc import Callable
from typing import Any

from playground.args import Args
from playground.people import accounts, asking, groups, talking, topics, trouble, views
from playground.telegram import Telegram

Action = Callable[[Telegram, Args], Any]
"""Gives its result, or an awaitable of it."""

ACTIONS: dict[str, Action] = {
    **accounts.ACTIONS,
    **talking.ACTIONS,
    **asking.ACTIONS,
    **groups.ACTIONS,
    **topics.ACTIONS,
    **trouble.ACTIONS,
}
READS: dict[str, Action] = dict(views.READS)
