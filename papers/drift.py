"""Whether a feed has changed its format: what it tells of papers no more, though it always did."""

from collections.abc import Collection, Sequence

from papers.feed import Feed
from papers.paper import Paper

OF_ARXIV = frozenset(("title", "abstract", "authors", "categories", "announce type"))
"""What arXiv's feeds tell of every paper."""

_SHARE = 0.05  # of the entries; fewer are accidents
_LEAST = 3  # entries


def drift(feed: Feed, told: Collection[str]) -> str:
    """What `feed` lacks in more than 5 % of its entries of the fields that are normally `told`, in
    words for operators; empty when nothing is amiss."""
    lost = (
        f"{lacking} of {feed.entries} entries have no {name}"
        for name, lacking in feed.lacking.items()
        if name in told and lacking >= _LEAST and lacking > _SHARE * feed.entries
    )
    return "; ".join(lost)


def usually_told(papers: Sequence[Paper]) -> frozenset[str]:
    """The fields that a feed from elsewhere tells, going by the `papers` that it listed once."""
    having = {"title", "abstract", "authors"} if papers else set()
    for name in ("abstract", "authors"):
        if sum(not getattr(paper, name) for paper in papers) > _SHARE * len(papers):
            having.discard(name)
    return frozenset(having)
