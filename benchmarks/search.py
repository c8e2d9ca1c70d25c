"""Searching: how long it takes to find the first ten papers, in Paperboy, FTS5 and tantivy.

`--papers` says how many: up to 74,728 they are the real ones (the newest), beyond that papers made
from the statistics of the real ones. All engines index the same papers on disk and are asked the
same queries of each class after one query to warm up; times are wall time in milliseconds. The
hostile queries are for Paperboy alone. Of an index also the time to make it (Paperboy's without the
analysis of made papers, whose sentences were analysed before) and its bytes for each paper.

With `--folder` the indexes are kept there, and asked again when they are there already; `--build`
makes them and asks nothing.
"""

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.corpus import everything, sample
from benchmarks.made_papers import Made, Maker
from benchmarks.report import Row, progress
from benchmarks.search_engines import Engine, Fts5, Paperboy, Tantivy
from benchmarks.search_queries import HOSTILE, Queries

_REAL = 74_728
_ENGINES: dict[str, type[Engine]] = {"paperboy": Paperboy, "tantivy": Tantivy, "fts5": Fts5}


def measure(arguments: Sequence[str]) -> Iterator[Row]:
    """A row for every size, engine and class of queries."""
    options = _options(arguments)
    queries = Queries(sample()).classes(options.queries)
    with tempfile.TemporaryDirectory(prefix="paperboy-") as passing:
        for count in options.papers:
            own: dict[str, float] = {}
            for name in options.engines:
                engine, made = _ready(options.folder or Path(passing), name, count)
                what: Row = {"engine": engine.name, "papers": count}
                hostile = {"hostile": HOSTILE} if engine.name == Paperboy.name else {}
                if options.build:
                    yield what | made
                    continue
                for asked, some in {**queries, **hostile}.items():
                    yield what | _row(engine, asked, some, own) | made


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks search", description=__doc__)
    parser.add_argument("--papers", type=int, nargs="+", default=[_REAL])
    parser.add_argument("--queries", type=int, default=60, help="of each class")
    parser.add_argument("--engines", nargs="+", choices=_ENGINES, default=list(_ENGINES))
    parser.add_argument("--folder", type=Path, help="where indexes are kept, to be asked again")
    parser.add_argument("--build", action="store_true", help="make the indexes, ask nothing")
    return parser.parse_args(arguments)


def _ready(folder: Path, name: str, count: int) -> tuple[Engine, Row]:
    """An engine with its index, made if it isn't there, and what making it took."""
    place = folder / f"{name}-{count}"
    told = place / "made.json"
    if told.exists():
        return _ENGINES[name](place), json.loads(told.read_text())
    shutil.rmtree(place, ignore_errors=True)  # what is left of a making that was broken off
    place.mkdir(parents=True)
    engine = _ENGINES[name](place)
    progress(f"{engine.name}: {count:,} papers")
    began = time.perf_counter(), time.process_time()
    engine.build(_told(_papers(count), count))
    took = time.perf_counter() - began[0], time.process_time() - began[1]
    made: Row = {"build_s": round(took[0], 1), "build_cpu_s": round(took[1], 1)}
    made["bytes_a_paper"] = round(engine.size() / count)
    told.write_text(json.dumps(made))
    return engine, made


def _papers(count: int) -> Iterator[Made]:
    if count > _REAL:
        yield from Maker(sample()).papers(count)
        return
    for place, paper in enumerate(everything()):
        if place >= _REAL - count:
            yield Made(paper)


def _told(papers: Iterator[Made], count: int) -> Iterator[Made]:
    for place, made in enumerate(papers, start=1):
        if place % 100_000 == 0:
            progress(f"{place:,} of {count:,} papers indexed")
        yield made


def _row(engine: Engine, name: str, queries: Sequence[str], own: dict[str, float]) -> Row:
    """How long an engine takes for a class of queries; `own` is what Paperboy took, by class."""
    times = _asked(engine, queries)
    if engine.name == Paperboy.name:
        own[name] = times["p50_ms"]
    ratio = times["p50_ms"] / own[name] if name in own else ""
    return {"class": name, "queries": len(queries), **times, "ratio": ratio}


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
