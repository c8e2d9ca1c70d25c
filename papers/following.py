"""What following a group, an archive or a category comes to: which categories' lists."""

from collections.abc import Iterable
from functools import lru_cache

from papers.taxonomy import UnknownCategoryError, taxonomy


@lru_cache(maxsize=1024)
def covered(name: str) -> frozenset[str]:
    """The categories that `name` stands for; one that arXiv doesn't have stands for itself (as the
    name under which papers from elsewhere are filed)."""
    try:
        return frozenset(taxonomy().expand(name))
    except UnknownCategoryError:
        return frozenset((name,))


def follows(names: Iterable[str], category: str) -> bool:
    """Whether who follows `names` gets the lists of `category`; who follows none gets all."""
    listed = tuple(names)
    return not listed or any(category in covered(name) for name in listed)
