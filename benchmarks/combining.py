"""What is put around an engine that finds words: keywords and profiles out of plain integers."""

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from operator import and_, or_

import numpy as np

from benchmarks.streams import FIELDS, pattern, places
from papers.profiles import Profiles
from papers.program import Rows
from papers.syntax import And, Leaf, Not, Or, Text, Tree

Finder = Callable[[str], object]
"""Says whether something is in a text."""
Plain = tuple[list[list[Finder]], list[Finder]]
"""Groups of which each must find one, and what must find nothing."""


def evaluated(tree: Tree, found: Mapping[Leaf, int], everything: int) -> int:
    """The papers of a tree, given those of its leaves."""
    match tree:
        case And(children):
            return reduce(and_, [evaluated(child, found, everything) for child in children])
        case Or(children):
            return reduce(or_, [evaluated(child, found, everything) for child in children])
        case Not(child):
            return everything & ~evaluated(child, found, everything)
    return found[tree]


def united(profiles: Profiles, sets: Sequence[int]) -> list[int]:
    """The papers of every profile, given those of the distinct keywords."""
    keywords, starts = profiles.keywords.tolist(), profiles.starts.tolist()
    result = []
    for begin, end in pairwise(starts):
        papers = 0
        for number in keywords[begin:end]:
            papers |= sets[number]
        result.append(papers)
    return result


def rows(sets: Sequence[int], papers: int) -> Rows:
    """Integers as rows of bits, as `papers.program` has them, to be compared."""
    width = papers // 64 + 1
    packed = b"".join(bits.to_bytes(8 * width, "little") for bits in sets)
    return np.frombuffer(packed, dtype="<u8").reshape(-1, width)


def fts(tree: Tree) -> str:
    """A tree as a query for FTS5 over streams."""
    match tree:
        case And(children):
            wanted = " AND ".join(fts(child) for child in children if not isinstance(child, Not))
            unwanted = (f" NOT {fts(child.child)}" for child in children if isinstance(child, Not))
            return f"({wanted}){''.join(unwanted)}"
        case Or(children):
            return f"({' OR '.join(map(fts, children))})"
        case Not():
            raise ValueError("FTS5 has no NOT without something before it")
    words = pattern(tree).strip()
    columns = " ".join(FIELDS[place] for place in places(tree))
    star = "*" if words.startswith("^") else ""
    return f'{{{columns}}} : "{words}"{star}'


def holds(wanted: list[list[Finder]], unwanted: list[Finder], text: str) -> bool:
    """Whether a text is what a keyword made by `plain` asks for."""
    for group in wanted:
        for finder in group:
            if finder(text):
                break
        else:
            return False
    return not any(finder(text) for finder in unwanted)


def plain(tree: Tree, made: Callable[[str], Finder]) -> Plain:
    """A keyword as small bots have it: words and phrases as written, in any field."""
    sides = tree.children if isinstance(tree, And) else (tree,)
    wanted = [_words(side) for side in sides if not isinstance(side, Not)]
    unwanted = [word for side in sides if isinstance(side, Not) for word in _words(side.child)]
    return [[made(word) for word in group] for group in wanted if group], [
        made(w) for w in unwanted
    ]


def _words(tree: Tree) -> list[str]:
    leaves = tree.children if isinstance(tree, Or) else (tree,)
    return [leaf.written.strip('"=*').lower() for leaf in leaves if isinstance(leaf, Text)]
