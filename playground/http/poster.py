"""Posting updates to a webhook, and trying again until it takes them."""

import asyncio
import contextlib

from aiohttp import ClientError, ClientSession, ClientTimeout

from playground.args import Args
from playground.errors import ApiError
from playground.methods.table import METHODS, WAITING
from playground.telegram import Telegram
from playground.webhook import Webhook
from playground.wire import dump

FIRST_PAUSE = 0.25
LONGEST_PAUSE = 30.0
TIMEOUT = ClientTimeout(total=30)


async def post_updates(telegram: Telegram) -> None:
    """Post waiting updates one by one while a webhook is set; runs until cancelled."""
    pause = FIRST_PAUSE
    async with ClientSession(timeout=TIMEOUT) as session:
        while True:
            arrival = telegram.updates.arrival
            waiting = telegram.updates.first(1)
            if not telegram.webhook.url or not waiting:
                await arrival.wait()
            elif await _post(telegram, session, telegram.webhook, dump(waiting[0])):
                telegram.updates.confirm(waiting[0]["update_id"] + 1)
                pause = FIRST_PAUSE
            else:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(_changed(telegram, telegram.webhook), pause)
                pause = min(pause * 2, LONGEST_PAUSE)


async def _changed(telegram: Telegram, webhook: Webhook) -> None:
    """Wait until another webhook is set."""
    while telegram.webhook is webhook:
        await telegram.updates.arrival.wait()


async def _post(
    telegram: Telegram, session: ClientSession, webhook: Webhook, update: bytes
) -> bool:
    """Post one update; gives whether it was taken. A method call in the answer is carried out."""
    headers = {"Content-Type": "application/json"}
    if webhook.secret_token:
        headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret_token
    try:
        async with session.post(webhook.url, data=update, headers=headers) as answer:
            if answer.status // 100 != 2:
                text = f"Wrong response from the webhook: {answer.status} {answer.reason}"
                return _failed(telegram, webhook, text)
            body = await answer.json(content_type=None) if answer.content_length else None
    except (ClientError, TimeoutError, ValueError) as error:
        return _failed(telegram, webhook, f"Connection failed: {type(error).__name__}")
    if isinstance(body, dict) and isinstance(body.get("method"), str):
        _carry_out(telegram, body["method"], Args(body))
    return True


def _failed(telegram: Telegram, webhook: Webhook, text: str) -> bool:
    webhook.last_error_date = telegram.now()
    webhook.last_error_message = text
    telegram.publish("webhook", url=webhook.url, error=text)
    return False


def _carry_out(telegram: Telegram, method: str, args: Args) -> None:
    """Call the method that a webhook's answer names; nobody hears of the result, as on Telegram."""
    found = METHODS.get(method.lower())
    if found and method.lower() not in WAITING:
        with contextlib.suppress(ApiError):
            found[1](telegram, args)
