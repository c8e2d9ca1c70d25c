"""How days are written: their names, and the line that tells where a day stands."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote_plus

from handlers.html import Html, bold, join, link
from storage.store import DigestInfo

_CATEGORIES = 8  # named in one line


def heading(digests: Sequence[DigestInfo], yours: int) -> Html:
    """Where things stand: `cs.CV · Tue 25 Feb 2020 · 70 papers · 3 yours`."""
    categories = list(dict.fromkeys(digest.category for digest in digests))
    shown = [category_name(category) for category in categories[:_CATEGORIES]]
    more = len(categories) - len(shown)
    names = join(", ", shown) + (f" and {more} more" if more else "")
    days = sorted({digest.day for digest in digests})
    papers = sum(digest.papers for digest in digests)
    counts = f"{papers} paper{'' if papers == 1 else 's'} · {yours} yours"
    late = "filled in late" if any(digest.late for digest in digests) else ""
    span = " to ".join(map(day_name, days[:1] + days[1:][-1:]))
    return bold(join(" · ", [names, span, counts, late]))


def category_name(category: str) -> Html:
    """A category, leading to its list. Without a link of ours Telegram would make one of its own:
    .CV is the domain of Cape Verde, .AI that of Anguilla, .RO that of Romania."""
    return link(f"https://arxiv.org/list/{quote_plus(category)}/recent", category)


def day_name(day: date) -> str:
    """A day as people write it: `Tue 25 Feb 2020`."""
    return f"{day:%a} {day.day} {day:%b %Y}"
