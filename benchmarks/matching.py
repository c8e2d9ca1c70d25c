"""Matching a day's papers with many profiles: Paperboy and the ways it might be done otherwise.

Every engine runs in a process of its own, on one core, on the same profiles and real papers. The
results of all that compute the language must be the same bits. Times are processor time, medians:
`papers_s` is what a day takes before any profile is looked at, `profiles_s` what the profiles take,
once for many days, `match_s` the match itself, `again_s` the same once more on the same day. Growth
is the exponent of the number of profiles in the match time, for the largest day measured.
"""

import argparse
import hashlib
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from statistics import median

import numpy as np

from benchmarks import engines
from benchmarks.corpus import sample
from benchmarks.profiles import generate
from benchmarks.report import Row, apart, number, progress, timed, touch_memory
from papers.paper import Paper
from papers.profiles import Profiles, compile_profiles
from papers.text import clean

_COMPLETE: tuple[type[engines.Engine], ...] = (
    engines.Paperboy,
    engines.Fts5,
    engines.AhoCorasick,
    engines.AhoCorasickInBulk,
    engines.Hyperscan,
    engines.HyperscanInBulk,
)
_SAMPLED: dict[type[engines.Engine], int] = {
    engines.Loop: 40,
    engines.RegularExpressions: 8,
}  # profiles measured


def measure(arguments: Sequence[str]) -> Iterator[Row]:
    """A row for every engine, number of profiles and number of papers; then the growth of each."""
    options = _options(arguments)
    rows: list[Row] = []
    for count in options.profiles:
        progress(f"making {count:,} profiles")
        keywords = generate(count, sample())
        profiles, took = timed(partial(compile_profiles, keywords))
        del keywords
        for papers in options.papers:
            for row in _compared(profiles, sample()[:papers], took, options.runs):
                rows.append(row)
                yield row
    yield from _growth(rows)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser("python -m benchmarks matching", description=__doc__)
    parser.add_argument("--profiles", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--papers", type=int, nargs="+", default=[70, 500, 2_000])
    parser.add_argument("--runs", type=int, default=3)
    return parser.parse_args(arguments)


def _compared(
    profiles: Profiles, papers: Sequence[Paper], compiling: float, runs: int
) -> Iterator[Row]:
    own: Row = {}
    for engine in (*_COMPLETE, *_SAMPLED):
        progress(f"{engine.name}: {len(profiles.ids):,} profiles × {len(papers):,} papers")
        sampled = _SAMPLED.get(engine, 0)
        measured = partial(_measured, engine, profiles, papers, sampled, 1 if sampled else runs)
        row = apart(measured)
        result = row.pop("result")
        if not own:
            own = {**row, "result": result}
            row["profiles_s"] = round(compiling, 3)
        if not sampled and result != own["result"]:
            raise AssertionError(f"{engine.name} found something else than Paperboy")
        yield {**row, "ratio": number(row, "match_s") / number(own, "match_s")}


def _measured(
    engine: type[engines.Engine],
    profiles: Profiles,
    papers: Sequence[Paper],
    sampled: int,
    runs: int,
) -> Row:
    asked = _first(profiles, sampled) if sampled else profiles
    made, making = timed(lambda: engine(asked))
    indexing, matching = [], []
    for _ in range(runs):
        clean.cache_clear()
        indexing.append(timed(lambda: made.take(papers))[1])
        touch_memory()
        result, took = timed(made.match)
        matching.append(took * len(profiles.ids) / len(asked.ids))
    return {
        "engine": engine.name,
        "computes": engine.computes,
        "profiles": len(profiles.ids),
        "distinct_keywords": len(profiles.distinct),
        "papers": len(papers),
        "profiles_s": making,
        "papers_s": median(indexing),
        "match_s": median(matching),
        "again_s": "" if sampled else timed(made.match)[1],
        "runs": len(matching),
        "sample": f"{sampled} profiles, scaled up" if sampled else "",
        "result": hashlib.sha256(np.ascontiguousarray(result).tobytes()).hexdigest(),
    }


def _first(profiles: Profiles, count: int) -> Profiles:
    ends = profiles.starts[: count + 1].tolist()
    return compile_profiles(
        {
            number: [profiles.distinct[keyword] for keyword in profiles.keywords[begin:end]]
            for number, (begin, end) in enumerate(pairwise(ends))
        }
    )


def _growth(rows: Sequence[Row]) -> Iterator[Row]:
    """For every engine the exponent of the number of profiles in its match time."""
    papers = max((number(row, "papers") for row in rows), default=0)
    largest = [row for row in rows if row["papers"] == papers]
    for name in dict.fromkeys(row["engine"] for row in largest):
        points = [
            (number(r, "profiles"), number(r, "match_s")) for r in largest if r["engine"] == name
        ]
        if len(points) > 1:
            profiles, times = np.log(np.array(points)).T
            exponent = float(np.polyfit(profiles, times, 1)[0])
            yield {"engine": name, "papers": papers, "growth_exponent": exponent}
