"""Papers as people see them: in a list, in an alert, by themselves."""

from collections.abc import Sequence

from handlers.days import category_name, day_name
from handlers.html import Html, bold, italic, join, link, marked, quote, shortened, text, units
from papers.matching import Match
from papers.paper import Paper
from papers.text import clean
from storage.store import Told

_AUTHORS = 12  # more than these are "and N more"
_CATEGORIES = 12
_TITLE = 300  # UTF-16 units, as are those below; the longest of 74,728 real titles has 226
_REASONS = 200
_ABSTRACT = 2000  # arXiv's own limit is 1,920 characters of source
_COMMENT = 300
_SHORTEST = 160  # UTF-16 units: less of an abstract than this tells nothing


def titled(paper: Paper, match: Match | None = None, room: int = _TITLE) -> Html:
    """The title as a link, the words that matched in bold."""
    return link(paper.link, _marked(clean(paper.title), match, "title", room))


def headed(paper: Paper, match: Match | None, keywords: Sequence[str]) -> Html:
    """How a paper begins in an alert: its title, and why it came."""
    why = italic(shortened(" · ".join(keywords), _REASONS))
    return join("\n", [titled(paper, match), why])


def abstract(paper: Paper, match: Match | None, room: int) -> Html:
    """The abstract as a quote that opens on a tap, cut to `room` UTF-16 units, or none for few."""
    whole = clean(paper.abstract)
    if units(whole) > room and room < _SHORTEST:
        return Html()
    return quote(_marked(whole, match, "abstract", room))


def sheet(paper: Paper, told: Sequence[Told]) -> Html:
    """Everything Paperboy knows about one paper, in one message."""
    lines = [
        bold(titled(paper)),
        _authors(paper),
        join(" · ", [paper.id, join(", ", map(category_name, paper.categories[:_CATEGORIES]))]),
        abstract(paper, None, _ABSTRACT),
        italic(shortened(clean(paper.comment), _COMMENT)),
        join(
            "\n",
            [
                "Announced in " + category_name(t.category) + f" on {day_name(t.day)}"
                for t in told[:6]
            ],
        ),
    ]
    return join("\n\n", lines)


def _authors(paper: Paper) -> Html:
    names = ", ".join(shortened(clean(name), 60) for name in paper.authors[:_AUTHORS])
    more = len(paper.authors) - _AUTHORS
    return text(f"{names} and {more} more" if more > 0 else names)


def _marked(whole: str, match: Match | None, field: str, room: int) -> Html:
    """`whole` cut to `room`, with the words in bold that matched and are not cut off."""
    shown = shortened(whole, room)
    end = len(whole) if shown == whole else len(shown) - len(" …")
    spans = (
        span for hit in (match.hits if match else ()) if hit.field == field for span in hit.spans
    )
    return marked(shown, (span for span in spans if span[1] <= end))
