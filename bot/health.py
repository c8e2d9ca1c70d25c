"""A small web server on loopback for those who watch over the program: /metrics and /healthz."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from aiohttp import web

from bot.config import ConfigurationError
from bot.metrics import Metrics
from papers.errors import PaperboyError
from storage.store import Store

_LAG = 300.0  # seconds that an alert may be late ...
_STANDSTILL = 120.0  # ... as long as others go out within these
_SILENCE = 120.0  # seconds without an answer to a poll, which otherwise take ten


class Health:
    """Answers for one running program."""

    def __init__(self, store: Store, metrics: Metrics, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._metrics = metrics
        self._clock = clock

    @asynccontextmanager
    async def serving(self, port: int) -> AsyncIterator[int]:
        """Listen on loopback until the block is left; gives the port (0: any free one).

        Raises ConfigurationError when it is taken.
        """
        app = web.Application()
        app.add_routes([web.get("/metrics", self._page), web.get("/healthz", self._healthz)])
        runner = web.AppRunner(app, access_log=None)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", port)
            try:
                await site.start()
            except OSError as error:
                raise ConfigurationError(f"PAPERBOY_METRICS_PORT {port}: {error}") from error
            yield runner.addresses[0][1]
        finally:
            await runner.cleanup()

    async def troubles(self) -> list[str]:
        """What stands still, in words; nothing when all is well."""
        try:
            lag = (await self._store.alerts.counts(self._clock())).lag(self._clock())
        except PaperboyError as error:
            return [str(error)]
        now = time.monotonic()
        troubles = []
        if lag > _LAG and (still := now - self._metrics.last_progress) > _STANDSTILL:
            troubles.append(f"an alert is {lag:.0f} s late and none went out for {still:.0f} s")
        if (silent := now - self._metrics.last_poll) > _SILENCE:
            troubles.append(f"Telegram has not answered a poll for {silent:.0f} s")
        return troubles

    async def _healthz(self, _: web.Request) -> web.Response:
        troubles = await self.troubles()
        return web.Response(text="\n".join(troubles) or "ok", status=503 if troubles else 200)

    async def _page(self, _: web.Request) -> web.Response:
        try:
            outbox = await self._store.alerts.counts(self._clock())
        except PaperboyError as error:
            return web.Response(text=str(error), status=503)
        page = self._metrics.page(outbox, outbox.lag(self._clock()))
        return web.Response(body=page, headers={"Content-Type": "text/plain; version=0.0.4"})
