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


def named(text: str) -> tuple[str, ...]:
    """The ids that `text` names, in any case: of a group, an archive, or the category (rarely the
    categories) of that id, alias or full name. `Physics` is the group, `physics` the archive.

    Raises UnknownCategoryError, with the nearest id, when it names nothing.
    """
    known, text = taxonomy(), " ".join(text.split())
    if category := known.resolve(text):
        return (category,)
    groups = {name: group for group, name in known.groups.items()}
    if text in groups:
        return (groups[text],)
    wanted = text.casefold()
    if wanted in known.archives or wanted in known.groups:
        return (wanted,)
    for name, group in groups.items():
        if name.casefold() == wanted:
            return (group,)
    return known.expand(text)
