"""The token gets into no log, by none of the four ways it has."""

import io
import logging
import traceback
from collections.abc import Iterator

import pytest
from telegram.error import InvalidToken

from bot import logs
from tests.bot.conftest import CANARY


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    stream, root = io.StringIO(), logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logs.configure("DEBUG", stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.parametrize(
    "message",
    [
        f"HTTP Request: POST https://api.telegram.org/bot{CANARY}/getMe",
        f"ExtBot[token={CANARY}]",
        f"https://x.org/?to=bot{CANARY.replace(':', '%3A')}",
        f"two of them: {CANARY} {CANARY}",
    ],
)
def test_a_token_in_a_message_is_taken_out(log: io.StringIO, message: str) -> None:
    logging.getLogger("anything").error(message)
    logging.getLogger("anything").error("%s", message)
    assert "canary" not in log.getvalue()
    assert "[token]" in log.getvalue()


def test_a_token_in_a_traceback_is_taken_out(log: io.StringIO) -> None:
    try:
        raise InvalidToken(f"The token `{CANARY}` was rejected by the server.")
    except InvalidToken:
        logging.getLogger("anything").exception("it failed")
        assert "canary" in traceback.format_exc()
    assert "Traceback" in log.getvalue()
    assert "canary" not in log.getvalue()


def test_request_lines_of_the_http_client_are_not_logged_at_all(log: io.StringIO) -> None:
    logging.getLogger("httpx").info("HTTP Request: POST /getUpdates")
    assert log.getvalue() == ""


def test_other_text_is_left_alone() -> None:
    assert logs.redacted("at 10:30:00 in 2002.10187") == "at 10:30:00 in 2002.10187"
