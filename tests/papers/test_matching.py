"""A day matched: which profiles, which papers, and what is highlighted in them."""

import pickle
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from operator import or_
from unicodedata import normalize

import pytest

from papers.analysis import spans
from papers.keyword import Keyword, parse
from papers.matching import DayIndex, Match, displayed, index
from papers.paper import Paper
from papers.profiles import compile_profiles
from papers.syntax import And, Field, Leaf, Not, Or, Text, Tree
from tests.papers.generated import Generator, sample
from tests.papers.test_language import paper


def keywords(*texts: str) -> list[Keyword]:
    return [parse(text) for text in texts]


def ids(day: DayIndex, keyword: Keyword) -> list[str]:
    return [match.paper.id for match in day.match({1: [keyword]}).of(1)]


def test_profiles_with_matches_are_listed_and_others_not() -> None:
    day = index([paper("T: gan"), paper("A: vae")])
    profiles = {7: keywords("gan"), -100123: keywords("vae", "x"), 3: keywords("nerf"), 4: []}
    matches = day.match(profiles)
    assert list(matches) == [-100123, 7]
    assert len(matches) == 2
    assert matches.of(3) == matches.of(4) == matches.of(99) == []
    assert matches.of(7)[0].paper == paper("T: gan")


def test_a_match_says_which_keywords_hit_where() -> None:
    day = index([paper("T: Point Clouds A: of Clouds and GANs @ Yann LeCun # cs.CV stat.ML")])
    asked = keywords('"point cloud"', "gan cat:cs.CV -survey", "au:lecun OR nerf", "lidar")
    (match,) = day.match({1: asked}).of(1)
    assert [(hit.keyword, hit.field, hit.spans) for hit in match.hits] == [
        (asked[0], "title", ((0, 12),)),
        (asked[1], "abstract", ((14, 18),)),
        (asked[1], "categories", ((0, 5),)),
        (asked[2], "authors", ((0, 10),)),
    ]
    assert match.keywords == tuple(asked[:3])


def test_only_what_made_it_match_is_highlighted() -> None:
    (match,) = index([paper("T: b A: a b")]).match({1: keywords("(a ti:x) OR abs:b")}).of(1)
    assert [(hit.field, hit.spans) for hit in match.hits] == [("abstract", ((2, 3),))]


def test_not_gives_no_papers_that_are_not_there() -> None:
    day = index([paper("A: gan")] * 3)
    assert day.find(parse("gan -(vae van)").tree) == 0b111
    assert day.find(parse("x OR (gan -vae)").tree) == 0b111
    everything = day.match({1: keywords("gan -vae"), 2: keywords("gan -(x OR -gan)")})
    assert [len(everything.of(profile)) for profile in everything] == [3, 3]


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 128])
def test_a_day_may_have_any_number_of_papers(count: int) -> None:
    day = index([paper("T: gan")] * count)
    assert len(day.match({1: keywords("gan -vae")}).of(1)) == count
    assert len(day.match({1: keywords("vae OR (x -gan)")})) == 0
    assert len(day.match({})) == 0


def test_equal_keywords_of_a_profile_count_once() -> None:
    ready = compile_profiles({1: keywords("a b", "b AND a", "nerf"), 2: keywords("NeRFs")})
    assert len(ready.distinct) == 2
    (match,) = index([paper("A: a b")]).match(ready).of(1)
    assert match.keywords == (parse("a b"),)


def test_profiles_made_ready_serve_many_days() -> None:
    ready = compile_profiles({1: keywords("gan -vae"), 2: keywords("ti:vae")})
    assert list(index([paper("T: gan")]).match(ready)) == [1]
    assert list(index([paper("T: vae"), paper("A: gan")]).match(ready)) == [1, 2]


def test_a_day_can_be_pickled() -> None:
    day = index(sample()[:50])
    again = pickle.loads(pickle.dumps(day))  # noqa: S301  (our own bytes)
    profiles = {1: keywords("diffusion", '"language model"', "au:li", "seg*")}
    assert again.match(profiles).of(1) == day.match(profiles).of(1)


def phrases(seed: int, count: int) -> list[Keyword]:
    """Generated keywords of one word or phrase, prefix or exact form."""
    generator = Generator(seed)
    made = (generator.keyword() for _ in range(8 * count))
    return [keyword for keyword in made if isinstance(keyword.tree, Text)][:count]


@pytest.mark.parametrize("seed", range(4))
def test_highlights_are_whole_words_and_match_by_themselves(seed: int) -> None:
    day = index(sample()[seed::4])
    for keyword in phrases(seed, 20):
        cut = []
        for match in day.match({1: [keyword]}).of(1):
            for hit in match.hits:
                text = displayed(match.paper, hit.field)
                words = spans(text)
                begins, ends = {begin for begin, _ in words}, {end for _, end in words}
                assert all(begin in begins and end in ends for begin, end in hit.spans)
                cut += [text[begin:end] for begin, end in hit.spans]
        alone = index([Paper("x", text, text) for text in cut])
        assert alone.find(keyword.tree).bit_count() == len(cut), str(keyword)


@pytest.mark.parametrize("seed", range(4))
def test_in_keywords_of_any_shape_each_highlight_is_of_a_part_that_is_asked_for(seed: int) -> None:
    day, generator = index(sample()[seed::4]), Generator(40 + seed)
    for keyword in [generator.keyword() for _ in range(60)]:
        cut = {
            (hit.field, displayed(match.paper, hit.field)[begin:end])
            for match in day.match({1: [keyword]}).of(1)
            for hit in match.hits
            for begin, end in hit.spans
        }
        alone = index([_only(field, text) for field, text in cut])
        found = reduce(or_, map(alone.find, asked_for(keyword.tree)))
        assert found.bit_count() == len(cut), str(keyword)


def asked_for(tree: Tree, *, wanted: bool = True) -> Iterator[Leaf]:
    """The leaves of a tree that are under no `Not`, or under two."""
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from asked_for(child, wanted=wanted)
        case Not(child):
            yield from asked_for(child, wanted=not wanted)
        case _ if wanted:
            yield tree


def _only(field: Field, text: str) -> Paper:
    title, abstract = (text if field == name else "" for name in ("title", "abstract"))
    authors, categories = ((text,) if field == n else () for n in ("authors", "categories"))
    return Paper("x", title, abstract, authors, categories)


@pytest.mark.parametrize("seed", range(4))
def test_without_what_is_highlighted_nothing_matches(seed: int) -> None:
    day = index(sample()[seed::4])
    for keyword in phrases(seed, 20):
        left = [_without_hits(match) for match in day.match({1: [keyword]}).of(1)]
        assert index(left).find(keyword.tree) == 0, str(keyword)


def _without_hits(match: Match) -> Paper:
    texts = {}
    fields: tuple[Field, ...] = ("title", "abstract")
    for field in fields:
        text = displayed(match.paper, field)
        spans_of_field = [span for hit in match.hits if hit.field == field for span in hit.spans]
        for begin, end in reversed(spans_of_field):
            text = f"{text[:begin]}zzqx{text[end:]}"
        texts[field] = text
    return Paper("x", texts["title"], texts["abstract"])


def test_composed_and_decomposed_spelling_are_the_same() -> None:
    strange = [p for p in sample() if not (p.title + p.abstract + "".join(p.authors)).isascii()]
    assert len(strange) > 50
    composed, decomposed = (
        index(list(map(_composed, strange))),
        index(list(map(_decomposed, strange))),
    )
    generator = Generator(1)
    texts = [generator.text() for _ in range(300)]
    texts += ["Erdős OR Poincaré OR naïve", "α OR κ", "au:Müller OR au:Şahin", "schrödinger*"]
    for text in texts:
        here = composed.find(parse(normalize("NFC", text)).tree)
        assert here == decomposed.find(parse(normalize("NFD", text)).tree), text
        assert here == composed.find(parse(normalize("NFD", text)).tree), text


def _composed(paper: Paper) -> Paper:
    return _respelled(paper, lambda text: normalize("NFC", text))


def _decomposed(paper: Paper) -> Paper:
    return _respelled(paper, lambda text: normalize("NFD", text))


def _respelled(paper: Paper, spell: Callable[[str], str]) -> Paper:
    authors = tuple(map(spell, paper.authors))
    return replace(paper, title=spell(paper.title), abstract=spell(paper.abstract), authors=authors)


def test_abstracts_unlike_in_spelling_only_are_found_alike() -> None:
    texts = [
        "Schrödinger’s UNet",
        "SCHRO\u0308DINGER'S U-Net",
        "schrodinger u\u2010net",
        "Schrödinger U\u00adNet",
    ]
    day = index([Paper(str(n), "", text) for n, text in enumerate(texts)])
    assert ids(day, parse('"schrödinger u-net"')) == ["0", "1", "2", "3"]
