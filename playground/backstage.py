"""What a program that runs the playground shows beside the chats: facts and buttons. Knows no
bot."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from playground.wire import Json

Action = Callable[[], Awaitable[object]]


@dataclass(slots=True)
class Backstage:
    """Facts by name, in the order they were first shown, and buttons by id."""

    facts: dict[str, Json] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    actions: dict[str, Action] = field(default_factory=dict)

    def view(self) -> Json:
        """Give facts and buttons as a JSON object."""
        buttons = [{"id": name, "label": label} for name, label in self.labels.items()]
        return {"facts": list(self.facts.values()), "buttons": buttons}
