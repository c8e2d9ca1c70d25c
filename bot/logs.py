"""Logging, in one place, and the one thing that must never be in it: the bot's token.

The token has four ways into logs (httpx's request lines, python-telegram-bot's debug lines, the
text of its InvalidToken, and the `repr` of its objects in tracebacks). All of them pass through
the formatter of the handler, so that is where it is taken out.
"""

import logging
import re
import sys
from typing import TextIO

_TOKEN = re.compile(r"(?<!\d)\d{4,16}(?::|%3A)[A-Za-z0-9_-]{24,}", re.IGNORECASE)
_QUIET = ("httpx", "httpcore", "apscheduler", "tornado.access", "asyncio")


def redacted(text: str) -> str:
    """`text` without anything shaped like a bot's token (`123456:ABC…`), plain or in an address."""
    return _TOKEN.sub("[token]", text)


class RedactingFormatter(logging.Formatter):
    """Formats a record whole, traceback included, and then takes tokens out."""

    def format(self, record: logging.LogRecord) -> str:
        """The line (or lines) for `record`."""
        return redacted(super().format(record))


def configure(level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send all logging to `stream` (standard error) through the one handler there is."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(RedactingFormatter("%(asctime)s %(levelname)-7s %(name)s: %(message)s"))
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
