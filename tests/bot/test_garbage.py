"""Garbage is looked for seldom while the bot runs, and as before when it has stopped."""

import gc

from bot.garbage import seldom_collected


def test_it_is_looked_for_seldom_and_then_as_before() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] > before[0]
        assert gc.get_freeze_count() > 0
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
