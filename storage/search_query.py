"""From a keyword's tree to what FTS5 is asked: two expressions that hold the answer between them.

FTS5 knows one word a place. Where a compound's joined form stands over the places of its parts, it
can't say whether a phrase goes through it. So there is `sure` (all that it finds matches) and
`maybe` (all that matches is found by it), mostly the same; those papers in the one but not in the
other have to be looked at. Expressions hold nothing but quoted tokens of `storage.search_words`.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from papers.names import readings
from papers.syntax import And, Category, Field, Name, Not, Or, Tree, Unit
from storage.search_words import EVERY, category, form

_EVERY = f'"{EVERY}"'


class Asked(NamedTuple):
    """Two expressions for FTS5; an empty one finds nothing."""

    sure: str
    maybe: str

    @property
    def exact(self) -> bool:
        """Whether there is nothing to be looked at."""
        return self.sure == self.maybe

    @property
    def doubtful(self) -> str:
        """What finds the papers that have to be looked at."""
        return "" if self.exact else _less(self.maybe, self.sure)


def asked(tree: Tree) -> Asked:
    """What to ask for a tree."""
    match tree:
        case And(children):
            kept = [asked(child) for child in children if not isinstance(child, Not)]
            less = [asked(child.child) for child in children if isinstance(child, Not)]
            sure = _all([each.sure for each in kept]) if kept else _EVERY
            maybe = _all([each.maybe for each in kept]) if kept else _EVERY
            return Asked(
                _less(sure, _any(each.maybe for each in less)),
                _less(maybe, _any(each.sure for each in less)),
            )
        case Or(children):
            parts = [asked(child) for child in children]
            return Asked(_any(part.sure for part in parts), _any(part.maybe for part in parts))
        case Not(child):
            part = asked(child)
            return Asked(_less(_EVERY, part.maybe), _less(_EVERY, part.sure))
        case Category(name=name):
            return _exactly(_quoted(category(name)))
        case Name(words=words):
            return _name(words)
    return _text(tree.units, tree.fields)


def _text(units: Sequence[Unit], fields: Sequence[Field]) -> Asked:
    singles = [row[0] for unit in units for row in unit]
    if len(singles) == 1:
        return _exactly(_term(singles[0], fields))
    if all(term.startswith("=") for term in singles):
        phrase = " ".join(form(term[1:]) for term in singles)
        return _exactly(_columns(fields, "_forms") + _quoted(phrase))
    held = _all([_held(unit, fields) for unit in units])
    if any(term.startswith("=") or term.endswith("*") for term in singles):
        return Asked("", held)
    sure = _any(_straight(units, fields))
    return Asked(sure, _any((sure, _all((held, _odd(units, fields))))))


def _straight(units: Sequence[Unit], fields: Sequence[Field]) -> Iterable[str]:
    """The words one by one in a row, and the compounds joined: as a row, or alone anywhere."""
    place = _columns(fields, "")
    yield place + _quoted(" ".join(row[0] for unit in units for row in unit))
    joined = [unit[0][-1] for unit in units]
    if len(units) == 1:
        yield _term(joined[0], fields)
    elif any(len(unit) > 1 for unit in units):
        yield place + _quoted(" ".join(joined))


def _held(unit: Unit, fields: Sequence[Field]) -> str:
    """Finds at least what holds the words of a unit in some spelling, wherever they are."""
    joined = (_term(term, fields) for row in unit for term in row[1:])
    return _any((_all([_term(row[0], fields) for row in unit]), *joined))


def _odd(units: Sequence[Unit], fields: Sequence[Field]) -> str:
    """Finds at least what holds any of the words in another reading than one word, one place."""
    extra = _columns(fields, "_extra")
    rows = [row for unit in units for row in unit]
    typed = (extra + _quoted(row[0].strip("=*")) for row in rows)
    return _any((*typed, *(_term(term, fields) for row in rows for term in row[1:])))


def _term(term: str, fields: Sequence[Field]) -> str:
    if term.startswith("="):
        return _columns(fields, "_forms") + _quoted(form(term[1:]))
    whole = len(fields) > 1  # then the kinds of tokens tell the columns well enough
    if term.endswith("*"):
        place = "" if whole else _columns(fields, "_forms", "_extra")
        return f"{place}{_quoted(f'={term[:-1]}')} *"
    return ("" if whole else _columns(fields, "", "_extra")) + _quoted(term)


def _name(words: Sequence[str]) -> Asked:
    if len(words) == 1 and not words[0].startswith("="):
        return _exactly(_word(words[0]))
    spelled = [[word.strip("=") for word in reading] for reading in readings(words)]
    maybe = _any(map(_author, spelled))
    if any(word.startswith("=") for word in words):
        return Asked("", maybe)
    rows = (_quoted(" ".join(f"~{word}" for word in reading)) for reading in spelled)
    sure = _any(rows)
    return Asked(sure, _any((sure, maybe)))


def _author(words: Sequence[str]) -> str:
    """Finds at least what has an author so named: each word, or its initial, and one spelled out.

    Initials typed are not asked for; they stand for any name.
    """
    folded = [word.casefold() for word in words]
    long = [word for word in folded if len(word) > 1]
    if not long:
        return _all(map(_word, folded))
    initials = (_any((_word(word), _word(word[0]))) for word in long)
    return _all((_any(map(_word, long)), *initials))


def _word(word: str) -> str:
    return f"{_quoted(f'~{word[:-1]}')} *" if word.endswith("*") else _quoted(f"~{word}")


def _exactly(expression: str) -> Asked:
    return Asked(expression, expression)


def _columns(fields: Sequence[Field], *kinds: str) -> str:
    return f"{{{' '.join(field + kind for field in fields for kind in kinds)}}} : "


def _quoted(tokens: str) -> str:
    return f'"{tokens}"'


def _all(expressions: Iterable[str]) -> str:
    parts = list(dict.fromkeys(expressions))
    return _joined(" AND ", parts) if all(parts) else ""


def _any(expressions: Iterable[str]) -> str:
    return _joined(" OR ", [part for part in dict.fromkeys(expressions) if part])


def _less(expression: str, other: str) -> str:
    return f"({expression} NOT {other})" if expression and other else expression


def _joined(operator: str, parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"({operator.join(parts)})" if parts else ""
