"""What a keyword would have brought, told when somebody adds it."""

from collections.abc import Sequence

from handlers.html import Html, code, join, shortened, text
from handlers.request import Request
from handlers.sheets import titled
from papers.keyword import Keyword
from storage.errors import IndexDamaged
from storage.searches import Preview

_MOST = 5  # keywords told of in one answer
_KEYWORD = 60  # UTF-16 units
_TITLE = 100


async def outlook(request: Request, keywords: Sequence[Keyword]) -> Html:
    """A line for each of the first few keywords; with a single one also its newest papers."""
    lines: list[Html] = []
    try:
        for keyword in keywords[:_MOST]:
            preview = await request.desk.store.search.preview(keyword)
            if preview.days:
                lines.append(_line(keyword, preview))
                if len(keywords) == 1:
                    lines += [text("– ") + titled(p, room=_TITLE) for p in preview.newest]
    except IndexDamaged:
        return Html()
    return join("\n", lines)


def _line(keyword: Keyword, preview: Preview) -> Html:
    days = len(preview.days)
    span = "on the newest day" if days == 1 else f"in {days} days, {preview.total / days:.1f} a day"
    count = "1 paper" if preview.total == 1 else f"{preview.total} papers"
    least = "at least " if preview.hurried else ""
    phrase = "" if preview.phrase is None else f"; {preview.phrase} with the words side by side"
    return code(shortened(str(keyword), _KEYWORD)) + f": {least}{count} {span}{phrase}"
