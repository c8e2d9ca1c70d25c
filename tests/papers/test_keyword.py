"""Keywords as people type them: what is refused and where, what is the same, how they are cut."""

import pickle

import pytest

from papers.errors import KeywordError
from papers.keyword import LONGEST, MOST_WORDS, caret, parse, split
from tests.papers.generated import Generator

REFUSED = [
    # text, place, what the refusal must say
    ("foo:bar", 0, "no field `foo:`"),
    ("gan tilte:x", 4, "`title:`"),
    ("autor:x", 0, "`author:`"),
    ("catt:x", 0, "`cat:`"),
    ("https://arxiv.org", 0, "For the words themselves"),
    ('gan "point cloud', 4, "quote is never closed"),
    ("“point cloud", 0, "quote is never closed"),
    ('="SAM', 0, "quote is never closed"),
    ("gan (vae", 4, "never closed"),
    ("gan (vae OR (a b)", 4, "never closed"),
    ("gan) vae", 3, "closes nothing"),
    (")(", 0, "closes nothing"),
    ("OR gan", 0, "`OR` has nothing on its left"),
    ("gan OR", 4, "`OR` has nothing on its right"),
    ("gan AND", 4, "`AND` has nothing on its right"),
    ("gan | ", 4, "`|` has nothing on its right"),
    ("gan ANDNOT", 4, "`ANDNOT` has nothing on its right"),
    ("ANDNOT gan", 0, "`ANDNOT` has nothing on its left"),
    ("gan AND OR vae", 8, "`OR` has nothing on its left"),
    ("(gan OR) vae", 5, "`OR` has nothing on its right"),
    ("gan (OR vae)", 5, "`OR` has nothing on its left"),
    ("gan NOT", 4, "`NOT` has nothing on its right"),
    ("gan -", 4, "write `-word`"),
    ("few - shot", 4, "write `-word`"),
    ("ti:", 0, "`ti:` is empty"),
    ("gan ti: flow", 4, "without a space"),
    ("ti:()", 3, "Nothing between the parentheses"),
    ("ti:OR gan", 0, "`ti:` is empty"),
    ('ti:""', 3, "Nothing between the quotes"),
    ("gan ()", 4, "Nothing between the parentheses"),
    ('""', 0, "Nothing between the quotes"),
    ('gan "  "', 4, "Nothing between the quotes"),
    ("ti:abs:gan", 3, "One field inside another"),
    ("ti:(gan abs:vae)", 8, "field inside another field's"),
    ("ti:-gan", 3, "`-ti:word`"),
    ("few-shot*", 0, '`shot*` or `"few shot"`'),
    ("gan ab*", 4, "3 letters"),
    ("ti:a*", 3, "3 letters"),
    ("seg*ment", 3, "end of a word"),
    ("*segment", 0, "end of a word"),
    ('"graph net*"', 10, "end of a word, outside quotes"),
    ("=SAM*", 4, "exactly this word"),
    ("=", 0, "Nothing to look for in `=`"),
    ("NOT survey", 0, "only leaves papers out"),
    ("-survey", 0, "only leaves papers out"),
    ("gan OR NOT vae", 7, "only leaves papers out"),
    ("gan OR (-vae -van)", 8, "only leaves papers out"),
    ("-(gan vae)", 0, "only leaves papers out"),
    ('"..."', 0, 'Nothing to look for in `"..."`'),
    ("*", 0, "Nothing to look for in `*`"),
    ("%%%", 0, "Nothing to look for in `%%%`"),
    ("gan & vae", 4, "Nothing to look for in `&`"),
    ("au:...", 3, "Nothing to look for in `...`"),
    ("", 0, "write a word"),
    (" \t\n", 0, "write a word"),
    ("\x00\ud800", 0, "write a word"),
    ("gan, vae", 3, "comma separates keywords"),
    ("cat:%", 4, "no category"),
    ("cat:cs.C*", 4, "no category"),
    ('cat:"computer vision"', 4, "`cat:cs.CV`"),
    ("(" * 9 + "a" + ")" * 9, 8, "8 levels"),
    ("-" * 9 + "a", 8, "8 levels"),
    ("a" * (LONGEST + 1), LONGEST, "300 characters"),
    (" ".join(["ab"] * (MOST_WORDS + 1)), 3 * MOST_WORDS, "32 are the most"),
    ('a "' + " ".join(["ab"] * MOST_WORDS) + '"', 2, "32 are the most"),
]


@pytest.mark.parametrize(("text", "place", "said"), REFUSED)
def test_a_refusal_names_the_place_and_the_remedy(text: str, place: int, said: str) -> None:
    with pytest.raises(KeywordError) as refused:
        parse(text)
    assert said in str(refused.value)
    assert (refused.value.position, refused.value.text) == (place, text)


@pytest.mark.parametrize(
    "text",
    [
        "a" * LONGEST,
        " ".join(["ab"] * MOST_WORDS),
        "(" * 8 + "a" + ")" * 8,
        "gan -(a -(b -(c OR d)))",
        "3:1",
        "and or not",
        "AT&T",
        "🔥nerf",
    ],
)
def test_within_the_bounds_it_is_accepted(text: str) -> None:
    assert parse(text)


TIDY = [
    ("  NeRF   gan ", "NeRF gan"),
    ("gan AND NOT survey", "gan -survey"),
    ("gan ANDNOT (survey)", "gan -survey"),
    ("((gan) vae)", "gan vae"),
    ("a|b||c", "a OR b OR c"),
    ("(a OR b) c", "(a OR b) c"),
    ("a OR (b c)", "a OR b c"),
    ("NOT NOT a", "a"),
    ("a -(-b)", "a b"),
    ("title:(a AND b) author:X category:cs.*", "ti:(a b) au:X cat:cs.*"),
    ("“point   cloud”", '"point cloud"'),
    ("few‑shot —survey", "few-shot -survey"),
    ("（a｜b） c", "(a OR b) c"),
    ("g\u00adan\u200b", "gan"),
    ('="Segment  Anything"', '="Segment Anything"'),
]


@pytest.mark.parametrize(("text", "tidy"), TIDY)
def test_the_tidied_text_is_as_one_would_write_it(text: str, tidy: str) -> None:
    assert str(parse(text)) == tidy


@pytest.mark.parametrize("seed", range(20))
def test_the_tidied_text_parses_to_the_same_tree(seed: int) -> None:
    generator = Generator(seed)
    for _ in range(200):
        keyword = generator.keyword()
        again = parse(str(keyword))
        assert (again.tree, again, str(again)) == (keyword.tree, keyword, str(keyword))


def test_a_tidied_text_is_never_too_long_to_be_read_again() -> None:
    longest = "|".join(["abcdefgh"] * 31 + ["abcdefghijklmnopqrst"])
    assert len(longest) < LONGEST < len(longest.replace("|", " OR "))
    assert parse(str(parse(longest))) == parse(longest)


SAME = [
    ["nerf", "NeRF", " nerf ", '"nerf"', "(nerf)", "NERFS", "NOT NOT nerf"],
    ["point cloud", "cloud point", "point AND cloud", "Clouds points", "point cloud point"],
    ['"point cloud"', '"Point  Clouds"', "“point cloud”"],
    ["few-shot", "few/shot", '"few-shot"', "few–shots", "FEW-SHOT"],
    ["a OR b", "b|a", "(a OR b)", "a OR (b OR a)"],
    ["gan -(a OR b)", "gan -a -b", "-b gan NOT a", "gan ANDNOT (b|a)"],
    ["gan (a OR b)", "(b OR a) AND gan", "gan -(-a -b)"],
    ["ti:(a b)", "ti:a ti:b", "title:b title:a"],
    ["CNNs", "CNN", "cnns"],
    ["Fréchet", "frechet", "Fre\u0301chet"],
    ["κ-means", "kappa-means"],
    ['au:"LeCun, Yann"', 'au:"yann lecun"', 'author:"Yann LeCun"'],
    ["cat:cs.CV", "cat:CS.cv", 'category:"cs.cv"'],
    ["cat:cs", "cat:cs.*"],
]


@pytest.mark.parametrize("texts", SAME)
def test_keywords_written_differently_are_the_same(texts: list[str]) -> None:
    assert len({parse(text) for text in texts}) == 1
    assert len({parse(text).key for text in texts}) == 1


def test_keywords_that_differ_are_not_the_same() -> None:
    firsts = [texts[0] for texts in SAME]
    others = ["=NeRF", "nerf*", "ti:nerf", "abs:nerf", "point", '"cloud point"', "few shot", "unet"]
    others += ["a b", "a OR b c", "(a OR b) c", "gan -(a b)", "au:cnn", "U-Net", '"u net"', "=CNN"]
    assert len({parse(text) for text in firsts + others}) == len(firsts + others)


def test_keywords_can_be_kept() -> None:
    keyword = parse('ti:(flow OR "score matching") -survey')
    assert pickle.loads(pickle.dumps(keyword)) == keyword  # noqa: S301  (our own bytes)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ('nerf, "gaussian splatting"', ["nerf", '"gaussian splatting"']),
        ("nerf\ngan\r\n vae", ["nerf", "gan", "vae"]),
        ('au:"LeCun, Yann", nerf', ['au:"LeCun, Yann"', "nerf"]),
        ("au:“LeCun, Yann”，nerf、gan", ["au:“LeCun, Yann”", "nerf", "gan"]),
        ("ti:(a, b), c", ["ti:(a, b)", "c"]),
        ('"a\nb", c', ['"a\nb"', "c"]),
        (",, ,\n", []),
        ("", []),
        ("a), b", ["a)", "b"]),
        ('a, "b, c', ["a", '"b, c']),
    ],
)
def test_keywords_are_cut_at_commas_and_lines(text: str, pieces: list[str]) -> None:
    assert split(text) == pieces


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (KeywordError("", "gan (vae", 4), "gan (vae\n    ^"),
        (KeywordError("", "", 0), "\n^"),
        (KeywordError("", "a\nb\x1b[31m\u202ec)", 9), "a b [31m c)\n         ^"),
        (KeywordError("", "深度 (x", 3), "深度 (x\n     ^"),
        (KeywordError("", "e\u0301 (x", 3), "e\u0301 (x\n  ^"),
        (KeywordError("", "x" * 301, 300), f"…{'x' * 60}\n{' ' * 60}^"),
        (KeywordError("", "x" * 200, 100), f"…{'x' * 60}…\n{' ' * 31}^"),
        (KeywordError("", "x" * 200, 0), f"{'x' * 60}…\n^"),
    ],
)
def test_a_caret_stands_below_the_place(error: KeywordError, shown: str) -> None:
    assert caret(error) == shown
