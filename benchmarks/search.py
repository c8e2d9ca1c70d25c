"""Searching: how long it takes to find the first ten papers, in Paperboy, FTS5 and tantivy.

`--papers` says how many: up to 74,728 they are the real ones (the newest), beyond that papers made
from the statistics of the real ones. All engines index the same papers on disk and are asked the
same queries of each class after one query to warm up; times are wall time in milliseconds. The
hostile queries are for Paperboy alone. Of an index also the time to make it (Paperboy's without the
analysis of made papers, whose sentences were analysed before) and its bytes for each paper.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np

from benchmarks.corpus import everything, sample
from benchmarks.made_papers import Made, Maker
from benchmarks.report import Row, progress
from benchmarks.search_engines import Engine, Fts5, Paperboy, Tantivy
from benchmarks.search_queries import HOSTILE, Queries

_REAL = 74_728
_ENGINES: tuple[type[Engine], ...] = (Paperboy, Tantivy, Fts5)


def measure(arguments: Sequence[str]) -> Iterator[Row]:
    """A row for every size, engine and class of queries."""
    options = _options(arguments)
    queries = Queries(sample())
    for count in options.papers:
        asked = {**queries.classes(options.queries), "hostile": HOSTILE}
        own: dict[str, float] = {}
        for kind in _ENGINES if not options.alone else _ENGINES[:1]:
            with tempfile.TemporaryDirectory(prefix="paperboy-", dir=options.folder) as folder:
                engine = kind(Path(folder))
                progress(f"{kind.name}: {count:,} papers")
                built = _built(engine, partial(_papers, count), count)
                for name, some in asked.items():
                    if name == "hostile" and kind is not Paperboy:
                        continue
                    times = _asked(engine, some)
                    own.setdefault(name, times["p50_ms"])
                    ratio = times["p50_ms"] / own[name]
                    what: Row = {"engine": kind.name, "papers": count, "class": name}
                    yield {**what, "queries": len(some), **times, "ratio": ratio, **built}


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks search", description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[_REAL])
    parser.add_argument("--queries", type=int, default=60, help="of each class")
    parser.add_argument("--alone", action="store_true", help="Paperboy without the others")
    parser.add_argument("--folder", help="where there is room for the indexes")
    return parser.parse_args(arguments)


def _papers(count: int) -> Iterator[Made]:
    if count > _REAL:
        yield from Maker(sample()).papers(count)
        return
    for place, paper in enumerate(everything()):
        if place >= _REAL - count:
            yield Made(paper)


def _built(engine: Engine, papers: Callable[[], Iterator[Made]], count: int) -> Row:
    began = time.perf_counter()
    engine.build(_told(papers(), count))
    took = time.perf_counter() - began
    return {"build_s": round(took, 1), "bytes_a_paper": round(engine.size() / count)}


def _told(papers: Iterator[Made], count: int) -> Iterator[Made]:
    for place, made in enumerate(papers, start=1):
        if place % 100_000 == 0:
            progress(f"{place:,} of {count:,} papers indexed")
        yield made


def _asked(engine: Engine, queries: Sequence[str]) -> dict[str, float]:
    times: list[float] = []
    hurried = 0
    engine.ask("surfel")
    for query in queries:
        began = time.perf_counter()
        hurried += not engine.ask(query)
        times.append((time.perf_counter() - began) * 1000)
    percentiles = np.percentile(times, (50, 95, 99))
    named = zip(("p50_ms", "p95_ms", "p99_ms"), percentiles, strict=True)
    return {name: round(float(each), 2) for name, each in named} | {
        "worst_ms": round(max(times), 1),
        "hurried": hurried,
    }
