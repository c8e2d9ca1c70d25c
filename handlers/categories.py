"""/categories: which of arXiv's lists a chat follows."""

import re
from dataclasses import replace

from handlers.html import Html, bold, code, join, text
from handlers.request import Request
from handlers.wishes import allowed, keep, wishes
from papers.following import covered, named
from papers.taxonomy import UnknownCategoryError, taxonomy
from storage.account import Terms

_MOST = 40  # names a chat may follow; an archive or a group is one
Piece = tuple[str, tuple[str, ...]]
"""A sign (`+`, `-` or none) and the names it stands before."""

_ALL = ("all", "everything")
_CROSSES = re.compile(r"cross(?:es|-?lists?)?\s+(on|off)", re.IGNORECASE)


async def categories(request: Request) -> None:
    """/categories cs.CV, math: follow these; +cs.RO -cs.LG: these too, and those no more; `all`;
    `cross off`; without words, what is followed."""
    words = request.text.strip()
    terms = await wishes(request)
    if not words:
        await request.reply(_told(terms, await _labels(request)))
        return
    try:
        labels = await _labels(request)
        changed = read(words, terms, labels)
        vain = in_vain(words, terms, changed, labels)
    except UnknownCategoryError as error:
        await request.reply(_refused(error))
        return
    if len(changed.categories) > _MOST:
        await request.reply(text(f"{_MOST} are the most. An archive (cs) or a group counts once."))
    elif await allowed(request):
        await keep(request, changed)
        await request.reply(join("\n", [*vain, _told(changed, labels)]))


def read(words: str, terms: Terms, labels: tuple[str, ...] = ()) -> Terms:
    """`terms` as `words` change them. `labels` are names of other feeds that may be followed.

    Raises UnknownCategoryError for a name that is none of arXiv's, nor a label.
    """
    if crosses := _CROSSES.fullmatch(words.strip()):
        return replace(terms, crosses=crosses[1].lower() == "on")
    if words.strip().casefold() in _ALL:
        return replace(terms, categories=())
    pieces = _pieces(words, {label.casefold(): label for label in labels})
    added = [name for sign, names in pieces if sign != "-" for name in names]
    removed = _dropped(pieces)
    alone = all(sign == "" for sign, _ in pieces)
    kept = [] if alone else [name for name in terms.categories if name not in removed]
    return replace(terms, categories=tuple(dict.fromkeys([*kept, *added])))


def in_vain(words: str, before: Terms, after: Terms, labels: tuple[str, ...] = ()) -> list[Html]:
    """Of the names that `words` drop, those that were not followed by themselves: a line for each
    that says why, and what to write instead."""
    if _CROSSES.fullmatch(words.strip()) or words.strip().casefold() in _ALL:
        return []
    dropped = _dropped(_pieces(words, {label.casefold(): label for label in labels}))
    return [_undropped(n, after.categories) for n in dropped if n not in before.categories]


def _dropped(pieces: list[Piece]) -> list[str]:
    return [name for sign, names in pieces if sign == "-" for name in names]


def _undropped(name: str, followed: tuple[str, ...]) -> Html:
    within = next((each for each in followed if covered(name) <= covered(each)), "")
    if not within:
        return (
            "You don't follow "
            + code(name)
            + (" by name: you follow all." if not followed else ".")
        )
    others = sorted(covered(within) - covered(name))
    fitting = len(others) + len(followed) <= _MOST
    instead = ", ".join(f"+{each}" for each in (others if fitting else others[:3]))
    said = "Instead: " if fitting else "Instead name those of it that you want: "
    reason = code(name) + " belongs to " + code(within) + ", which you follow as a whole. "
    return reason + said + code(f"/categories -{within}, {instead}")


def _pieces(words: str, known: dict[str, str]) -> list[Piece]:
    """Each name with its sign. Names may hold blanks, or stand apart by no more than that."""
    found = []
    for piece in re.split(r"[,;\n]+", words):
        try:
            found += [_piece(piece, known)] if piece.strip() else []
        except UnknownCategoryError as error:
            first, *others = piece.split()
            try:
                found.append(_piece(first, known))
            except UnknownCategoryError:
                raise error from None  # of the whole name, which was meant as one
            found += [_piece(word, known) for word in others]
    return found


def _piece(piece: str, known: dict[str, str]) -> Piece:
    piece = piece.strip()
    sign = piece[0] if piece[0] in "+-−–" else ""
    name = piece.removeprefix(sign).strip()
    label = known.get(name.casefold())
    return sign.replace("−", "-").replace("–", "-"), (label,) if label else named(name)


async def _labels(request: Request) -> tuple[str, ...]:
    return tuple(await request.desk.store.days.categories())


def _told(terms: Terms, labels: tuple[str, ...]) -> Html:
    lines: list[Html | str] = [bold("You follow")]
    lines += [_line(name) for name in terms.categories]
    if not terms.categories:
        read_now = ", ".join(labels[:20]) or "nothing yet"
        lines.append("everything that is read here, which is: " + code(read_now))
    crosses = "too" if terms.crosses else "not"
    switch = "off" if terms.crosses else "on"
    lines += [
        "",
        f"Cross-lists {crosses}: " + code(f"/categories cross {switch}") + " changes that.",
        "Choose: " + code("/categories cs.CV, stat.ML") + ", add " + code("/categories +math"),
        "or drop " + code("/categories -stat.ML") + "; " + code("/categories all") + " for all.",
    ]
    whole = Html()
    for number, line in enumerate(lines):
        whole = whole + ("\n" if number else "") + line
    return whole


def _line(name: str) -> Html:
    count = len(covered(name))
    several = f", {count} categories" if count > 1 else ""
    full = taxonomy().name(name)
    return code(name) + (f" – {full}{several}" if full != name else several)


def _refused(error: UnknownCategoryError) -> Html:
    answer = text(str(error))
    if error.suggestion:
        again = code(f"/categories +{error.suggestion}")
        return join("\n", [answer, "If so: " + again])
    return join("\n", [answer, text("arxiv.org/category_taxonomy lists them all.")])
