"""How a bot gets its updates: getUpdates and the webhook methods."""

import asyncio
import contextlib
import string
from urllib.parse import urlsplit

from playground.args import Args
from playground.errors import bad_request, conflict
from playground.telegram import Telegram
from playground.updates import Updates
from playground.webhook import Webhook
from playground.wire import Json

LONGEST_POLL = 50
SECRET_CHARACTERS = frozenset(string.ascii_letters + string.digits + "_-")
OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active;"
    " use deleteWebhook to delete the webhook first"
)


async def get_updates(telegram: Telegram, args: Args) -> list[Json]:
    """Give the waiting updates, or wait up to `timeout` seconds for one.

    A second poller ends the first with a 409; a webhook keeps all out.
    """
    if telegram.webhook.url:
        raise conflict(WEBHOOK_ACTIVE)
    updates = telegram.updates
    ticket = telegram.poll = object()
    updates.wake()
    _remember_allowed(updates, args)
    updates.confirm(args.integer("offset"))
    limit = min(max(args.integer("limit", 100), 1), 100)
    timeout = min(max(args.integer("timeout"), 0), LONGEST_POLL)
    found = updates.first(limit)
    deadline = asyncio.get_running_loop().time() + timeout
    while not found and (left := deadline - asyncio.get_running_loop().time()) > 0:
        await _arrival(updates, left)
        if telegram.poll is not ticket:
            raise conflict(OTHER_POLLER)
        if telegram.webhook.url:
            raise conflict("terminated by setWebhook request")
        found = updates.first(limit)
    return found


async def _arrival(updates: Updates, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(updates.arrival.wait(), seconds)


def _remember_allowed(updates: Updates, args: Args) -> None:
    """Take over `allowed_updates`; without it the earlier setting stays (Bot API, getUpdates)."""
    if args.has("allowed_updates"):
        kinds = args.array("allowed_updates", "allowed_updates") or []
        if not all(isinstance(kind, str) for kind in kinds):
            raise bad_request("Can't parse allowed_updates: expected an Array of String")
        updates.allow(kinds)


def set_webhook(telegram: Telegram, args: Args) -> bool:
    """Send updates to `url` from now on; an empty one goes back to polling."""
    url = args.text("url")
    if not url:
        return delete_webhook(telegram, args)
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = args.text("secret_token")
    if len(secret) > 256:
        raise bad_request("secret token is too long")
    if not set(secret) <= SECRET_CHARACTERS:
        raise bad_request("secret token contains unallowed characters")
    _remember_allowed(telegram.updates, args)
    if args.flag("drop_pending_updates"):
        telegram.updates.clear()
    connections = min(max(args.integer("max_connections", 40), 1), 100)
    telegram.webhook = Webhook(url, secret, connections)
    telegram.updates.wake()
    telegram.publish("webhook", url=url)
    return True


def delete_webhook(telegram: Telegram, args: Args) -> bool:
    """Go back to polling."""
    if args.flag("drop_pending_updates"):
        telegram.updates.clear()
    telegram.webhook = Webhook()
    telegram.updates.wake()
    telegram.publish("webhook", url="")
    return True


def get_webhook_info(telegram: Telegram, _: Args) -> Json:
    """Give the webhook's state."""
    return telegram.webhook.view(len(telegram.updates), telegram.updates.allowed)


METHODS = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
