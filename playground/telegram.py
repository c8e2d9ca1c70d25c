"""This Telegram as one object: its state, queue, log and clock. No HTTP, no rule of any method."""

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict

from playground.backstage import Backstage
from playground.calls import Call, Calls
from playground.events import Events
from playground.faults import Fault, Faults
from playground.flood import Flood, Limits
from playground.questions import Questions
from playground.state.files import Files
from playground.state.messages import Message
from playground.state.profile import Profile
from playground.state.users import User
from playground.state.world import World
from playground.updates import Updates
from playground.webhook import Webhook
from playground.wire import Json

KEPT_EVENTS = 20_000
KEPT_CALLS = 100_000


class Telegram:
    """All that one playground holds. `clock` gives Unix seconds; `token` is the bot's."""

    def __init__(
        self,
        bot: User,
        token: str,
        clock: Callable[[], float] = time.time,
        limits: Limits | None = None,
        history: int = 100_000,
    ) -> None:
        self.token = token
        self.clock = clock
        self.world = World(bot, history)
        self.files = Files()
        self.profile = Profile(bot)
        self.updates = Updates(clock)
        self.webhook = Webhook()
        self.events = Events(KEPT_EVENTS)
        self.calls = Calls(KEPT_CALLS)
        self.faults = Faults(time.monotonic)
        self.flood = Flood(limits, time.monotonic)
        self.presses = Questions(time.monotonic, 3_000_000_000_000_001)
        self.inline_queries = Questions(time.monotonic, 7_000_000_000_000_003)
        self.inline_messages: dict[str, Message] = {}
        self.backstage = Backstage(lambda view: self.publish("backstage", backstage=view))
        self.poll: object = None
        """Which poller is being served; a new one takes its place."""
        self.reads_all_groups = False
        """Whether the bot's privacy mode is off (BotFather's /setprivacy)."""

    def now(self) -> int:
        """Give the time as messages carry it: whole Unix seconds."""
        return int(self.clock())

    def publish(self, kind: str, **data: object) -> None:
        """Tell the watchers what happened; None values are left out."""
        kept = {name: value for name, value in data.items() if value is not None}
        self.events.add(kind, self.clock(), kept)

    def order_fault(self, fault: Fault) -> None:
        """Put a fault in force, and say so."""
        self.faults.order(fault)
        self.publish("faults", faults=self.faults.views())

    def clear_faults(self) -> None:
        """Let everything go well again, and say so."""
        self.faults.clear()
        self.publish("faults", faults=[])

    def set_limits(self, limits: Limits | None) -> None:
        """Set the flood limits, or switch them off with None."""
        self.flood.set(limits)
        self.publish("limits", limits=self.limits_view())

    def log(self, call: Call) -> None:
        """Keep a Bot API call and tell the watchers about it."""
        self.calls.add(call)
        view = call.view()
        del view["parameters"]
        self.publish("call", call=view)

    def calls_of(self, *methods: str) -> Sequence[Call]:
        """List the kept calls of these methods (all, when none is named), oldest first."""
        wanted = {method.lower() for method in methods}
        return [c for c in self.calls.after(0) if not wanted or c.method.lower() in wanted]

    def limits_view(self) -> Json | None:
        """Give the flood limits as a JSON object, or None when there are none."""
        limits = self.flood.limits
        return None if limits is None else asdict(limits)
