"""What a keyword means, straight from the definition and as slow as that is: no matcher in it."""

from collections import defaultdict
from fnmatch import fnmatchcase
from functools import cache
from itertools import permutations

from papers.analysis import analyse, stems
from papers.names import SUFFIXES, readings, words_of
from papers.paper import Paper
from papers.syntax import And, Category, Not, Or, Text, Tree, Unit
from papers.taxonomy import taxonomy
from papers.text import clean

Terms = dict[str, list[tuple[int, int]]]


class Document:
    def __init__(self, paper: Paper) -> None:
        self.fields = {"title": terms(clean(paper.title)), "abstract": terms(clean(paper.abstract))}
        self.authors = [clean(author) for author in paper.authors]
        self.categories = [category.lower() for category in paper.categories]

    def matches(self, tree: Tree) -> bool:
        match tree:
            case And(children) | Or(children):
                return (all if isinstance(tree, And) else any)(map(self.matches, children))
            case Not(child):
                return not self.matches(child)
            case Text(units=units, fields=fields):
                return any(stand(units, self.fields[field]) for field in fields)
            case Category(name=name):
                return any(is_under(category, name) for category in self.categories)
        return any(is_named(tree.words, author) for author in self.authors)


def terms(text: str) -> Terms:
    found = defaultdict(list)
    for place, length, form in analyse(text):
        for term in {*stems(form), f"{form.casefold()}*", f"={form}" if length == 1 else "*"}:
            found[term].append((place, place + length))
    return found


def stand(units: tuple[Unit, ...], text: Terms, at: int | None = None) -> bool:
    """Whether the units stand in a row (beginning at word `at`)."""
    if not units:
        return True
    for parts, term in enumerate(units[0][0], 1):
        rest = (units[0][parts:], *units[1:]) if units[0][parts:] else units[1:]
        alike = [t for t in text if t.startswith(term[:-1])] if term[-1] == "*" else [term]
        spans = [span for one in alike if one[-1] == term[-1] for span in text.get(one, [])]
        if any(stand(rest, text, end) for begin, end in spans if at in (None, begin)):
            return True
    return False


@cache
def is_under(category: str, name: str) -> bool:
    known = taxonomy().resolve(category) or category
    names = [category, known, *(a for a, b in taxonomy().aliases.items() if b == known)]
    return any(name in (one, one.split(".")[0]) for one in map(str.lower, names))


@cache
def is_named(words: tuple[str, ...], author: str) -> bool:
    return any(fits(ask, name) for ask in readings(words) for name in readings(words_of(author)))


def fits(ask: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether `ask` are different words of a name, or initials beside its family name."""
    last = max((n for n, word in enumerate(name) if word.lower() not in SUFFIXES), default=0)
    for chosen in permutations(range(len(name)), len(ask)):
        pairs = [(word, name[n].casefold(), n) for word, n in zip(ask, chosen, strict=True)]
        same = {n for a, b, n in pairs if fnmatchcase(b, a) or a == f"={name[n]}"}
        short = {n for a, b, n in pairs if a[0] == b[0] and 1 in (len(a), len(b))}
        if same | (short if last in same and len(name[last]) > 1 else set()) >= set(chosen):
            return True
    return False
