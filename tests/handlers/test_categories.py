"""What people write after /categories, and what they follow then."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.categories import in_vain, read
from handlers.html import join
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


@pytest.mark.parametrize(
    ("followed", "words", "said"),
    [
        (("stat",), "-stat.ML", "stat.ML belongs to stat, which you follow as a whole. Instead: "),
        (
            ("cs", "math"),
            "-cs.CV",
            "cs.CV belongs to cs, which you follow as a whole. Instead name",
        ),
        (("cs.CV",), "-cs.LG", "You don't follow cs.LG."),
        ((), "-cs.LG", "You don't follow cs.LG by name: you follow all."),
        (("stat", "stat.ML"), "-stat.ML", ""),
        (("stat",), "-stat, -stat.ML, +cs.CV", "You don't follow stat.ML."),
        (("cs.CV",), "+cs.LG", ""),
        (("cs.CV",), "cross-lists off", ""),
        (("cs.CV",), "all", ""),
    ],
)
def test_a_name_that_cannot_be_dropped_says_why(
    followed: tuple[str, ...], words: str, said: str
) -> None:
    before = Terms(followed)
    lines = in_vain(words, before, read(words, before))
    assert join("\n", lines).plain.startswith(said)
    assert bool(lines) == bool(said)


def test_what_is_to_be_written_instead_follows_all_others() -> None:
    before = Terms(("stat", "cs.CV"))
    (line,) = in_vain("-stat.ML", before, before)
    words = line.plain.partition("/categories ")[2]
    after = read(words, before).categories
    assert frozenset().union(*map(covered, after)) == covered("stat") - {"stat.ML"} | {"cs.CV"}


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
