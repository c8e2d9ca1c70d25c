"""A Telegram that runs on your own machine: a Bot API server for bots, and a way in for people.

Knows nothing of any bot. Start with `Playground`; `playground.client` drives its people.
"""

from playground.faults import Fault
from playground.flood import Limits
from playground.server import Playground, serve

__all__ = ["Fault", "Limits", "Playground", "serve"]
