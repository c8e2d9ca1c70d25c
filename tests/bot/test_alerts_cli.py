"""`paperboy alerts` and `paperboy run` as an operator meets them: real processes."""

import asyncio
import json
from pathlib import Path

from playground import Playground
from storage.store import AlertState, Store
from tests.bot.conftest import CANARY
from tests.bot.office import office
from tests.bot.test_cli import begin, paperboy


async def test_what_ended_unsent_is_listed_and_can_be_sent_again(
    telegram: Playground, store: Store, tmp_path: Path
) -> None:
    post = await office(telegram, store, 3)
    numbers = sorted(alert.number for alert in await store.alerts.listed())
    await store.alerts.end(numbers[0], AlertState.FAILED, "Message is too long")
    await store.alerts.end(numbers[1], AlertState.GONE, "bot was blocked")
    db = ("--db", tmp_path / "paperboy.db")

    listed = await paperboy("alerts", *db)
    assert (listed.code, len(listed.out.splitlines())) == (0, 3)
    failed = await paperboy("alerts", "--state", "failed", "--json", *db)
    (alert,) = json.loads(failed.out)["alerts"]
    assert (alert["number"], alert["chat"]) == (numbers[0], post.chats[0])
    assert (alert["state"], alert["note"]) == ("failed", "Message is too long")

    again = await paperboy("alerts", "--requeue", str(numbers[0]), *db)
    assert (again.code, again.out) == (0, "1 will be sent again\n")
    again = await paperboy("alerts", "--requeue-state", "gone", "--json", *db)
    assert json.loads(again.out) == {"requeued": 1}
    assert len(await store.alerts.listed(AlertState.PENDING)) == 3
    refused = await paperboy("alerts", "--requeue", "99", *db)
    assert (refused.code, "99" in refused.err) == (1, True)
    assert (await paperboy("alerts", "--requeue-state", "sent", *db)).code == 2


async def test_a_revoked_token_ends_the_program_with_one_clear_line(
    telegram: Playground, tmp_path: Path
) -> None:
    process = await begin(
        "run",
        TELEGRAM_TOKEN=CANARY,
        TELEGRAM_BASE_URL=telegram.base_url,
        PAPERBOY_DATABASE=str(tmp_path / "run.db"),
        PAPERBOY_ARXIV_URL="http://127.0.0.1:9",
    )
    async with asyncio.timeout(30):
        while not telegram.telegram.calls_of("getUpdates"):
            await asyncio.sleep(0.05)
        await asyncio.sleep(0.3)
        telegram.telegram.token = "123456789:another"
        await telegram.cut_connections()
        _, err = await process.communicate()
    assert process.returncode == 1
    lines = [line for line in err.decode().splitlines() if line.startswith("paperboy: ")]
    assert len(lines) == 1
    assert "Telegram no longer takes the token" in lines[0]
    assert "canary" not in err.decode()
