"""A stretch of a text around the first words that matched."""

from collections.abc import Sequence

from handlers.html import Html, marked, shortened, units

Span = tuple[int, int]


def excerpt(whole: str, spans: Sequence[Span], room: int) -> Html:
    """About `room` UTF-16 units of `whole` with the first of `spans` in it, all in it in bold.

    Begins and ends at words; an ellipsis stands where something is left out.
    """
    begin = _begin(whole, spans, room)
    shown = shortened(whole[begin:], room)
    end = len(whole) if shown == whole[begin:] else begin + len(shown) - len(" …")
    inside = [(b - begin, e - begin) for b, e in spans if begin <= b and e <= end]
    return ("… " if begin else "") + marked(shown, inside)


def _begin(whole: str, spans: Sequence[Span], room: int) -> int:
    """The beginning of the text if the first span is near it, else of a word before the span."""
    if not spans or units(whole[: spans[0][1]]) < room * 3 // 4:
        return 0
    near = max(0, spans[0][0] - room // 4)
    blank = whole.find(" ", near, spans[0][0])
    return spans[0][0] if blank < 0 else blank + 1
