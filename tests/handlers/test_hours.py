"""What people write after /time, and what it means."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.hours import read
from papers.errors import PaperboyError
from papers.hours import EVERY_DAY, Hours

WEEKDAYS = frozenset(range(5))
NINE = Hours(time(9), "Europe/Berlin")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("8:30", Hours(time(8, 30), "Europe/Berlin")),
        ("8", Hours(time(8), "Europe/Berlin")),
        ("at 08.05", Hours(time(8, 5), "Europe/Berlin")),
        ("8 pm", Hours(time(20), "Europe/Berlin")),
        ("12am", Hours(time(0), "Europe/Berlin")),
        ("12:30 PM", Hours(time(12, 30), "Europe/Berlin")),
        ("18h", Hours(time(18), "Europe/Berlin")),
        ("8:30 Tokyo", Hours(time(8, 30), "Asia/Tokyo")),
        ("8:30, in New York", Hours(time(8, 30), "America/New_York")),
        ("america/new_york", Hours(time(9), "America/New_York")),
        ("friday 18:00", Hours(time(18), "Europe/Berlin", frozenset((4,)))),
        ("every Friday", Hours(time(9), "Europe/Berlin", frozenset((4,)))),
        ("Mondays and thursdays", Hours(time(9), "Europe/Berlin", frozenset((0, 3)))),
        ("mon, wed, fri 7:00", Hours(time(7), "Europe/Berlin", frozenset((0, 2, 4)))),
        ("weekdays at 7", Hours(time(7), "Europe/Berlin", WEEKDAYS)),
        ("mon-fri 7", Hours(time(7), "Europe/Berlin", WEEKDAYS)),
        ("fri–mon 7", Hours(time(7), "Europe/Berlin", frozenset((4, 5, 6, 0)))),
        ("weekly", Hours(time(9), "Europe/Berlin", frozenset((0,)))),
        ("daily", Hours(time(9), "Europe/Berlin", EVERY_DAY)),
        ("on arrival", Hours(None, "Europe/Berlin")),
        ("arrival", Hours(None, "Europe/Berlin")),
        ("immediately", Hours(None, "Europe/Berlin")),
    ],
)
def test_hours_zones_and_days_in_any_order(words: str, expected: Hours) -> None:
    assert read(words, NINE) == expected


def test_days_without_an_hour_are_at_nine() -> None:
    assert read("friday", Hours()) == Hours(time(9), "UTC", frozenset((4,)))


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("25:00", "“25:00” is no time of day"),
        ("8:75", "“8:75” is no time of day"),
        ("8:30 Berln", "Did you mean Berlin?"),
        ("soon", "no time zone or city “soon”"),
    ],
)
def test_what_is_no_time_is_told_with_a_suggestion(words: str, says: str) -> None:
    with pytest.raises(PaperboyError, match=says):
        read(words, NINE)


@given(st.text(max_size=120))
def test_no_words_do_anything_but_tell_a_time_or_be_refused(words: str) -> None:
    try:
        hours = read(words, NINE)
    except PaperboyError:
        return
    assert hours.days
