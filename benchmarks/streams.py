"""Papers and keywords as plain strings, for engines that know nothing of Paperboy's language.

The words of a text become ` stem stem stem `, so that a word or phrase is a substring with a blank
on either side; readings beside them (joined forms, other stems) follow, each after a `|`; then
each form, unstemmed, after a `^`, for prefixes. Authors are ` @word `, categories ` #name `.
"""

from papers.analysis import analyse, stems
from papers.category import names_of
from papers.names import readings, words_of
from papers.paper import Paper
from papers.syntax import Category, Leaf, Name, Text
from papers.text import clean

FIELDS = ("title", "abstract", "people")


def streams(paper: Paper) -> tuple[str, str, str]:
    """The title, the abstract, and authors with categories, one stream each."""
    names = {
        word.casefold()
        for author in paper.authors
        for reading in readings(words_of(clean(author)))
        for word in reading
    }
    categories = {name for category in paper.categories for name in names_of(category)}
    people = [f"@{name}" for name in sorted(names)] + [f"#{name}" for name in sorted(categories)]
    return _text(clean(paper.title)), _text(clean(paper.abstract)), f" {' '.join(people)} "


def pattern(leaf: Leaf) -> str:
    """The substring that a leaf of a keyword from `benchmarks.profiles` is in its streams."""
    match leaf:
        case Name(words=(word,)):
            return f" @{word} "
        case Category(name=name):
            return f" #{name} "
        case Text(units=units) if all(len(unit) == 1 for unit in units):
            words = " ".join(unit[0][0] for unit in units)
            return f"^{words[:-1]}" if words.endswith("*") else f" {words} "
    raise ValueError(f"No plain substring says what {leaf} does")


def places(leaf: Leaf) -> tuple[int, ...]:
    """The numbers of the streams in which a leaf is looked for."""
    fields = leaf.fields if isinstance(leaf, Text) else ("people",)
    return tuple(FIELDS.index(field) for field in fields)


def _text(text: str) -> str:
    forms = list(analyse(text))
    words = [stems(written)[0] for _, length, written in forms if length == 1]
    others = [stem for _, length, written in forms for stem in stems(written)[length == 1 :]]
    beginnings = sorted({written.casefold() for _, _, written in forms})
    return f" {' '.join(words)} | {' | '.join(others)} | ^{' ^'.join(beginnings)} "
