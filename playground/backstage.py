"""What the program behind a playground shows beside the chats. Knows no bot."""

from collections.abc import Awaitable, Callable

from playground.wire import Json

Action = Callable[[], Awaitable[object]]


class Backstage:
    """Facts and buttons by name, in the order they came. `tell` hears of each change."""

    def __init__(self, tell: Callable[[Json], None]) -> None:
        self._tell = tell
        self._facts: dict[str, Json] = {}
        self._labels: dict[str, str] = {}
        self.actions: dict[str, Action] = {}

    def show(self, name: str, title: str, rows: list[list[str]]) -> None:
        """Show a fact: a title over rows of cells. The same name replaces it."""
        self._facts[name] = {"name": name, "title": title, "rows": rows}
        self._tell(self.view())

    def offer(self, name: str, label: str, action: Action) -> None:
        """Show a button that runs `action` when pushed; the same name replaces it."""
        self._labels[name] = label
        self.actions[name] = action
        self._tell(self.view())

    def view(self) -> Json:
        """Give facts and buttons as a JSON object."""
        buttons = [{"id": name, "label": label} for name, label in self._labels.items()]
        return {"facts": list(self._facts.values()), "buttons": buttons}
