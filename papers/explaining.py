"""Why a keyword does not match a paper: the first reason, in words fit for the person who asked."""

from collections.abc import Callable, Sequence

from papers.analysis import word_chains
from papers.paper import Paper
from papers.syntax import And, Category, Field, Leaf, Name, Not, Or, Text, Tree
from papers.terms import SHORT

Find = Callable[[Tree], int]


def reason(tree: Tree, paper: Paper, find: Find) -> str:
    """The first reason why `tree` does not match; `find` says (not 0) whether a tree matches.

    `no "lidar" in title or abstract`, with backticks for the quotes, say.
    """
    match tree:
        case And(children):
            return next(reason(child, paper, find) for child in children if not find(child))
        case Or(children):
            return _none_of(children, paper, find)
        case Not(child):
            return f"excluded by `-{_grouped(child)}`{_where(child, find)}"
        case Name():
            return _no_name(tree, paper, find)
        case Category(written):
            return f"not in `{written}`: {_categories(paper)}"
    return _no_text(tree, find)


def spelled(tree: Tree) -> str:
    """A tree in the language: as it was written, but for parentheses."""
    match tree:
        case And(children):
            return " ".join(
                f"({spelled(c)})" if isinstance(c, Or) else spelled(c) for c in children
            )
        case Or(children):
            return " OR ".join(map(spelled, children))
        case Not(child):
            return f"-{_grouped(child)}"
        case Name(written):
            return f"{SHORT['authors']}:{written}"
        case Category(written):
            return f"{SHORT['categories']}:{written}"
        case Text(written, _, fields):
            return f"{SHORT[fields[0]]}:{written}" if len(fields) == 1 else written


def _grouped(tree: Tree) -> str:
    return f"({spelled(tree)})" if isinstance(tree, And | Or) else spelled(tree)


def _none_of(trees: Sequence[Tree], paper: Paper, find: Find) -> str:
    words = [tree for tree in trees if isinstance(tree, Text)]
    if len(words) == len(trees) and len({word.fields for word in words}) == 1:
        return f"none of {_listed([_quoted(word) for word in words])} {_in(words[0].fields)}"
    return "; ".join(dict.fromkeys(reason(tree, paper, find) for tree in trees))


def _no_text(leaf: Text, find: Find) -> str:
    parts = _parts(leaf)
    missing = [part for part in parts if not find(part)]
    if missing or len(parts) == 1:
        return f"no {_named((missing or parts)[0])} {_in(leaf.fields)}"
    words = _listed(list(dict.fromkeys(map(_quoted, parts))))
    return f"{words} are there, not next to each other"


def _parts(leaf: Text) -> list[Text]:
    """The words of a phrase, each as a leaf of its own; words tied by a hyphen stay together."""
    if len(leaf.units) == 1:
        return [leaf]
    exact = "=" * leaf.written.startswith("=")
    found = word_chains(leaf.written)
    words = [word for chain in found for word in chain] if exact else map("-".join, found)
    return [
        Text(exact + word, (unit,), leaf.fields)
        for word, unit in zip(words, leaf.units, strict=True)
    ]


def _no_name(leaf: Name, paper: Paper, find: Find) -> str:
    if not paper.authors:
        return "the paper came without its authors"
    parts = [Name(word, (word,)) for word in leaf.words]
    missing = [part for part in parts if not find(part)]
    if len(parts) == 1 or missing:
        return f"no author {_quoted(missing[0] if len(parts) > 1 else leaf)}"
    return f"no one author is {_quoted(leaf)}"


def _where(tree: Tree, find: Find) -> str:
    """In which fields what excludes was found, if it is a single word or phrase."""
    match tree:
        case Text(written, units, fields):
            found = [field for field in fields if find(Text(written, units, (field,)))]
            return f" {_in(found, ' and ')}"
        case Name():
            return " among the authors"
    return ""


def _quoted(leaf: Leaf) -> str:
    bare = leaf.written.strip('="')
    return f"`{bare}`"


def _named(leaf: Text) -> str:
    """A word as what it asks for: `=SAM` is SAM, so spelled, and `seg*` is any word like it."""
    word = leaf.written.strip('="*')
    if leaf.written.startswith("="):
        return f"`{word}`, spelled exactly so,"
    return f"word beginning with `{word}`" if leaf.written.endswith("*") else f"`{word}`"


def _categories(paper: Paper) -> str:
    if not paper.categories:
        return "it came without its categories"
    return f"it is in {_listed(paper.categories)}"


def _in(fields: Sequence[Field], joint: str = " or ") -> str:
    return f"in the {fields[0]}" if len(fields) == 1 else f"in {joint.join(fields)}"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words[:-1]) + " and " * (len(words) > 1) + words[-1]
