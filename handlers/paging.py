"""Pages that a message turns in place: which items are on one, and the buttons that turn it."""

from collections.abc import Sequence
from typing import NamedTuple, TypeVar

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from handlers.html import Html

T = TypeVar("T")


class Page(NamedTuple):
    """A message: its text, and its buttons if it has any."""

    html: Html
    keyboard: InlineKeyboardMarkup | None


class Place(NamedTuple):
    """Which page this is (from 1), of how many, and the position of its first item (from 1)."""

    page: int
    pages: int
    first: int


def paged(items: Sequence[T], size: int, page: int) -> tuple[Sequence[T], Place]:
    """The items on `page` (clamped to those there are), `size` a page."""
    pages = max(1, -(-len(items) // size))
    page = min(max(page, 1), pages)
    first = (page - 1) * size
    return items[first : first + size], Place(page, pages, first + 1)


def pager(target: str, place: Place) -> InlineKeyboardMarkup | None:
    """Buttons to the pages before and after; a press sends `target:page`. None for a single page.

    They stand in the same places on every page, so that one can press on without looking.
    """
    if place.pages == 1:
        return None
    page, pages = place.page, place.pages
    before, after = (page - 2) % pages + 1, page % pages + 1
    turns = ((f"‹ {before}", before), (f"{page} of {pages}", page), (f"{after} ›", after))
    row = [InlineKeyboardButton(label, callback_data=f"{target}:{to}") for label, to in turns]
    return InlineKeyboardMarkup([row])
