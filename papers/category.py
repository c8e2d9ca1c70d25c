"""arXiv's category names: case, archives, and the two names that six categories have.

The aliases are those of arXiv's taxonomy (arxiv-base, `taxonomy/definitions.py`).
"""

from functools import lru_cache

_ALIASES = (
    ("cs.it", "math.it"),
    ("eess.sy", "cs.sy"),
    ("math-ph", "math.mp"),
    ("math.st", "stat.th"),
    ("math.na", "cs.na"),
    ("econ.gn", "q-fin.ec"),
)
_OTHER_NAME = {**dict(_ALIASES), **{alias: name for name, alias in _ALIASES}}


@lru_cache(maxsize=16_384)
def names_of(category: str) -> frozenset[str]:
    """All a paper's category is found by, in lower case: its names and their archives.

    `cs.IT` gives `cs.it`, `cs`, `math.it` and `math`.
    """
    name = category.casefold()
    names = {name, _OTHER_NAME.get(name, name)}
    return frozenset(names | {each.partition(".")[0] for each in names})
