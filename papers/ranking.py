"""The order in which matches are shown: the rule, written down once.

For one profile, papers come in this order:

1. The better grade first, a paper's grade being the best its keywords give it:
   0. heading, together: the title (or the authors) matches, words of a conjunction side by side;
   1. heading: the title (or the authors) matches, the words scattered;
   2. text, together: title and abstract match, words of a conjunction side by side in one of them;
   3. text: title and abstract match, the words scattered.
   A keyword of a single word or phrase is together by itself. One that asks for categories alone
   always gives the last grade.
2. More keywords of the profile before fewer.
3. The rarer before the commoner: by the fewest papers that one of the keywords matched that day.
4. As the papers were announced.

`grades` says each grade as a tree of its own, so that the matcher itself decides what has which.
"""

from collections.abc import Callable, Iterable, Iterator

from papers.bits import ones
from papers.syntax import And, Category, Name, Not, Or, Text, Tree, both, either

LAST_GRADE = 3


def grades(tree: Tree) -> tuple[Tree | None, Tree | None, Tree | None, Tree]:
    """For each grade, best first, a tree of the papers with that grade or a better one, if any."""
    heading = _heading(tree)
    return heading and _together(heading), heading, _together(tree), tree


def ordered(trees: Iterable[Tree], find: Callable[[Tree], int]) -> list[int]:
    """The papers that match any of a profile's trees, best first; `find` gives a tree's papers."""
    best: dict[int, tuple[int, int, int, int]] = {}
    for tree in trees:
        matched = find(tree)
        count = matched.bit_count()
        for grade, papers in enumerate(_graded(tree, find)):
            for paper in ones(papers):
                before = best.get(paper, (LAST_GRADE, 0, count, paper))
                best[paper] = min(before[0], grade), before[1] - 1, min(before[2], count), paper
    return sorted(best, key=best.__getitem__)


def _graded(tree: Tree, find: Callable[[Tree], int]) -> Iterator[int]:
    """The papers that have each grade, best first, every paper once."""
    seen = 0
    for graded in grades(tree):
        papers = find(graded) & ~seen if graded else 0
        seen |= papers
        yield papers


def _heading(tree: Tree) -> Tree | None:
    """The same asked of title and authors alone; `None` if no paper can match so."""
    match tree:
        case Text(written, units, fields):
            return Text(written, units, ("title",)) if "title" in fields else None
        case And(children):
            return _all(child if _condition(child) else _heading(child) for child in children)
        case Or(children):
            return _any(_heading(child) for child in children)
    return tree if isinstance(tree, Name) else None


def _together(tree: Tree) -> Tree | None:
    """The same with the words of each conjunction side by side; `None` if they can't be."""
    match tree:
        case And(children):
            words = [child for child in children if isinstance(child, Text)]
            others = [child for child in children if not isinstance(child, Text)]
            others_together = (c if _condition(c) else _together(c) for c in others)
            return _all([*([_phrase(words)] if words else []), *others_together])
        case Or(children):
            return _any(_together(child) for child in children)
        case Category():
            return None
    return tree


def _phrase(words: list[Text]) -> Text | None:
    """Words as one phrase in the order they were written, if they are asked of the same fields."""
    if len(words) > 1 and any(
        word.fields != words[0].fields or word.units[0][0][0][-1:] == "*" for word in words
    ):
        return None
    units = tuple(unit for word in words for unit in word.units)
    return Text(" ".join(word.written for word in words), units, words[0].fields)


def _condition(tree: Tree) -> bool:
    """Whether a part only narrows down: nothing in it is looked for in title, text or authors."""
    match tree:
        case And(children) | Or(children):
            return all(map(_condition, children))
    return isinstance(tree, Category | Not)


def _all(trees: Iterable[Tree | None]) -> Tree | None:
    kept = list(trees)
    if None in kept or all(_condition(tree) for tree in kept if tree):
        return None
    return both(tree for tree in kept if tree)


def _any(trees: Iterable[Tree | None]) -> Tree | None:
    kept = [tree for tree in trees if tree]
    return either(kept) if kept else None
