"""Time zones by the names that people use."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.zones import UnknownZoneError, _names, zone


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("europe/berlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("  New   york ", "America/New_York"),
        ("new_york", "America/New_York"),
        ("UTC", "UTC"),
        ("Munich", "Europe/Berlin"),
        ("beijing", "Asia/Shanghai"),
        ("EST", "America/New_York"),
    ],
)
def test_names_and_cities_are_known_in_any_case(text: str, name: str) -> None:
    assert zone(text) == name


@pytest.mark.parametrize(
    ("text", "suggestion"), [("Berln", "Berlin"), ("tokio", "Tokyo"), ("xyzzy", None)]
)
def test_a_typo_gets_a_suggestion(text: str, suggestion: str | None) -> None:
    with pytest.raises(UnknownZoneError, match=text) as caught:
        zone(text)
    assert caught.value.suggestion == suggestion


def test_every_zone_named_exists() -> None:
    for name in set(_names().values()):
        assert ZoneInfo(name).key == name


@given(st.text(max_size=80))
def test_no_text_does_anything_but_name_a_zone_or_none(text: str) -> None:
    try:
        found = zone(text)
    except UnknownZoneError as error:
        found = zone(error.suggestion or "UTC")
    assert ZoneInfo(found)
