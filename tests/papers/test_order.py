"""Matches come best first, by the rule of `papers.ranking`, the same whoever asks."""

from collections.abc import Sequence

import pytest

from papers.keyword import parse
from papers.matching import index
from tests.papers.generated import Generator, sample
from tests.papers.test_language import paper

BEST_FIRST = {
    "title before abstract": (["T: gan", "A: gan"], ["gan"]),
    "an author counts as the title does": (["T: x @ Y LeCun", "A: gan"], ["gan", "au:lecun"]),
    "words side by side first": (["A: a point cloud", "A: clouds of points"], ["point cloud"]),
    "a title even scattered": (["T: clouds of points", "A: a point cloud"], ["point cloud"]),
    "a title alone before a part": (["T: cloud, point", "T: point A: cloud"], ["point cloud"]),
    "side by side in a title first": (["T: Point Clouds", "T: Clouds, Points"], ["point cloud"]),
    "either side of OR": (["T: gan", "A: vae"], ["vae OR gan"]),
    "side by side within OR": (["A: a b", "A: b a"], ["(a b) OR c"]),
    "a phrase is side by side": (["A: a b c", "A: c a b"], ['"a b" c']),
    "a prefix beside a word is scattered": (["A: nerf", "A: gan vision"], ["gan vis*", "nerf"]),
    "more keywords before fewer": (["A: gan vae", "A: gan"], ["gan", "vae"]),
    "title before more keywords": (["T: gan", "A: gan vae"], ["gan", "vae"]),
    "rarer before commoner": (["A: vae", "A: gan", "A: gan"], ["gan", "vae"]),
    "more keywords before rarer": (["A: gan nerf", "A: vae"], ["gan", "nerf", "vae"]),
    "categories alone last": (["A: gan # cs.CV", "T: x # cs.CV"], ["gan", "cat:cs.CV"]),
    "a category beside a word": (["T: gan # cs.CV", "A: gan # cs.CV"], ["cat:cs.CV gan"]),
    "what is left out is not looked at": (["T: gan", "A: gan"], ["gan -survey"]),
    "a word in the abstract only": (["T: vae", "T: gan A: gan"], ["abs:gan", "vae"]),
}


def ordered(texts: Sequence[str], asked: Sequence[str]) -> list[str]:
    day = index([paper(text) for text in texts])
    matches = day.match({1: [parse(text) for text in asked]}).of(1)
    places = [next(n for n, p in enumerate(day.papers) if p is m.paper) for m in matches]
    return [texts[place] for place in places]


@pytest.mark.parametrize(("texts", "asked"), BEST_FIRST.values(), ids=BEST_FIRST.keys())
def test_the_better_match_comes_first(texts: list[str], asked: list[str]) -> None:
    assert ordered(texts, asked) == texts
    assert ordered(texts[::-1], asked) == texts


def test_equals_come_as_they_were_announced() -> None:
    assert ordered(["A: gan b", "A: gan a"], ["gan"]) == ["A: gan b", "A: gan a"]


@pytest.mark.parametrize("seed", range(3))
def test_batches_say_the_same_as_single_profiles(seed: int) -> None:
    generator = Generator(seed)
    pool = [generator.keyword() for _ in range(40)]
    profiles = {-n: [pool[n % 40], pool[n * 7 % 40], pool[n * 11 % 40]] for n in range(1, 60)}
    matches = index(sample()[:150]).match(profiles)
    single = {profile: matches.of(profile) for profile in profiles}
    seen = set()
    for batch in matches.batches():
        for n, profile in enumerate(batch.profiles.tolist()):
            match = single[profile][batch.ranks[n]]
            numbers = batch.keywords[batch.starts[n] : batch.starts[n + 1]]
            assert match.paper is sample()[batch.papers[n]]
            assert {matches.keywords[k] for k in numbers} >= set(match.keywords)
            seen.add((profile, int(batch.papers[n])))
    assert len(seen) == sum(map(len, single.values()))


def test_the_order_does_not_depend_on_how_keywords_are_listed() -> None:
    asked = [parse(text) for text in ("point cloud", "diffusion", "ti:segmentation", "cat:cs.CV")]
    day = index(sample()[:300])
    here = [match.paper.id for match in day.match({1: asked}).of(1)]
    there = [match.paper.id for match in day.match({1: asked[::-1]}).of(1)]
    assert here == there
    assert len(here) > 50
