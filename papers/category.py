"""All that a paper's category is found by: its own name, other names it goes by, their archives."""

from collections import defaultdict
from functools import cache, lru_cache

from papers.taxonomy import taxonomy


@lru_cache(maxsize=16_384)
def names_of(category: str) -> frozenset[str]:
    """The names and archives of a category, in lower case, known to arXiv or not.

    `cs.IT` gives `cs.it`, `cs`, `math.it` and `math`.
    """
    name = category.casefold()
    names = _families().get(name, frozenset((name,)))
    return names | {each.partition(".")[0] for each in names}


@cache
def _families() -> dict[str, frozenset[str]]:
    """For each category with several names, by any of them, all of them."""
    others = defaultdict(set)
    for other, name in taxonomy().aliases.items():
        others[name.casefold()].add(other.casefold())
    families = [frozenset((name, *names)) for name, names in others.items()]
    return {name: family for family in families for name in family}
