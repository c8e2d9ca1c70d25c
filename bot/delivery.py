"""The delivery engine: takes due alerts out of the outbox and has them delivered side by side.

Alerts are leased in batches, sent concurrently, and recorded one by one (see `courier`); nothing is
marked sent before Telegram confirmed it. A lease that a crash left behind runs out, and the alert
is taken up again: nothing is lost, and what was in flight at that instant may arrive twice. What an
error means is decided in `outcome`; when a message may go, in `limiter`.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from bot.config import ConfigurationError
from bot.courier import Courier
from bot.limiter import RateLimiter
from bot.sparing import Sparing
from storage.errors import Unavailable
from storage.store import Store

LEASE = timedelta(minutes=2)  # more than a send can take
AT_ONCE = 100
_LOOK = 1.0  # seconds between looks for what has fallen due
_OUTAGE = 10  # failures in a row after which one alert at a time asks whether Telegram is back ...
_PROBE = 10.0  # ... so many seconds apart
_GRACE = 5.0  # seconds for what is in flight when told to stop

log = logging.getLogger(__name__)


class Delivery:
    """Delivers what is due. Can be stopped anywhere and started again."""

    def __init__(
        self,
        store: Store,
        courier: Courier,
        limiter: RateLimiter,
        clock: Callable[[], datetime],
        at_once: int = AT_ONCE,
        lease: timedelta = LEASE,
    ) -> None:
        self._store = store
        self._courier = courier
        self._limiter = limiter
        self._clock = clock
        self._at_once = at_once
        self._lease = lease
        self._held: dict[int, asyncio.Task[None]] = {}
        self._wake = asyncio.Event()
        self._stopping = asyncio.Event()
        self._sparing = Sparing(log)

    async def run(self) -> None:
        """Deliver what falls due until told to stop. Raises ConfigurationError for the token."""
        while not self._stopping.is_set():
            if self._courier.failures >= _OUTAGE and not self._held:
                await _first(self._stopping, _PROBE)
            self._wake.clear()
            if not await self._take():
                await _first(self._wake, _LOOK)
            if self._courier.revoked.is_set():
                raise ConfigurationError(
                    "Telegram no longer takes the token: it was revoked, or the bot deleted. Ask "
                    "@BotFather for the current one; alerts that are due wait until then"
                )

    async def stop(self) -> None:
        """Finish what is in flight within seconds; what was not sent yet is left for next time."""
        self._stopping.set()
        self._wake.set()
        self._limiter.withdraw_alerts()
        if tasks := list(self._held.values()):
            _, late = await asyncio.wait(tasks, timeout=_GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def drain(self) -> None:
        """Deliver all that is due now, and come back when nothing is left."""
        while True:
            self._wake.clear()
            if not await self._take():
                if not self._held:
                    return
                await self._wake.wait()

    async def _take(self) -> int:
        """Lease what there is room for and begin to deliver it; how many alerts that were."""
        room = self._room()
        if room <= 0 or self._stopping.is_set():
            return 0
        now = self._clock()
        try:
            leased = await self._store.alerts.lease(now, now + self._lease, room)
            contents = await self._store.alerts.contents([alert.number for alert in leased])
        except Unavailable as error:
            self._sparing.say("lease", "nothing can be delivered for now: %s", error)
            return 0
        fresh = [alert for alert in leased if alert.number not in self._held]
        for alert in fresh:
            task = asyncio.create_task(self._courier.deliver(alert, contents.get(alert.number)))
            self._held[alert.number] = task
            task.add_done_callback(partial(self._done, alert.number))
        return len(fresh)

    def _room(self) -> int:
        """How many more alerts to take: many at a time, or none; one while there is an outage."""
        if self._courier.failures >= _OUTAGE:
            return 0 if self._held else 1
        free = self._at_once - len(self._held)
        return free if free * 2 >= self._at_once else 0

    def _done(self, number: int, task: asyncio.Task[None]) -> None:
        del self._held[number]
        self._wake.set()
        if not task.cancelled() and (error := task.exception()):
            self._sparing.say("fault", "alert %d: a fault of ours", number, error=error)


async def _first(event: asyncio.Event, seconds: float) -> None:
    """Wait for an event, but no longer than so many seconds."""
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
