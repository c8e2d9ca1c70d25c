"""Categories, archives and groups against arXiv's own definitions."""

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from papers.taxonomy import UnknownCategoryError, taxonomy
from tests.data import SHARED

SOURCE = SHARED / "corpus" / "arxiv_taxonomy.json"


def source() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(SOURCE.read_bytes())
    return data


def test_every_active_category_resolves_to_its_canonical_id_with_its_name() -> None:
    active = [each for each in source()["categories"] if each["is_active"]]
    assert len(active) == 155
    for each in active:
        for spelling in (each["id"], each["id"].lower(), f" {each['id'].upper()} "):
            assert taxonomy().resolve(spelling) == each["canonical_id"]
        if each["id"] == each["canonical_id"]:
            assert taxonomy().name(each["id"]) == each["full_name"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("math.IT", "cs.IT"),
        ("CS.sy", "eess.SY"),
        ("math.MP", "math-ph"),
        ("stat.TH", "math.ST"),
        ("cs.NA", "math.NA"),
        ("q-fin.EC", "econ.GN"),
        ("cmp-lg", "cs.CL"),
        ("supr-con", "cond-mat.supr-con"),
        ("HEP-TH", "hep-th"),
        ("cond-mat.MES-HALL", "cond-mat.mes-hall"),
        ("cs", None),
        ("cs.XX", None),
        ("test.soft", None),
        ("", None),
    ],
)
def test_aliases_and_former_names_lead_to_today_s_category(text: str, expected: str | None) -> None:
    assert taxonomy().resolve(text) == expected


@pytest.mark.parametrize(
    "archive",
    [each["id"] for each in source()["archives"] if each["is_active"] and each["id"] != "test"],
)
def test_an_archive_stands_for_all_its_active_categories(archive: str) -> None:
    expected = {
        each["canonical_id"]
        for each in source()["categories"]
        if each["is_active"] and each["in_archive"] == archive
    }
    assert set(taxonomy().expand(archive)) == expected


def test_a_group_stands_for_the_categories_of_its_archives() -> None:
    archives = {each["id"] for each in source()["archives"] if each["in_group"] == "grp_physics"}
    expected = {
        each["canonical_id"]
        for each in source()["categories"]
        if each["is_active"] and each["in_archive"] in archives
    }
    assert len(expected) == 51
    assert set(taxonomy().expand("grp_physics")) == set(taxonomy().expand("Physics")) == expected
    assert all(category.startswith("physics.") for category in taxonomy().expand("physics"))


def test_groups_cover_every_category() -> None:
    covered = {category for group in taxonomy().groups for category in taxonomy().expand(group)}
    assert covered == set(taxonomy().categories)
    assert len(covered) == 149


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cs.cv", ("cs.CV",)),
        ("math.IT", ("cs.IT",)),
        ("computer vision and pattern recognition", ("cs.CV",)),
        ("machine learning", ("cs.LG", "stat.ML")),
        ("quant-ph", ("quant-ph",)),
    ],
)
def test_single_categories_are_named_by_id_alias_or_name(
    text: str, expected: tuple[str, ...]
) -> None:
    assert taxonomy().expand(text) == expected


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("cs.VC", "cs.CV"),
        ("csCV", "cs.CV"),
        ("cs-cv", "cs.CV"),
        ("hepth", "hep-th"),
        ("astroph", "astro-ph"),
        ("quantph", "quant-ph"),
        ("computer vison", "cs.CV"),
        ("astrophysics of galaxis", "astro-ph.GA"),
        ("mathIT", "cs.IT"),
        ("cs.AX", "cs.AI"),
        ("cs.NX", "cs.NE"),
        ("math.AX", "math.AC"),
        ("stat.MX", "stat.ME"),
        ("cs.SYY", "eess.SY"),  # by its other name
        ("zzzzzz", None),
        ("", None),
    ],
)
def test_a_typo_gets_a_suggestion(text: str, suggestion: str | None) -> None:
    with pytest.raises(UnknownCategoryError) as caught:
        taxonomy().expand(text)
    assert caught.value.suggestion == suggestion
    assert ("Did you mean" in str(caught.value)) == bool(suggestion)


@given(st.text(max_size=300))
def test_any_text_is_known_or_refused(text: str) -> None:
    with suppress(UnknownCategoryError):
        assert set(taxonomy().expand(text)) <= set(taxonomy().categories)
