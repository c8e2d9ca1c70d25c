"""What `paperboy demo` shows behind the scenes, and its buttons: morning, a digest, trouble.

The stage touches only what an operator could: it moves the program's clock, ingests digests, and
orders the playground's Telegram to fail. How the alerts get through is the program's own doing.
"""

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files

from bot.ingest import ingest
from handlers.days import day_name
from papers import markdown
from papers.calendar import announced_at
from papers.digest import Digest
from playground import Fault, Playground
from storage.store import Alert, AlertState, Store

_MORNING = time(8, tzinfo=UTC)
_LOOK = 0.3  # seconds between looks into the store
_LISTED = 5  # waiting alerts shown one by one
_SAMPLES = ("cs.CV-2020-02-25.md", "cs.CV-2020-02-26.md", "cs.CV-2020-02-27.md")
_SAID_BY_NUMBER = {AlertState.PENDING: "waiting", AlertState.SENT: "sent"}
_UNSENT = (AlertState.UNKNOWN, AlertState.FAILED, AlertState.GONE)


def trouble() -> list[Fault]:
    """Half a minute of trouble: too many requests, then a proxy's error pages, then cut lines.

    Of several faults the first in force hits, so each begins when the one before it ends.
    """
    too_many = "Too Many Requests: retry after 3"
    return [
        Fault("error", "sendMessage", duration=2.5, code=429, description=too_many, retry_after=3),
        Fault("html", "sendMessage", duration=5.5, code=502),
        Fault("drop_before", "sendMessage", duration=30),
    ]


def samples() -> list[Digest]:
    """The bundled digests: parts of a real day, with abstracts in Paperboy's own words."""
    folder = files("bot") / "samples"
    return [markdown.parse((folder / name).read_bytes()) for name in _SAMPLES]


@dataclass
class Clock:
    """A clock that runs like any other, from a moment of one's choice, and can be moved on."""

    ahead: timedelta = field(default_factory=timedelta)

    def __call__(self) -> datetime:
        """The time there (aware)."""
        return datetime.now(UTC) + self.ahead

    def unix(self) -> float:
        """The same in Unix seconds."""
        return self().timestamp()

    def set(self, moment: datetime) -> None:
        """Make it `moment` (aware) now."""
        self.ahead = moment - datetime.now(UTC)

    def move_to(self, moment: datetime) -> None:
        """Let the time until `moment` pass; nothing happens when it has passed already."""
        if moment > self():
            self.set(moment)


def morning(day: date) -> datetime:
    """Eight o'clock on `day`, UTC."""
    return datetime.combine(day, _MORNING)


class Stage:
    """Facts and buttons beside the chats of `telegram`. `further` are digests to come."""

    def __init__(
        self, telegram: Playground, store: Store, clock: Clock, further: Iterable[Digest] = ()
    ) -> None:
        self.store = store
        self.clock = clock
        self._telegram = telegram.telegram
        self._backstage = telegram.backstage
        self._further: Iterator[Digest] = iter(further)
        self._shown: dict[str, list[list[str]]] = {}

    async def run(self) -> None:
        """Offer the buttons and keep the facts true, until cancelled."""
        self._backstage.offer("morning", "Next morning", self.next_morning)
        self._backstage.offer("digest", "A new digest arrives", self.new_digest)
        self._backstage.offer("trouble", "Telegram has trouble", self.trouble)
        while True:
            await self.refresh()
            await asyncio.sleep(_LOOK)

    async def next_morning(self) -> str:
        """Move the clock on to the next delivery, or to eight o'clock; what was trouble is over."""
        self._telegram.clear_faults()
        waiting = await self._waiting()
        now = self.clock()
        later = min((alert.due for alert in waiting if alert.due > now), default=None)
        first = morning(now.date())
        self.clock.move_to(later or (first if first > now else first + timedelta(days=1)))
        return f"It is {_moment(self.clock())}."

    async def new_digest(self) -> str:
        """Let the next digest arrive, in the night in which it is announced."""
        digest = next(self._further, None)
        if digest is None:
            return "That was the last digest of the sample."
        self.clock.move_to(announced_at(digest.day))
        report = await ingest(self.store, digest, self.clock)
        return f"{report.papers} new papers; alerts for {report.alerts} chats."

    async def trouble(self) -> str:
        """Order trouble, and see to it that there is an alert to come through."""
        for fault in trouble():
            self._telegram.order_fault(fault)
        if not await self._waiting():
            await self.new_digest()
        await self.let_fall_due()
        return "Half a minute of trouble has begun."

    async def let_fall_due(self) -> None:
        """Move the clock on until all alerts that wait are due."""
        for alert in await self._waiting():
            self.clock.move_to(alert.due)

    async def refresh(self) -> None:
        """Show the facts that have changed."""
        self._show("clock", "The clock here", [["now", _moment(self.clock())]])
        for info in (await self.store.digests.newest())[:1]:
            yours = await self._matches(info.day)
            rows = [["papers", str(info.papers)], ["matched", str(yours)]]
            self._show("digest", f"Newest digest: {info.category}, {day_name(info.day)}", rows)
        states = (await self.store.alerts.counts(self.clock())).states
        counted = [[said, str(states.get(state, 0))] for state, said in _SAID_BY_NUMBER.items()]
        unsent = str(sum(states.get(state, 0) for state in _UNSENT))
        self._show("outbox", "Outbox", [*counted, ["not sent", unsent]])
        lines = [_line(alert) for alert in (await self._waiting())[:_LISTED]]
        self._show(
            "waiting", "Waiting", [["alert", "tries", "due", "why"], *lines] if lines else []
        )

    async def _matches(self, day: date) -> int:
        alerts = [alert for alert in await self.store.alerts.listed() if alert.day == day]
        contents = await self.store.alerts.contents([alert.number for alert in alerts])
        return len({item.paper.id for content in contents.values() for item in content.items})

    async def _waiting(self) -> list[Alert]:
        return list(await self.store.alerts.listed(AlertState.PENDING))

    def _show(self, name: str, title: str, rows: list[list[str]]) -> None:
        if self._shown.get(name) != rows:
            self._shown[name] = rows
            self._backstage.show(name, title, rows)


def _line(alert: Alert) -> list[str]:
    note = alert.note or "not tried yet"
    return [f"#{alert.number}", str(alert.attempts), f"{alert.due:%H:%M:%S}", note]


def _moment(moment: datetime) -> str:
    return f"{day_name(moment.date())}, {moment:%H:%M} UTC"
