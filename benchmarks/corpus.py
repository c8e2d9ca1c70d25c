"""The real papers that benchmarks run on, from the folder of shared data."""

import gzip
import json
from collections.abc import Iterator
from functools import cache

from papers.paper import Paper
from tests.data import SHARED


@cache
def sample() -> tuple[Paper, ...]:
    """2,000 real papers, every 37th of all."""
    with (SHARED / "corpus" / "sample_2000.jsonl").open(encoding="utf-8") as lines:
        return tuple(map(_paper, lines))


def everything() -> Iterator[Paper]:
    """All 74,728 real papers, oldest first, read as they are asked for."""
    with gzip.open(SHARED / "corpus" / "arxiv-74728.jsonl.gz", "rt", encoding="utf-8") as lines:
        yield from map(_paper, lines)


def _paper(line: str) -> Paper:
    record = json.loads(line)
    return Paper(
        id=record["id"],
        title=record["title"],
        abstract=record["summary"],
        authors=tuple(record["authors"]),
        categories=tuple(record["categories"]),
        comment=record["comment"] or "",
    )
