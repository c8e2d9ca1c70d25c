"""What goes to whom: the finds of a digest are the matcher's matches, ranked and with reasons."""

from bot.ingest import finds
from papers import markdown
from papers.keyword import parse
from papers.matching import index
from storage.store import Find
from tests.data import DIGEST

PAPERS = markdown.parse(DIGEST.read_bytes()).papers
PROFILES = {
    7: [parse("gan"), parse('"point cloud"'), parse("ti:detection")],
    -100200300: [parse("learning -survey")],
    8: [parse("zymurgy")],
}


def test_finds_are_the_matches_in_their_order_with_the_keywords_that_hit() -> None:
    matches = index(PAPERS).match(PROFILES)
    expected = [
        Find(chat, PAPERS.index(match.paper), rank, tuple(map(str, match.keywords)))
        for chat in sorted(PROFILES)
        for rank, match in enumerate(matches.of(chat))
    ]
    assert len(expected) > 40
    assert list(finds(PAPERS, PROFILES)) == expected


def test_nobody_or_nothing_finds_nothing() -> None:
    assert list(finds([], PROFILES)) == []
    assert list(finds(PAPERS, {})) == []
