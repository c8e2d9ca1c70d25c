"""One alert's way: from the lease through its message to the record of what became of it."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

from telegram.constants import ParseMode
from telegram.error import NetworkError, TelegramError
from telegram.ext import ExtBot

from bot.limiter import ALERT, RateLimiter, Withdrawn
from bot.metrics import Metrics
from bot.outcome import Attempt, Outcome, Verdict, outcome
from bot.sparing import Sparing
from bot.transport import AnswerLost
from handlers.alerts import alert_page
from handlers.entries import Entries
from handlers.paging import Page
from storage.errors import Unavailable
from storage.store import Alert, AlertContent, AlertState, Store

_AGAIN = 2.0  # seconds before a database that can't be written is tried again
_SOON = 1.5  # seconds that an alert waits for its turn before others are let in its place
_NO_PREVIEW = {"link_preview_options": {"is_disabled": True}}  # as an object it is converted anew

_TOPIC_GONE = (
    "The topic in which I was set up is gone or closed, so alerts come here from now on. "
    "A command to me in another topic lets an admin know that I am there."
)
_ENDS = {
    Verdict.UNKNOWN: AlertState.UNKNOWN,
    Verdict.GONE: AlertState.GONE,
    Verdict.REFUSED: AlertState.FAILED,
}

log = logging.getLogger(__name__)


class Courier:
    """Delivers single alerts; any number of them side by side."""

    def __init__(
        self,
        store: Store,
        bot: ExtBot[Any],
        clock: Callable[[], datetime],
        limiter: RateLimiter,
        metrics: Metrics,
        entries: Entries,
        paid: bool = False,
    ) -> None:
        self._store = store
        self._bot = bot
        self._clock = clock
        self._limiter = limiter
        self._metrics = metrics
        self._entries = entries
        self._paid = paid or None
        self._sparing = Sparing(log)
        self.revoked = asyncio.Event()
        """Set when Telegram no longer takes the token."""
        self.failures = 0
        """How many attempts in a row failed because of the network or of Telegram's servers."""

    async def deliver(self, alert: Alert, content: AlertContent | None) -> None:
        """Send one alert, in the ways that are left, and record what became of it."""
        if (delay := self._limiter.delay(alert.chat.id)) > _SOON:
            await self._postpone(alert, delay)
            return
        page = await self._page(alert.number, content)
        attempt = Attempt(alert, alert.chat.topic is not None) if page else None
        while attempt and page:
            attempt = await self._tried(attempt, page)

    async def _page(self, number: int, content: AlertContent | None) -> Page | None:
        """The message; when there is none to be made, the alert ends here."""
        try:
            if content is not None:
                return alert_page(number, content, self._entries)
            why = "no papers are left in it, or they can't be read"
        except Exception as error:  # one paper that can't be shown must not stop the others
            self._sparing.say("page", "alert %d can't be shown", number, error=error)
            why = f"it can't be shown: {error!r}"
        await self._record(lambda: self._store.alerts.end(number, AlertState.FAILED, why[:200]))
        return None

    async def _tried(self, attempt: Attempt, page: Page) -> Attempt | None:
        """Send it once; what to try next, or None when the alert's fate is recorded."""
        number, started = attempt.alert.number, time.perf_counter()
        try:
            message = await self._send(attempt, page)
        except Withdrawn:
            await self._postpone(attempt.alert, 0)
            return None
        except asyncio.CancelledError:
            await self._failed(attempt, AnswerLost("stopped before the answer came"))
            raise
        except Exception as error:  # whatever it is, it is this alert's alone: outcome() decides
            return await self._failed(attempt, error)
        self.failures = 0
        self._metrics.sent(time.perf_counter() - started)
        await self._record(lambda: self._store.alerts.sent(number, message, self._clock()))
        return None

    async def _send(self, attempt: Attempt, page: Page) -> int:
        """Send a page as an attempt says; Telegram's message_id."""
        message = await self._bot.send_message(
            attempt.alert.chat.id,
            page.html.html if attempt.formatted else page.html.plain,
            parse_mode=ParseMode.HTML if attempt.formatted else None,
            message_thread_id=attempt.alert.chat.topic if attempt.in_topic else None,
            reply_markup=page.keyboard,
            allow_paid_broadcast=self._paid,
            api_kwargs=dict(_NO_PREVIEW),  # python-telegram-bot writes into it
            rate_limit_args=ALERT,
        )
        return message.message_id

    async def _failed(self, attempt: Attempt, error: Exception) -> Attempt | None:
        """Do what the error means; the next attempt when there is one at once."""
        alert, decided = attempt.alert, outcome(error, attempt, self._clock())
        self._tell(alert, error, decided)
        match decided.verdict:
            case Verdict.PLAIN:
                return attempt._replace(formatted=False)
            case Verdict.TOPIC:
                await self._leave_topic(alert.chat.id)
                return attempt._replace(in_topic=False)
            case Verdict.STOP:
                self.revoked.set()
                await self._postpone(alert, 0)
            case _:
                await self._record(lambda: self._settle(alert, decided))
        return None

    async def _leave_topic(self, chat: int) -> None:
        """A chat's topic is gone: note that, and say it there once. What can't be told is left."""
        await self._record(lambda: self._store.subscribers.leave_topic(chat))
        try:
            await self._bot.send_message(chat, _TOPIC_GONE)
        except TelegramError as error:
            log.warning("chat %d could not be told that its topic is gone: %s", chat, error)

    async def _settle(self, alert: Alert, decided: Outcome) -> None:
        """Write down an outcome after which this attempt is over."""
        verdict, why, at, chat = decided
        if verdict is Verdict.MOVED and chat is not None:
            await self._store.subscribers.migrate(alert.chat.id, chat)
            await self._store.alerts.retry(alert.number, self._clock(), f"moved to {chat}")
        elif at is not None:
            await self._store.alerts.retry(alert.number, at, why, verdict is Verdict.DOUBT)
        else:
            if verdict is Verdict.GONE:
                await self._store.subscribers.lose(alert.chat.id)
            await self._store.alerts.end(alert.number, _ENDS[verdict], why)

    def _tell(self, alert: Alert, error: Exception, decided: Outcome) -> None:
        """Count a failure, and log it: each refused text, but of outages a line a minute."""
        verdict = decided.verdict
        (self._metrics.failed if verdict in _ENDS else self._metrics.retried)(error)
        out = isinstance(error, NetworkError) and verdict in (Verdict.RETRY, Verdict.DOUBT)
        self.failures = self.failures + 1 if out else 0
        line = "alert %d to chat %d: %s (%s)"
        facts = (alert.number, alert.chat.id, decided.why, verdict.name.lower())
        if verdict in (Verdict.PLAIN, Verdict.REFUSED):
            log.warning(line, *facts)
        else:
            self._sparing.say(f"{verdict.name} {type(error).__name__}", line, *facts)

    async def _postpone(self, alert: Alert, seconds: float) -> None:
        until = self._clock() + timedelta(seconds=seconds)
        await self._record(lambda: self._store.alerts.postpone(alert.number, until))

    async def _record(self, write: Callable[[], Awaitable[None]]) -> None:
        """Write to the database, again and again while it is full, locked or read-only.

        Meanwhile the alert stays held, so that none is sent whose fate could not be recorded.
        """
        while True:
            try:
                await write()
            except Unavailable as error:
                self._sparing.say("record", "what was sent can't be recorded: %s", error)
                await asyncio.sleep(_AGAIN)
            else:
                return
