"""Draining the outbox: what is due is rendered, sent, and marked once Telegram has said yes."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import NamedTuple

from telegram import Bot, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from handlers.alerts import alert_page
from storage.store import Alert, AlertState, Store

log = logging.getLogger(__name__)

_BATCH = 30
_LEASE = timedelta(minutes=2)
_ATTEMPTS = 8
_GONE = ("chat not found", "not enough rights", "chat_write_forbidden", "user is deactivated")


class Outcome(NamedTuple):
    """What a failure means for an alert: when to try again, or in which state it ends."""

    retry: timedelta | None = None
    state: AlertState = AlertState.FAILED
    chat_gone: bool = False


def outcome(error: TelegramError, attempts: int) -> Outcome:
    """Decide what `error` means for an alert that was tried `attempts` times before.

    (BadRequest is a NetworkError to python-telegram-bot, so the order here matters.)
    """
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return Outcome(after if isinstance(after, timedelta) else timedelta(seconds=after))
    if isinstance(error, Forbidden):
        return Outcome(state=AlertState.GONE, chat_gone=True)
    if isinstance(error, BadRequest):
        gone = any(text in error.message.lower() for text in _GONE)
        return Outcome(state=AlertState.GONE if gone else AlertState.FAILED, chat_gone=gone)
    if isinstance(error, NetworkError) and attempts + 1 < _ATTEMPTS:
        return Outcome(timedelta(seconds=min(2.0**attempts * 2, 600)))
    return Outcome()


class Delivery:
    """Delivers what is due. Can be stopped anywhere and started again."""

    def __init__(self, store: Store, bot: Bot, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._bot = bot
        self._clock = clock

    async def drain(self) -> int:
        """Send all that is due now; how many messages were confirmed."""
        sent = 0
        while alerts := await self._lease():
            for alert in alerts:
                sent += await self._deliver(alert)
        return sent

    async def _lease(self) -> list[Alert]:
        now = self._clock()
        return list(await self._store.alerts.lease(now, now + _LEASE, _BATCH))

    async def _deliver(self, alert: Alert) -> bool:
        content = await self._store.alerts.content(alert.number)
        if content is None:
            await self._store.alerts.end(
                alert.number, AlertState.FAILED, "no papers are left in it"
            )
            return False
        page = alert_page(alert.number, content)
        try:
            message = await self._bot.send_message(
                alert.chat.id,
                page.html.html,
                parse_mode=ParseMode.HTML,
                message_thread_id=alert.chat.topic,
                reply_markup=page.keyboard,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
            )
        except InvalidToken:
            raise
        except ChatMigrated as error:
            await self._store.subscribers.migrate(alert.chat.id, error.new_chat_id)
            await self._store.alerts.retry(alert.number, self._clock(), "moved to a supergroup")
            return False
        except TelegramError as error:
            await self._failed(alert, error)
            return False
        await self._store.alerts.sent(alert.number, message.message_id, self._clock())
        return True

    async def _failed(self, alert: Alert, error: TelegramError) -> None:
        decided = outcome(error, alert.attempts)
        log.warning("alert %d to chat %d: %s", alert.number, alert.chat.id, error.message)
        if decided.chat_gone:
            await self._store.subscribers.lose(alert.chat.id)
        if decided.retry is not None:
            at = self._clock() + decided.retry
            await self._store.alerts.retry(alert.number, at, error.message)
        else:
            await self._store.alerts.end(alert.number, decided.state, error.message)
