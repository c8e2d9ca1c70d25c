"""Receiving: updates are fetched from Telegram, stored, acknowledged, handled and dropped.

python-telegram-bot's own polling acknowledges updates that no handler has seen yet, so a crash
loses them, and one update that it cannot read stops it for good. Here an update is stored before
it is acknowledged, one that can't be read is set aside and the next one handled, and each is
dropped only when it was handled.
"""

import asyncio
import json
import logging
import time
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application
from telegram.request import BaseRequest

from bot.config import ConfigurationError
from bot.lanes import Lanes, lane_of
from bot.metrics import Metrics
from bot.sparing import Sparing
from storage.errors import Unavailable
from storage.store import Store
from storage.traffic import Incoming

UPDATES = [Update.MESSAGE, Update.CHANNEL_POST, Update.CALLBACK_QUERY, Update.MY_CHAT_MEMBER]
_POLL = 10  # seconds that Telegram keeps a poll open when there is nothing
_APART = 0.35  # seconds between polls that bring nothing readable
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 30.0  # seconds after failures
_LARGEST_ID = 2**62
_LONGEST_NOTE = 200

log = logging.getLogger(__name__)


class Intake:
    """The one that asks Telegram for updates."""

    def __init__(
        self,
        application: Application[Any, Any, Any, Any, Any, Any],
        request: BaseRequest,
        store: Store,
        clock: Callable[[], datetime],
        metrics: Metrics,
    ) -> None:
        self._bot = application.bot
        self._request = request
        self._inbox = store.inbox
        self._clock = clock
        self._metrics = metrics
        self._lanes = Lanes(application, store.inbox, metrics)
        self._sparing = Sparing(log)
        self._pause = 0.0

    async def run(self) -> None:
        """Handle what was stored and not handled before, and then what comes, until cancelled.

        Raises ConfigurationError when Telegram no longer takes the token.
        """
        await self._resume()
        while True:
            try:
                await self._lanes.room()
                await self._turn()
                self._pause = 0.0
            except InvalidToken:
                raise ConfigurationError(
                    "Telegram no longer takes the token: it was revoked, or the bot deleted. Ask "
                    "@BotFather for the current one"
                ) from None
            except (TelegramError, Unavailable) as error:
                await self._failed(error)

    async def stop(self) -> None:
        """Finish what is being handled, within seconds. The rest is stored for the next time."""
        await self._lanes.stop()

    async def _resume(self) -> None:
        waiting = await self._inbox.waiting()
        if waiting:
            log.info("%d updates were left to be handled", len(waiting))
        for incoming in waiting:
            update, refused = self._read(json.loads(incoming.payload))
            if update is None:
                log.warning("update %d is dropped: %s", incoming.update_id, refused)
                await self._inbox.done(incoming.update_id)
            else:
                self._lanes.add(update)

    async def _turn(self) -> None:
        """Ask once, store what comes, and hand it on."""
        started = time.monotonic()
        following = await self._inbox.following(self._clock())
        raw = [each for each in await self._ask(following) if _identified(each)]
        updates: dict[int, Update] = {}
        incoming = []
        lanes: Counter[int] = Counter()
        for each in raw:
            update, refused = self._read(each)
            if update is not None and self._lanes.full(update, lanes[lane_of(update)]):
                update, refused = None, "too many updates of this chat were waiting"
            if update is not None:
                updates[update.update_id] = update
                lanes[lane_of(update)] += 1
            incoming.append(Incoming(each["update_id"], json.dumps(each), refused))
        if incoming:
            following = max(each.update_id for each in incoming) + 1
            for number in await self._inbox.add(incoming, following, self._clock()):
                self._lanes.add(updates[number])
        self._report([each for each in incoming if each.refused])
        if len(updates) < len(raw) or not raw:
            await asyncio.sleep(max(started + _APART - time.monotonic(), 0))

    async def _ask(self, following: int) -> list[Any]:
        """One getUpdates. (Bot.get_updates can't be used: one bad update hides all others.)"""
        query = {
            "offset": following,
            "timeout": _POLL,
            "allowed_updates": json.dumps(UPDATES),
        }
        address = f"{self._bot.base_url}/getUpdates?{urlencode(query)}"
        answer: Any = await self._request.post(address, read_timeout=_POLL + 20)
        return answer if isinstance(answer, list) else []

    def _read(self, raw: Any) -> tuple[Update | None, str | None]:
        """The update, or why it can't be read."""
        try:
            update = Update.de_json(raw, self._bot)
            if not isinstance(lane_of(update), int):
                raise TypeError("its chat has no number")
            return update, None
        except Exception as error:  # python-telegram-bot stumbles in many ways over bad shapes
            note = f"{type(error).__name__}: {error}"[:_LONGEST_NOTE]
            return None, note.encode("ascii", "backslashreplace").decode()

    def _report(self, refused: list[Incoming]) -> None:
        self._metrics.polled(len(refused))
        for each in refused:
            self._sparing.say(
                "refused", "update %d was set aside: %s", each.update_id, each.refused
            )

    async def _failed(self, error: TelegramError | Unavailable) -> None:
        """Say what is wrong, and wait: longer each time."""
        if isinstance(error, Conflict):
            text = "another program receives this bot's updates, stop one of the two: %s"
        elif isinstance(error, Unavailable):
            text = "updates are left with Telegram for now, because they can't be stored: %s"
        else:
            text = "Telegram can't be asked for updates: %s"
        self._sparing.say(type(error).__name__, text, error)
        self._pause = min(self._pause * 2, _LONGEST_PAUSE) or _FIRST_PAUSE
        await asyncio.sleep(max(self._pause, _asked(error)))


def _identified(raw: object) -> bool:
    """Whether it has an update_id by which it can be acknowledged. Telegram's always have."""
    number = raw.get("update_id") if isinstance(raw, dict) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < _LARGEST_ID


def _asked(error: Exception) -> float:
    if not isinstance(error, RetryAfter):
        return 0.0
    after = error.retry_after
    return float(after) if isinstance(after, int) else after.total_seconds()
