"""What becomes of an alert that could not be sent: decided from the error alone. Pure.

The Bot API knows no idempotency key, so a message whose answer was lost may or may not have
arrived, and trying again may double it. The policy: never lost, rarely doubled. A lost answer is
tried again once, after a pause; lost a second time, the alert ends as `unknown` and stays listed.

Which words mean what: tdlib/telegram-bot-api Client.cpp and td's error codes. python-telegram-bot
lower-cases them, and BadRequest and TimedOut are NetworkErrors to it, so the order here matters.
"""

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import NamedTuple

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TimedOut,
)

from bot.transport import AnswerLost
from storage.store import Alert

ATTEMPTS = 60  # with the pauses below, about four hours
LONGEST_PAUSE = 300.0  # seconds
_DOUBT_PAUSE = 30.0  # seconds before the one repetition of a message that may have arrived
_LONGEST_NOTE = 200

_GONE = (
    "chat not found",
    "user not found",
    "user_id_invalid",
    "peer_id_invalid",
    "chat_id is empty",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "chat_write_forbidden",
    "chat_admin_required",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "channel_private",
    "user_is_blocked",
    "input_user_deactivated",
    "user is deactivated",
    "bot_blocked",
    "group chat was deactivated",
    "kicked",
)
_TOPIC = ("message thread not found", "topic_closed", "topic_deleted", "topic_id_invalid")
_ENTITIES = ("can't parse entities", "entity_", "entities_too_long", "unsupported start tag")


class Verdict(Enum):
    """What to do with the alert."""

    RETRY = auto()  # nothing was delivered: again at `at`
    DOUBT = auto()  # it may have been delivered: once more at `at`
    UNKNOWN = auto()  # it may have been delivered, and was repeated already
    GONE = auto()  # the chat can't be written to: it goes quiet
    MOVED = auto()  # the chat has become `chat`
    TOPIC = auto()  # its topic is gone: at once without
    PLAIN = auto()  # its formatting was refused: at once as plain text
    REFUSED = auto()  # the message itself is refused, or was tried often enough
    STOP = auto()  # nothing can be delivered at all


class Outcome(NamedTuple):
    """The verdict, why (in Telegram's words, for the log and the list), and what belongs to it."""

    verdict: Verdict
    why: str
    at: datetime | None = None
    chat: int | None = None


class Attempt(NamedTuple):
    """What was tried: which alert, and whether in its topic and with its formatting."""

    alert: Alert
    in_topic: bool = False
    formatted: bool = True


def outcome(error: Exception, attempt: Attempt, now: datetime) -> Outcome:
    """What `error`, raised by an attempt to send, means for the alert."""
    why = str(error)[:_LONGEST_NOTE] or type(error).__name__
    decided = _decided(error, why, attempt, now)
    again = decided.verdict in (Verdict.RETRY, Verdict.MOVED)
    if again and attempt.alert.attempts + 1 >= ATTEMPTS:
        return Outcome(Verdict.REFUSED, f"given up after {ATTEMPTS} attempts: {why}")
    return decided


def _decided(error: Exception, why: str, attempt: Attempt, now: datetime) -> Outcome:
    if isinstance(error, RetryAfter):
        return Outcome(Verdict.RETRY, why, now + _asked(error))
    if isinstance(error, ChatMigrated):
        return Outcome(Verdict.MOVED, why, chat=error.new_chat_id)
    if isinstance(error, InvalidToken):
        return Outcome(Verdict.STOP, why)
    if isinstance(error, Forbidden):
        return Outcome(Verdict.GONE, why)
    if isinstance(error, BadRequest):
        return Outcome(_refusal(str(error).lower(), attempt), why)
    if isinstance(error, AnswerLost | TimedOut) or not isinstance(error, NetworkError | Conflict):
        return _doubt(why, attempt.alert, now)
    return Outcome(Verdict.RETRY, why, now + pause(attempt.alert))


def pause(alert: Alert) -> timedelta:
    """How long to wait after the attempts so far: doubled each time, and different for each alert.

    The spread is the alert's number times the golden ratio: even, and the same when asked again.
    """
    spread = 0.75 + (alert.number * 0.6180339887 % 1) / 2
    return timedelta(seconds=min(2.0 ** min(alert.attempts + 1, 16), LONGEST_PAUSE) * spread)


def _refusal(words: str, attempt: Attempt) -> Verdict:
    if any(text in words for text in _TOPIC):
        return Verdict.TOPIC if attempt.in_topic else Verdict.GONE
    if any(text in words for text in _GONE):
        return Verdict.GONE
    if attempt.formatted and any(text in words for text in _ENTITIES):
        return Verdict.PLAIN
    return Verdict.REFUSED


def _doubt(why: str, alert: Alert, now: datetime) -> Outcome:
    if alert.doubts:
        return Outcome(Verdict.UNKNOWN, why)
    return Outcome(Verdict.DOUBT, why, now + timedelta(seconds=_DOUBT_PAUSE))


def _asked(error: RetryAfter) -> timedelta:
    after = error.retry_after
    return after if isinstance(after, timedelta) else timedelta(seconds=after)
