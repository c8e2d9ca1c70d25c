"""Why a keyword does or doesn't match a paper: never otherwise than the matcher, in plain words."""

import pytest

from papers.keyword import parse
from papers.matching import explain, index
from tests.papers.generated import Generator, sample
from tests.papers.test_language import paper

REASONS = [
    ("lidar", "T: x A: y", "no `lidar` in title or abstract"),
    ("ti:lidar", "T: x A: lidar", "no `lidar` in the title"),
    ("abs:lidar", "T: lidar", "no `lidar` in the abstract"),
    ("gan lidar", "T: gan", "no `lidar` in title or abstract"),
    ("=SAM", "A: Sam", "no `SAM`, spelled exactly so, in title or abstract"),
    ("seg*", "T: x", "no word beginning with `seg` in title or abstract"),
    ("few-shot", "A: few shots were shot, few", ""),
    ("few-shot", "A: shot, few", "no `few-shot` in title or abstract"),
    (
        '"point cloud"',
        "T: Point A: a cloud",
        "`point` and `cloud` are there, not next to each other",
    ),
    ('"point cloud"', "A: a cloud", "no `point` in title or abstract"),
    (
        '"the u-net of"',
        "A: of the unet",
        "`the`, `u-net` and `of` are there, not next to each other",
    ),
    ('="a b"', "A: a c b", "`a` and `b` are there, not next to each other"),
    ('="a b"', "A: A b", "no `a`, spelled exactly so, in title or abstract"),
    ("nerf -survey", "T: A survey A: nerf", "excluded by `-survey` in the title"),
    ("nerf -survey", "T: A survey A: nerf survey", "excluded by `-survey` in title and abstract"),
    ('nerf -"in a"', "A: nerf in a", 'excluded by `-"in a"` in the abstract'),
    ("x -(a OR b)", "A: x b", "excluded by `-(a OR b)`"),
    ("x -ti:(a b)", "T: a b A: x", "excluded by `-(ti:a ti:b)`"),
    ("x -cat:cs.CV", "A: x # cs.CV", "excluded by `-cat:cs.CV`"),
    ("x -au:lecun", "A: x @ Yann LeCun", "excluded by `-au:lecun` among the authors"),
    ("vae OR gan", "T: x", "none of `vae` and `gan` in title or abstract"),
    ("vae OR ti:gan", "T: x", "no `vae` in title or abstract; no `gan` in the title"),
    ("cat:cs.CV", "T: x # cs.LG cs.AI", "not in `cs.CV`: it is in cs.LG and cs.AI"),
    ("cat:cs.CV", "T: x", "not in `cs.CV`: it came without its categories"),
    ("au:lecun", "T: x @ Yann Dupont", "no author `lecun`"),
    ('au:"yann lecun"', "T: x @ Yann Dupont; Marie LeCun", "no one author is `yann lecun`"),
    ('au:"yann lecun"', "T: x @ Marie LeCun", "no author `yann`"),
    ("au:lecun", "T: x", "the paper came without its authors"),
]


@pytest.mark.parametrize(("keyword", "text", "reason"), REASONS)
def test_the_reason_is_given(keyword: str, text: str, reason: str) -> None:
    assert explain(parse(keyword), paper(text)).reason == reason


def test_a_match_is_explained_by_its_hits() -> None:
    explanation = explain(parse("gan OR lidar"), paper("T: GANs A: a gan"))
    assert explanation.matched
    assert [(hit.field, hit.spans) for hit in explanation.hits] == [
        ("title", ((0, 4),)),
        ("abstract", ((2, 5),)),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_explaining_agrees_with_matching_on_every_pair(seed: int) -> None:
    generator = Generator(seed)
    papers = sample()[seed::40]
    day = index(papers)
    for _ in range(25):
        keyword = generator.keyword()
        hits = {match.paper.id: match.hits for match in day.match({1: [keyword]}).of(1)}
        for each in papers:
            explanation = explain(keyword, each)
            assert explanation.matched == (each.id in hits), str(keyword)
            assert explanation.hits == hits.get(each.id, ())
            assert explanation.matched == (not explanation.reason)
