"""What people write after /categories, and what they follow then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.categories import read
from papers.following import covered, follows
from papers.taxonomy import UnknownCategoryError, taxonomy
from storage.account import Terms

VISION = Terms(("cs.CV", "cs.LG"))


@pytest.mark.parametrize(
    ("words", "followed"),
    [
        ("cs.RO", ("cs.RO",)),
        ("cs.ro, STAT.ml", ("cs.RO", "stat.ML")),
        ("cs.RO stat.ML\nmath", ("cs.RO", "stat.ML", "math")),
        ("math.IT", ("cs.IT",)),
        ("cmp-lg", ("cs.CL",)),
        ("Physics", ("grp_physics",)),
        ("physics", ("physics",)),
        ("quantitative biology", ("grp_q-bio",)),
        ("Computer Vision and Pattern Recognition", ("cs.CV",)),
        ("hep-th", ("hep-th",)),
        ("+cs.RO", ("cs.CV", "cs.LG", "cs.RO")),
        ("-cs.LG", ("cs.CV",)),
        ("+cs.RO −cs.CV", ("cs.LG", "cs.RO")),
        ("+ cs.RO, - cs.CV", ("cs.LG", "cs.RO")),
        ("biorxiv neuroscience", ("bioRxiv neuroscience",)),
        ("all", ()),
    ],
)
def test_names_choose_add_and_drop(words: str, followed: tuple[str, ...]) -> None:
    assert read(words, VISION, ("bioRxiv neuroscience",)).categories == followed


@pytest.mark.parametrize(("words", "crosses"), [("cross off", False), ("cross-lists on", True)])
def test_cross_lists_are_switched(words: str, crosses: bool) -> None:
    assert read(words, VISION) == Terms(VISION.categories, crosses)


@pytest.mark.parametrize(
    ("words", "suggestion"),
    [("cs.CW", "cs."), ("Computer Visoin", "cs.CV"), ("cs.RO stat.MX", "stat.M"), ("blub", None)],
)
def test_a_typo_is_refused_with_a_suggestion(words: str, suggestion: str | None) -> None:
    with pytest.raises(UnknownCategoryError) as caught:
        read(words, VISION)
    assert (caught.value.suggestion or "").startswith(suggestion or "")


def test_archives_and_groups_cover_their_categories_and_none_covers_all() -> None:
    assert covered("math") == frozenset(taxonomy().expand("math"))
    assert {"hep-th", "quant-ph", "cond-mat.mes-hall"} <= covered("grp_physics")
    assert follows(("math",), "cs.IT")
    assert not follows(("math",), "cs.CV")
    assert follows((), "cs.CV")
    assert follows(("bioRxiv",), "bioRxiv")


@given(st.text(max_size=80))
def test_no_words_do_anything_but_choose_or_be_refused(words: str) -> None:
    try:
        read(words, VISION)
    except UnknownCategoryError as error:
        assert str(error)  # noqa: PT017
