"""The command line as a person or a script runs it: real processes, real exit codes."""

import asyncio
import json
import signal
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from papers import identifier
from tests.bot.conftest import CANARY
from tests.data import DIGEST


class Ran(NamedTuple):
    code: int
    out: str
    err: str


async def begin(*words: str | Path, **environment: str) -> Process:
    path = str(Path(sys.executable).parent)
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", *map(str, words)),
        stdout=PIPE,
        stderr=PIPE,
        env={"PATH": path, "PYTHONPATH": str(Path(__file__).parents[2])} | environment,
    )


async def paperboy(*words: str | Path, **environment: str) -> Ran:
    process = await begin(*words, **environment)
    out, err = await asyncio.wait_for(process.communicate(), 60)
    return Ran(process.returncode or 0, out.decode(), err.decode())


async def test_demo_shows_the_whole_way_line_by_line() -> None:
    ran = await paperboy("demo", "--once")
    assert ran.code == 0, ran.err
    lines = ran.out.splitlines()
    assert lines[0].startswith("A Telegram of your own listens at http://127.0.0.1:")
    assert "Papers read: 41 (cs.CV, 2020-02-25)" in lines
    assert "Papers matched: 5" in lines
    assert any(line.startswith("Message delivered") for line in lines)
    assert "  cs.CV · Tue 25 Feb 2020 · 41 papers · 5 yours" in lines


async def test_demo_as_json_for_scripts() -> None:
    ran = await paperboy(
        "demo", "--once", "--json", "--digest", DIGEST, "--add", '"object detection"'
    )
    told: dict[str, Any] = json.loads(ran.out)
    assert told["digests"] == [
        {"category": "cs.CV", "date": "2020-02-25", "papers": 70, "new": 70, "skipped": 0}
    ]
    (alert,) = told["alerts"]
    assert alert["papers"] == ["2002.10111", "2002.09536"]
    assert all(identifier.parse(paper) for paper in alert["papers"])
    (message,) = alert["messages"]
    assert message["text"].startswith("cs.CV · Tue 25 Feb 2020 · 70 papers · 2 yours")


async def test_demo_without_a_match_says_so() -> None:
    ran = await paperboy("demo", "--once", "--json", "--add", "zymurgy")
    assert json.loads(ran.out)["alerts"] == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_demo_goes_on_until_it_is_told_to_stop(number: signal.Signals) -> None:
    process = await begin("demo")
    assert process.stdout is not None
    async for line in process.stdout:
        if line.startswith(b"Ctrl-C"):
            break
    process.send_signal(number)
    process.send_signal(number)
    _, err = await asyncio.wait_for(process.communicate(), 10)
    assert (process.returncode, err.decode()) == (0, "Stopping ...\n")


async def test_ingesting_twice_changes_nothing_and_a_day_is_written_back(tmp_path: Path) -> None:
    db = tmp_path / "x.db"
    new = []
    for _ in range(2):
        ran = await paperboy("ingest", "--db", db, "--json", DIGEST)
        new += [digest["new"] for digest in json.loads(ran.out)["digests"]]
    assert new == [70, 0]
    written = await paperboy("digest", "cs.CV", "2020-02-25", "--db", db)
    assert written.out.encode() == DIGEST.read_bytes()


async def test_a_folder_is_ingested_and_what_is_no_digest_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes(DIGEST.read_bytes())
    (tmp_path / "notes.md").write_text("# Notes\n")
    ran = await paperboy("ingest", "--db", tmp_path / "x.db", tmp_path)
    assert ran.code == 1
    assert "cs.CV 2020-02-25: 70 papers, 70 new" in ran.out
    assert "notes.md: line 1: '# Notes' is no digest heading" in ran.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("run",), "TELEGRAM_TOKEN is not set: ask @BotFather"),
        (("demo", "--once", "--add", "few-shot*"), "few-shot*"),
        (("demo", "--once", "--digest", __file__), "is no digest heading"),
        (("digest", "cs.CV", "2020-02-25", "--db", "/nowhere/x.db"), "does not exist"),
        (("digest", "cs.CV", "tomorrow", "--db", __file__), "is no date; write 2020-02-25"),
        (("digest", "cs.CV", "2020-02-25", "--db", __file__), "no usable SQLite database"),
        (("ingest", "/nowhere.md"), "does not exist"),
        (("dance",), "No such command"),
    ],
)
async def test_errors_are_clear_and_without_a_traceback(words: tuple[str, ...], said: str) -> None:
    ran = await paperboy(*words)
    assert ran.code != 0
    assert said in ran.err
    assert "Traceback" not in ran.err


async def test_a_token_that_telegram_refuses_is_told_and_never_shown() -> None:
    playground = await begin("playground", "--port", "0", "--json")
    assert playground.stdout is not None
    facts = json.loads(await playground.stdout.readline())
    environment = {"TELEGRAM_TOKEN": CANARY, "TELEGRAM_BASE_URL": facts["base_url"]}
    ran = await paperboy(
        "run", PAPERBOY_LOG_LEVEL="DEBUG", PAPERBOY_DATABASE=":memory:", **environment
    )
    playground.terminate()
    await playground.wait()
    assert ran.code == 1
    assert "Telegram refuses the token" in ran.err
    assert "canary" not in ran.out + ran.err


async def test_the_bot_runs_against_a_playground_of_its_own_process(tmp_path: Path) -> None:
    playground = await begin("playground", "--port", "0", "--json")
    assert playground.stdout is not None
    facts = json.loads(await playground.stdout.readline())
    bot = await begin(
        "run",
        TELEGRAM_TOKEN=facts["token"],
        TELEGRAM_BASE_URL=facts["base_url"],
        TELEGRAM_BASE_FILE_URL=facts["base_file_url"],
        PAPERBOY_DATABASE=str(tmp_path / "x.db"),
        PAPERBOY_LOG_LEVEL="DEBUG",
    )
    assert bot.stderr is not None
    said = b""
    while b"Paperboy runs as @" not in said:
        said += await asyncio.wait_for(bot.stderr.readline(), 20)
    bot.terminate()
    _, rest = await asyncio.wait_for(bot.communicate(), 20)
    playground.terminate()
    await playground.wait()
    assert bot.returncode == 0
    assert facts["token"].split(":")[1] not in (said + rest).decode()
