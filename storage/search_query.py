"""From a keyword's tree to what FTS5 is asked: two expressions that hold the answer together.

FTS5 knows one word a place. Where a compound's joined form stands over the places of its parts, it
can't say whether a phrase goes through it. So there is what surely matches, and a rest, mostly few,
in which papers have to be looked at. All they consist of are quoted tokens of
`storage.search_words`.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice, pairwise, product
from typing import NamedTuple

from papers.analysis import stems
from papers.names import SUFFIXES, readings
from papers.syntax import And, Category, Field, Name, Not, Or, Tree, Unit
from storage.search_words import AROUND, EVERY, LONG_NAME, NEAR, category, form, initial, pairs

_EVERY = f'"{EVERY}"'
_FAR = 1_000_000_000  # words, beyond which nothing can be in the same text
_MOST_COMPOUNDS = 3  # of one phrase, for which all spellings are asked
_MOST = 1 << _MOST_COMPOUNDS


class Asked(NamedTuple):
    """Two expressions for FTS5; an empty one finds nothing.

    All that `sure` finds matches; all that matches is found by `sure` or by `rest`.
    """

    sure: str
    rest: str

    @property
    def maybe(self) -> str:
        """What finds all that matches, and perhaps more."""
        return _any(self)

    @property
    def doubtful(self) -> str:
        """What finds the papers that have to be looked at."""
        return _less(self.rest, self.sure)


def asked(tree: Tree) -> Asked:
    """What to ask for a tree."""
    match tree:
        case And(children):
            kept = [asked(child) for child in children if not isinstance(child, Not)]
            less = [asked(child.child) for child in children if isinstance(child, Not)]
            return _without(_together(kept), less)
        case Or(children):
            parts = [asked(child) for child in children]
            return Asked(_any(part.sure for part in parts), _any(part.rest for part in parts))
        case Not(child):
            return _without(_exactly(_EVERY), [asked(child)])
        case Category(name=name):
            return _exactly(_quoted(category(name)))
        case Name(words=words):
            return _name(words)
    return _text(tree.units, tree.fields)


def _together(parts: Sequence[Asked]) -> Asked:
    if not parts:
        return _exactly(_EVERY)
    rest = _any(part.rest for part in parts)
    return Asked(_all([part.sure for part in parts]), _all([rest, *(part.maybe for part in parts)]))


def _without(kept: Asked, less: Sequence[Asked]) -> Asked:
    sure, rest = _any(part.sure for part in less), _any(part.rest for part in less)
    left = _any((kept.rest, _all([rest, kept.sure])))
    return Asked(_less(kept.sure, _any((sure, rest))), _less(left, sure))


def _text(units: Sequence[Unit], fields: Sequence[Field]) -> Asked:
    singles = [row[0] for unit in units for row in unit]
    if len(singles) == 1:
        return _exactly(_term(singles[0], fields))
    if all(term.startswith("=") for term in singles):
        return _exactly(_column(fields) + _as_written([term[1:] for term in singles]))
    held = _all([_held(unit, fields) for unit in units])
    if any(term.startswith("=") or term.endswith("*") for term in singles):
        return Asked("", held)
    sure = _any(_straight(units, fields))
    beside = (_beside(*two, fields) for two in pairwise(units))
    return Asked(sure, _all((*beside, _odd(units, fields), held)))


def _straight(units: Sequence[Unit], fields: Sequence[Field]) -> Iterator[str]:
    """Finds what holds the words in a row: one a place, or each compound of the text as one."""
    if len(units) == 1:
        yield _term(units[0][0][-1], fields)
    for terms in islice(product(*map(_spellings, units)), _MOST):
        row = [term for spelling in terms for term in spelling]
        if len(row) > 1:
            yield _column(fields) + _quoted(" ".join(pairs(row)))
            yield _column(fields) + _quoted(" ".join(pairs(row, "&")))


def _as_written(words: Sequence[str]) -> str:
    """Finds a phrase as it is written; by its stems first, whose pairs are rarer than its words."""
    phrase = _quoted(" ".join(map(form, words)))
    return f"NEAR({phrase} {_quoted(' '.join(pairs(stems(w)[0] for w in words)))}, {_FAR})"


def _spellings(unit: Unit) -> Sequence[Sequence[str]]:
    """A unit word by word, and as one."""
    return ([row[0] for row in unit], [unit[0][-1]])[: len(unit)]


def _held(unit: Unit, fields: Sequence[Field]) -> str:
    """Finds at least what holds the words of a unit in some spelling, wherever they are."""
    joined = (_term(term, fields) for row in unit for term in row[1:])
    return _any((_all([_term(row[0], fields) for row in unit]), *joined))


def _beside(one: Unit, other: Unit, fields: Sequence[Field]) -> str:
    """Finds at least what holds some spellings of two units next to each other."""
    ends, begins = [row[-1] for row in one], other[0]
    signs = product(product(ends, begins), ("", "&", "%"))
    tokens = chain.from_iterable(pairs(two, sign) for two, sign in signs)
    odd = (f"^{term}" for term in (*ends, *begins))
    return _any(_token(token, fields) for token in (*tokens, *odd))


def _odd(units: Sequence[Unit], fields: Sequence[Field]) -> str:
    """Finds at least what holds the words in a way that `_straight` does not know: part of a
    compound, some compounds by their parts and others as one, or more than it looks at."""
    terms = [term for unit in units for row in unit for term in row]
    joined = _any(_token(f".{term}", fields) for term in terms)
    if sum(map(len, units)) > AROUND + 1 or sum(len(unit) > 1 for unit in units) > _MOST_COMPOUNDS:
        written = (_term(term, fields) for unit in units for row in unit for term in row[1:])
        return _any((joined, *written))
    if any(len(unit) > 2 for unit in units):
        parts = [term for unit in units for row in unit[1:] for term in row[1:]]
        parts += [term for unit in units if len(unit) > 2 for term in unit[0][1:-1]]
        return _any((joined, *(_term(term, fields) for term in parts)))
    odd = (_token(f"^{term}", fields) for term in terms)
    return _any((*odd, _all((joined, _any(_token(f"#{term}", fields) for term in terms)))))


def _term(term: str, fields: Sequence[Field]) -> str:
    if term.startswith("="):
        return _token(form(term[1:]), fields)
    if term.endswith("*"):
        return f"{_token(f'={term[:-1]}', fields)} *"
    return _quoted(f"!{term}") if fields == ("title",) else _token(term, fields)


def _token(token: str, fields: Sequence[Field]) -> str:
    return _column(fields) + _quoted(token)


def _name(words: Sequence[str]) -> Asked:
    if len(words) == 1 and not words[0].startswith("="):
        return _exactly(_word(words[0]))
    spelled = [[word.strip("=") for word in reading] for reading in readings(words)]
    maybe = _any(map(_author, spelled))
    if any(word.startswith("=") for word in words):
        return Asked("", maybe)
    rows = (_quoted(" ".join(f"~{word}" for word in reading)) for reading in spelled)
    return Asked(_any((*rows, *chain.from_iterable(map(_shortened, spelled)))), maybe)


def _shortened(words: Sequence[str]) -> Iterator[str]:
    """Finds two words as a family name and an initial: of a name, or typed for any name."""
    for given, family in (words, words[::-1]) if len(words) == 2 else ():
        if len(family) > 1 and family not in SUFFIXES:
            yield _quoted(initial(given[0], family, alone=len(given) > 1))


def _author(words: Sequence[str]) -> str:
    """Finds at least what has an author so named: each word, or its initial, one spelled out."""
    folded = [word.casefold() for word in words]
    long = [word for word in folded if len(word) > 1]
    if not long:
        return _all(map(_word, folded))
    initials = (_any((_word(word), _word(word[0]))) for word in long)
    held = _all((_any(map(_word, long)), *initials))
    if len(long) == 1:
        short = (word for word in folded if len(word) == 1)
        return _all((held, *(_initial(letter, long[0]) for letter in short)))
    near = (_near(*pair, short=len(long) > 2) for pair in pairwise(long))
    return _all((held, _any((_all(near), _quoted(LONG_NAME)))))


def _initial(letter: str, word: str) -> str:
    """An initial that was typed: of a name with this family name, or a word of one by itself."""
    together = f"NEAR({_word(letter)} {_word(word)}, {NEAR})"
    return _any((_quoted(initial(letter, word)), together, _quoted(LONG_NAME)))


def _near(one: str, other: str, *, short: bool) -> str:
    """Two words of one name, either as its initial, both only if a third is spelled out."""
    pairs = [(one, other), (one[0], other), (one, other[0])] + [(one[0], other[0])] * short
    return _any(f"NEAR({_word(a)} {_word(b)}, {NEAR})" for a, b in pairs)


def _word(word: str) -> str:
    return f"{_quoted(f'~{word[:-1]}')} *" if word.endswith("*") else _quoted(f"~{word}")


def _exactly(expression: str) -> Asked:
    return Asked(expression, "")


def _column(fields: Sequence[Field]) -> str:
    """Narrows to one of the two columns, if it isn't both that are asked for."""
    return f"{fields[0]} : " if len(fields) == 1 else ""


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
