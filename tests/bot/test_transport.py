"""HTTP to Telegram: each failure says whether the request may have arrived, and none the token."""

import asyncio
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from telegram import Bot
from telegram.error import BadRequest, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.transport import AnswerLost, NotSent, Transport
from playground import Playground
from playground.faults import Fault
from tests.bot.conftest import CANARY
from tests.bot.office import reader


@asynccontextmanager
async def bot(telegram: Playground, token: str = "") -> AsyncIterator[Bot]:
    made = Bot(
        token or telegram.token, telegram.base_url, telegram.base_file_url, request=Transport()
    )
    await made._request[1].initialize()
    yield made
    await made._request[1].shutdown()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (Fault("drop_before"), AnswerLost),
        (Fault("drop_after"), AnswerLost),
        (Fault("garbage"), AnswerLost),
        (Fault("html", code=502), NetworkError),
        (Fault("error", code=500), NetworkError),
        (Fault("error", code=429, retry_after=3), RetryAfter),
        (Fault("error", code=400, description="Bad Request: chat not found"), BadRequest),
    ],
    ids=lambda given: getattr(given, "kind", None),
)
async def test_each_failure_is_told_by_its_kind(
    telegram: Playground, fault: Fault, error: type[TelegramError]
) -> None:
    ada = reader(telegram)
    async with bot(telegram) as made:
        telegram.telegram.order_fault(fault)
        with pytest.raises(error) as caught:
            await made.send_message(ada, "words")
        assert isinstance(caught.value, AnswerLost) == (error is AnswerLost)
        telegram.telegram.clear_faults()
        assert (await made.send_message(ada, "words")).text == "words"


async def test_a_server_that_is_not_there_was_not_sent_anything() -> None:
    async with Playground(token=CANARY) as gone:
        pass
    async with bot(gone) as made:
        with pytest.raises(NotSent):
            await made.get_me()


async def test_a_name_that_leads_nowhere_was_not_sent_anything() -> None:
    request = Transport()
    await request.initialize()
    with pytest.raises(NotSent):
        await request.post(f"http://telegram.invalid/bot{CANARY}/getMe")
    await request.shutdown()


async def test_a_server_that_never_answers_is_not_waited_for_forever(telegram: Playground) -> None:
    telegram.telegram.order_fault(Fault("delay", seconds=30))
    async with bot(telegram) as made:
        with pytest.raises(AnswerLost):
            await made.send_message(reader(telegram), "words", read_timeout=0.2)


async def test_waiting_for_a_free_connection_was_not_sent_anything(telegram: Playground) -> None:
    telegram.telegram.order_fault(Fault("delay", "getMe", seconds=0.5))
    request = Transport(connections=1)
    await request.initialize()
    address = f"{telegram.base_url}{telegram.token}/getMe"
    first = asyncio.create_task(request.post(address))
    await asyncio.sleep(0.1)
    with pytest.raises(NotSent):
        await request.post(address, connect_timeout=0.1)
    assert isinstance(await first, dict)
    await request.shutdown()


async def test_files_go_along(telegram: Playground) -> None:
    ada = reader(telegram)
    async with bot(telegram) as made:
        sent = await made.send_document(ada, b"one,two\n", filename="papers.csv", caption="é")
    assert sent.document is not None
    assert (sent.document.file_name, sent.caption) == ("papers.csv", "é")


@pytest.mark.parametrize("kind", ["drop_before", "garbage", "html", "error"])
async def test_no_failure_tells_the_token(telegram: Playground, kind: str) -> None:
    async with bot(telegram) as made:
        telegram.telegram.order_fault(Fault(kind))  # type: ignore[arg-type]
        with pytest.raises(TelegramError) as caught:
            await made.send_message(reader(telegram), "words")
    assert "canary" not in "".join(traceback.format_exception(caught.value))


async def test_a_wrong_token_is_told_as_such(telegram: Playground) -> None:
    async with bot(telegram, "123456789:wrong") as made:
        with pytest.raises(InvalidToken):
            await made.get_me()
