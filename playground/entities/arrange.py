"""Making entities fit a text as Telegram does: cleaning, trimming, nesting (tdlib,
fix_formatted_text). Pure."""

import re
from bisect import bisect_left, bisect_right

from playground.entities.entity import CODE, QUOTES, SPLITTABLE, Entity, utf16_length

_TO_SPACE = {code: " " for code in range(33) if code not in (10, 13)}
_REMOVED = dict.fromkeys([13, *range(0x2028, 0x202F), 0x0333, 0x033F, 0x030A], "")
_CLEANING = str.maketrans(_TO_SPACE | _REMOVED)
_GONE = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_DIRTY = re.compile("[\0-\x09\x0b-\x1f\u2028-\u202e\u0333\u033f\u030a]")


def arrange(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Clean and trim a text and put its entities in order; gives both. The text may come out empty.

    Control characters become spaces, carriage returns and some marks go, white space is cut off at
    both ends (in front only up to the first entity), and entities that cannot nest are dropped or
    split.
    """
    if _DIRTY.search(text):
        text, entities = _clean(text, entities)
    entities = nest(entities)
    trimmed = text.rstrip(" \n")
    if len(trimmed) < len(text):
        end = utf16_length(trimmed)
        entities = [e.spanning(e.offset, min(e.end, end)) for e in entities if e.offset < end]
        entities.sort(key=lambda entity: entity.order)
    first = entities[0].offset if entities else len(trimmed)
    leading = min(len(trimmed) - len(trimmed.lstrip(" \n")), first)
    if leading:
        entities = [e.spanning(e.offset - leading, e.end - leading) for e in entities]
    return trimmed[leading:], entities


def nest(entities: list[Entity]) -> list[Entity]:
    """Drop and split entities until they nest as Telegram allows: quotes do not nest, links and
    the like do not overlap, code holds nothing, and styles are cut at the edges of all others."""
    kept = sorted((e for e in entities if e.length > 0), key=lambda entity: entity.order)
    if len(kept) < 2:
        return kept
    styles = [entity for entity in kept if entity.type in SPLITTABLE]
    quotes = _apart([entity for entity in kept if entity.type in QUOTES])
    others = _apart([e for e in kept if e.type not in SPLITTABLE and e.type not in QUOTES])
    others = quotes + [e for e in others if not any(_crosses(e, quote) for quote in quotes)]
    return sorted(others + _split(styles, others), key=lambda entity: entity.order)


def merge_found(entities: list[Entity], found: list[Entity]) -> list[Entity]:
    """Add entities found in the text to those given, where only styles and quotes lie."""
    if not found or not entities:
        return entities or found
    solid = [e for e in entities if e.type not in SPLITTABLE and e.type not in QUOTES]
    free = [f for f in found if not any(f.offset < e.end and e.offset < f.end for e in solid)]
    return nest(entities + free)


def _clean(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Remove what Telegram removes; entities shrink and move by what goes before their ends."""
    if not entities:
        return text.translate(_CLEANING), entities
    gone = [utf16_length(text[: found.start()]) for found in _GONE.finditer(text)]

    def moved(offset: int) -> int:
        return offset - sum(position < offset for position in gone)

    if gone:
        entities = [entity.spanning(moved(entity.offset), moved(entity.end)) for entity in entities]
    return text.translate(_CLEANING), entities


def _apart(entities: list[Entity]) -> list[Entity]:
    """Keep the entities that do not touch an earlier one."""
    kept: list[Entity] = []
    for entity in entities:
        if not kept or entity.offset >= kept[-1].end:
            kept.append(entity)
    return kept


def _crosses(entity: Entity, quote: Entity) -> bool:
    overlaps = entity.offset < quote.end and quote.offset < entity.end
    return overlaps and not (quote.offset <= entity.offset and entity.end <= quote.end)


def _split(styles: list[Entity], others: list[Entity]) -> list[Entity]:
    """Join styles of one kind that touch, then cut all at the edges of others and at each other's
    starts. What lies in code goes."""
    joined = [run for kind in SPLITTABLE for run in _joined([s for s in styles if s.type == kind])]
    edges = {edge for other in others for edge in (other.offset, other.offset + other.length)}
    edges |= {style.offset for style in joined}
    ordered = sorted(edges)
    pieces = [piece for style in joined for piece in _cut(style, ordered)]
    code = [entity for entity in others if entity.type in CODE]
    if not code:
        return pieces
    return [p for p in pieces if not any(c.offset <= p.offset and p.end <= c.end for c in code)]


def _joined(styles: list[Entity]) -> list[Entity]:
    runs: list[Entity] = []
    for style in styles:
        if runs and style.offset <= runs[-1].end:
            runs[-1] = runs[-1].spanning(runs[-1].offset, max(runs[-1].end, style.end))
        else:
            runs.append(style)
    return runs


def _cut(entity: Entity, edges: list[int]) -> list[Entity]:
    first = bisect_right(edges, entity.offset)
    points = edges[first : bisect_left(edges, entity.end)]
    if not points:
        return [entity]
    return [
        entity.spanning(start, end)
        for start, end in zip([entity.offset, *points], [*points, entity.end], strict=True)
    ]
