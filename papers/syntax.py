"""The tree of a keyword: what it looks for, every spelling reduced to what is compared.

    Tree = And | Or | Not | Leaf        Leaf = Text | Name | Category

`And` and `Or` are flat (none directly inside its like) and have two or more different children;
`Not` never holds a `Not`. Leaves carry their field, so a field before a group is already given to
all in it. A leaf's `written` is for people only and takes no part in comparing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

Field = Literal["title", "abstract", "authors", "categories"]
Unit = tuple[tuple[str, ...], ...]
"""What one chain of words is found by: `unit[i][n]` is the term of its parts `i` to `i + n`.

`U-Net` is `(("u", "unet"), ("net",))`, a single word `(("net",),)`. A term is a stem (`net`), a
form exactly as written (`=SAM`) or a beginning (`seg*`).
"""


@dataclass(frozen=True, slots=True)
class Text:
    """Units next to each other, in order, inside one of `fields`."""

    written: str = field(compare=False)
    units: tuple[Unit, ...]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Name:
    """One author. `words` are terms without stems: `lecun`, `=LeCun` or `lec*`."""

    written: str = field(compare=False)
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Category:
    """A category (`cs.cv`, `hep-th`) or an archive with its categories (`cs`), in lower case."""

    written: str = field(compare=False)
    name: str


@dataclass(frozen=True, slots=True)
class And:
    """All of the children."""

    children: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of the children."""

    children: tuple["Tree", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Every paper but those of the child."""

    child: "Tree"


Leaf = Text | Name | Category
Tree = And | Or | Not | Leaf


def both(trees: Iterable[Tree]) -> Tree:
    """All of `trees` (at least one), flattened, equal ones once."""
    return _joined(And, trees)


def either(trees: Iterable[Tree]) -> Tree:
    """Any of `trees` (at least one), flattened, equal ones once."""
    return _joined(Or, trees)


def without(tree: Tree) -> Tree:
    """Not `tree`; what is negated twice is itself."""
    return tree.child if isinstance(tree, Not) else Not(tree)


def finds(tree: Tree) -> bool:
    """Whether everything the tree matches holds something it looks for (`a OR NOT b` doesn't)."""
    match tree:
        case And(children):
            return any(map(finds, children))
        case Or(children):
            return all(map(finds, children))
        case Not(child):
            return _excludes(child)
    return True


def leaves(tree: Tree) -> Iterator[Leaf]:
    """All leaves, those under `Not` too, in written order."""
    match tree:
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child)
        case Not(child):
            yield from leaves(child)
        case _:
            yield tree


def key(tree: Tree, *, negated: bool = False) -> str:
    """One string for all trees that say the same: order and De Morgan's laws make no difference."""
    match tree:
        case Not(child):
            return key(child, negated=not negated)
        case And(children) | Or(children):
            sign = "&" if isinstance(tree, And) != negated else "|"
            parts = {part for child in children for part in _parts(child, sign, negated)}
            return f"({sign.join(sorted(parts))})" if len(parts) > 1 else parts.pop()
    return ("-" if negated else "") + _leaf_key(tree)


def _parts(tree: Tree, sign: str, negated: bool) -> Iterator[str]:
    """The keys of a child, or of its own children if those are joined by the same sign."""
    while isinstance(tree, Not):
        tree, negated = tree.child, not negated
    if isinstance(tree, And | Or) and ("&" if isinstance(tree, And) != negated else "|") == sign:
        for child in tree.children:
            yield from _parts(child, sign, negated)
    else:
        yield key(tree, negated=negated)


def _leaf_key(leaf: Leaf) -> str:
    match leaf:
        case Text(units=units, fields=fields):
            words = " ".join("/".join(term for row in unit for term in row) for unit in units)
            return f"{'+'.join(fields)}:{words}"
        case Name(words=words):
            return f"authors:{' '.join(sorted(words))}"
        case Category(name=name):
            return f"categories:{name}"


def _joined(kind: type[And] | type[Or], trees: Iterable[Tree]) -> Tree:
    flat: dict[Tree, None] = {}
    for tree in trees:
        flat.update(dict.fromkeys(tree.children if isinstance(tree, kind) else (tree,)))
    return kind(tuple(flat)) if len(flat) > 1 else next(iter(flat))


def _excludes(tree: Tree) -> bool:
    """Whether everything that does not match the tree holds something looked for."""
    match tree:
        case And(children):
            return all(map(_excludes, children))
        case Or(children):
            return any(map(_excludes, children))
        case Not(child):
            return finds(child)
    return False
