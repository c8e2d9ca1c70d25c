"""What is read from a text: its words, their places in the text as shown, stems, joined forms."""

import pytest

from papers.analysis import analyse, spans, stem, stems, word_chains
from papers.folding import fold, fold_with_places
from papers.text import clean
from tests.papers.generated import sample


def forms(text: str) -> list[tuple[int, int, str]]:
    return [(form.place, form.length, form.written) for form in analyse(text)]


def words(text: str) -> list[str]:
    return [text[begin:end] for begin, end in spans(text)]


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Fréchet", "Frechet"),
        ("Fre\u0301chet", "Frechet"),
        ("ﬁne", "fine"),
        ("Łukasz Ærø straße", "Lukasz AEro strasse"),
        ("İstanbul ığdır", "Istanbul igdir"),
        ("κ Σ ς µ ϕ", "kappa Sigma sigma mu phi"),
        ("seg\u00admen\u200bta\ufefftion", "segmentation"),
        ("a\u00a0b", "a b"),
        ("3 × 3", "3x3"),
        ("a × b", "a x b"),
        ("m² L₂ ℓ₁ ½", "m2 L2 l1 1⁄2"),
        ("ＦＵＬＬ", "FULL"),
    ],
)
def test_spelling_variants_are_folded(text: str, folded: str) -> None:
    assert fold(text) == fold_with_places(text).text == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a U-Net", [(0, 1, "a"), (1, 2, "UNet"), (1, 1, "U"), (2, 1, "Net")]),
        ("and/or", [(0, 2, "andor"), (0, 1, "and"), (1, 1, "or")]),
        ("C++, C# or F#", [(0, 1, "C++"), (1, 1, "C#"), (2, 1, "or"), (3, 1, "F#")]),
        ("Bayes' and Bayes's", [(0, 1, "Bayes"), (1, 1, "and"), (2, 1, "Bayes")]),
        ("don't", [(0, 1, "don"), (1, 1, "t")]),
        ("88.14%", [(0, 1, "88"), (1, 1, "14")]),
        ("深度x", [(0, 1, "深"), (1, 1, "度"), (2, 1, "x")]),
        ("see https://x.org/a-b, now", [(0, 1, "see"), (1, 1, "now")]),
        ("well-- no", [(0, 1, "well"), (1, 1, "no")]),
        ("", []),
    ],
)
def test_words_and_joined_forms(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Fre\u0301chet mean e\u0301",
        "3 × 3 kernels",
        "seg\u00admentation of ﬁne parts",
        "κ-means of Straße",
        "see https://x.org/é and Alzheimer’s",
        "深度 learning",
    ],
)
def test_every_word_has_its_place_in_the_text_as_shown(text: str) -> None:
    assert len(spans(text)) == max(form.place for form in analyse(text)) + 1
    for form in analyse(text):
        if form.length == 1:
            begin, end = spans(text)[form.place]
            assert forms(text[begin:end])[0][2] == form.written


def test_marks_belong_to_their_words() -> None:
    assert words("cafe\u0301 ole\u0301") == ["cafe\u0301", "ole\u0301"]


def test_places_hold_over_all_real_papers() -> None:
    for paper in sample():
        for text in (clean(paper.title), clean(paper.abstract)):
            read = [form for form in analyse(text) if form.length == 1]
            assert [form.place for form in read] == list(range(len(spans(text))))
            assert [fold(word).replace(" ", "") for word in words(text)] == [
                form.written for form in read
            ]


@pytest.mark.parametrize(
    ("written", "found_as"),
    [
        ("Segmentations", ("segment",)),
        ("CNNs", ("cnn",)),
        ("cnns", ("cnn",)),
        ("LLMs", ("llm",)),
        ("GPUs", ("gpu",)),
        ("PDEs", ("pde",)),
        ("NeRFs", ("nerf",)),
        ("IoUs", ("iou", "ious")),
        ("GPs", ("gp", "gps")),
        ("GPS", ("gps",)),
        ("As", ("as",)),
        ("thus", ("thus",)),
        ("class", ("class",)),
        ("CSS", ("css",)),
        ("C++", ("c++",)),
        ("1990s", ("1990s",)),
    ],
)
def test_stems(written: str, found_as: tuple[str, ...]) -> None:
    assert stems(written) == found_as


def test_stems_of_lower_case_are_those_of_the_words() -> None:
    assert [stem(word) for word in ("studies", "studying", "gpus")] == ["studi", "studi", "gpu"]


def test_long_chains_do_not_grow_without_bound() -> None:
    chain = "-".join(["ab"] * 10_000)
    assert sum(1 for _ in analyse(chain)) < 10_000 * 5
    assert len(spans(chain)) == 10_000
    assert max(map(len, word_chains(chain))) == 8
