"""What each of Telegram's answers, and each failure on the way, means for an alert."""

import warnings
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.outcome import ATTEMPTS, LONGEST_PAUSE, Attempt, Verdict, outcome, pause
from bot.transport import AnswerLost, NotSent
from storage.store import Alert, AlertState, Chat

NOW = datetime(2026, 4, 21, 8, tzinfo=UTC)
ALERT = Alert(7, Chat(-5, "group", "The lab", 9), date(2026, 4, 21), AlertState.PENDING, NOW, 0)
FIRST = Attempt(ALERT, in_topic=True)


@pytest.fixture(autouse=True)
def pauses_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def retry_after(seconds: int) -> RetryAfter:
    with warnings.catch_warnings():  # while tests are collected, the fixture is not there yet
        warnings.simplefilter("ignore")
        return RetryAfter(timedelta(seconds=seconds))


GONE = [
    Forbidden("Forbidden: bot was blocked by the user"),
    Forbidden("Forbidden: user is deactivated"),
    Forbidden("Forbidden: bot was kicked from the group chat"),
    Forbidden("Forbidden: bot was kicked from the supergroup chat"),
    Forbidden("Forbidden: bot was kicked from the channel chat"),
    Forbidden("Forbidden: bot is not a member of the channel chat"),
    Forbidden("Forbidden: the group chat was deleted"),
    Forbidden("Forbidden: bot can't initiate conversation with a user"),
    Forbidden("Forbidden: bot can't send messages to bots"),
    BadRequest("Chat not found"),
    BadRequest("Bad Request: chat not found"),
    BadRequest("Private chat not found"),
    BadRequest("Peer_id_invalid"),
    BadRequest("User_is_blocked"),
    BadRequest("Input_user_deactivated"),
    BadRequest("Chat_write_forbidden"),
    BadRequest("Chat_restricted"),
    BadRequest("Not enough rights to send text messages to the chat"),
    BadRequest("Have no rights to send a message"),
    BadRequest("Need administrator rights in the channel chat"),
    BadRequest("Group chat was deactivated"),
]
REFUSED = [
    BadRequest("Message is too long"),
    BadRequest("Message text is empty"),
    BadRequest("Button_data_invalid"),
    BadRequest("Reply markup is too long"),
    BadRequest("Something nobody has heard of"),
]
ENTITIES = [
    BadRequest('Can\'t parse entities: unsupported start tag "m" at byte offset 8'),
    BadRequest("Can't parse entities: can't find end tag corresponding to start tag \"b\""),
    BadRequest("Entity_bounds_invalid"),
]
TOPIC = [BadRequest("Message thread not found"), BadRequest("Topic_closed")]
AGAIN = [
    NetworkError("Bad Gateway"),
    NetworkError("Internal Server Error (500)"),
    NetworkError("Gateway Timeout (504)"),
    NotSent("Telegram can't be reached (Connection refused)"),
    Conflict("Conflict: terminated by other getUpdates request"),
]
LOST = [
    AnswerLost("no answer (ServerDisconnectedError)"),
    AnswerLost("no answer (SocketTimeoutError)"),
    AnswerLost("the answer can't be read"),
    TimedOut(),
    TelegramError("Invalid server response"),
    KeyError("message_id"),
]


@pytest.mark.parametrize(
    ("errors", "verdict"),
    [
        (GONE, Verdict.GONE),
        (REFUSED, Verdict.REFUSED),
        (ENTITIES, Verdict.PLAIN),
        (TOPIC, Verdict.TOPIC),
        (AGAIN, Verdict.RETRY),
        (LOST, Verdict.DOUBT),
        ([InvalidToken("Unauthorized"), InvalidToken("Not Found")], Verdict.STOP),
        ([ChatMigrated(-1005)], Verdict.MOVED),
        ([retry_after(3)], Verdict.RETRY),
    ],
)
def test_every_error_has_its_verdict(errors: list[Exception], verdict: Verdict) -> None:
    decided = {repr(error): outcome(error, FIRST, NOW).verdict for error in errors}
    assert decided == dict.fromkeys(decided, verdict)


def test_a_429_is_tried_again_exactly_when_telegram_says() -> None:
    assert outcome(retry_after(17), FIRST, NOW).at == NOW + timedelta(seconds=17)


def test_a_move_tells_the_new_chat() -> None:
    assert outcome(ChatMigrated(-1005), FIRST, NOW).chat == -1005


@pytest.mark.parametrize("error", LOST, ids=repr)
def test_a_lost_answer_is_tried_again_once_and_then_left(error: Exception) -> None:
    first = outcome(error, FIRST, NOW)
    assert first.at is not None
    assert first.at >= NOW + timedelta(seconds=10)
    second = Attempt(replace(ALERT, doubts=1, attempts=1))
    assert outcome(error, second, NOW).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("error", ENTITIES, ids=str)
def test_plain_text_that_is_refused_is_not_sent_a_third_time(error: Exception) -> None:
    assert outcome(error, Attempt(ALERT, formatted=False), NOW).verdict is Verdict.REFUSED


@pytest.mark.parametrize("error", TOPIC, ids=str)
def test_without_a_topic_to_leave_the_chat_can_t_be_written_to(error: Exception) -> None:
    assert outcome(error, Attempt(ALERT, in_topic=False), NOW).verdict is Verdict.GONE


@pytest.mark.parametrize("error", [*AGAIN, retry_after(3), ChatMigrated(-1005)], ids=repr)
def test_attempts_are_bounded(error: Exception) -> None:
    tried = Attempt(replace(ALERT, attempts=ATTEMPTS - 1))
    decided = outcome(error, tried, NOW)
    assert decided.verdict is Verdict.REFUSED
    assert decided.why.startswith(f"given up after {ATTEMPTS} attempts")


def test_pauses_grow_up_to_a_bound_and_differ_between_alerts() -> None:
    pauses = [pause(replace(ALERT, attempts=n)).total_seconds() for n in range(ATTEMPTS)]
    assert pauses[:9] == sorted(pauses[:9])
    assert pauses[0] < 3
    assert max(pauses) <= LONGEST_PAUSE * 1.25
    assert timedelta(hours=3) < timedelta(seconds=sum(pauses)) < timedelta(hours=6)
    assert len({pause(replace(ALERT, number=n)) for n in range(1000)}) == 1000


def test_no_error_says_more_than_a_line() -> None:
    page = NetworkError("Bad Gateway (502). Parsing the server response " + "<html>" * 1000)
    assert len(outcome(page, FIRST, NOW).why) <= 200
