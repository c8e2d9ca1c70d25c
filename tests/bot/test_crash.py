"""SIGKILL at random instants: a short round of what `make crash` does whole."""

from pathlib import Path

from tests.bot.child import IN_FLIGHT
from tests.bot.crash import PEOPLE, commands, deliveries, fan_outs


async def test_killed_while_delivering_nothing_is_lost(tmp_path: Path) -> None:
    toll = await deliveries(tmp_path / "crash.db", alerts=300, kills=4)
    assert toll.kills >= 2
    assert toll.lost == 0
    assert toll.doubled <= toll.kills * IN_FLIGHT


async def test_killed_while_answering_no_command_is_lost(tmp_path: Path) -> None:
    toll = await commands(tmp_path / "crash.db", waiting=100, kills=3)
    assert toll.kills >= 2
    assert toll.lost == 0
    assert toll.doubled <= toll.kills * PEOPLE  # one each is being answered


async def test_killed_while_fanning_out_no_digest_is_half_written(tmp_path: Path) -> None:
    toll = await fan_outs(tmp_path / "crash.db", digests=12, chats=60, kills=4)
    assert toll.kills >= 2
    assert (toll.lost, toll.doubled) == (0, 0)
