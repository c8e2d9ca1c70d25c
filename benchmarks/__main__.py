"""Runs benchmarks by name, or all of them: each module here with a function `measure` is one.

`measure(arguments)` takes what stands after the name on the command line and yields rows as they
are measured, plain dictionaries of what was run, how often, the median and the ratio to Paperboy's.
"""

import importlib
import json
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence

import benchmarks
from benchmarks.report import Row, show

Measure = Callable[[Sequence[str]], Iterator[Row]]


def main(arguments: Sequence[str]) -> int:
    """Run the named benchmark, or all; rows go to standard output, progress to standard error."""
    known = [name for _, name, _ in pkgutil.iter_modules(benchmarks.__path__) if _named(name)]
    name, *options = [argument for argument in arguments if argument != "--json"] or [""]
    if name and name not in known:
        print(f"usage: python -m benchmarks [NAME] [--json]; there are: {known}", file=sys.stderr)
        return 2
    for each in [name] if name else known:
        measure = _named(each)
        assert measure is not None
        _run(measure, options, "--json" in arguments)
    return 0


def _run(measure: Measure, options: Sequence[str], as_json: bool) -> None:
    rows: list[Row] = []
    for row in measure(options):
        rows.append(row)
        if as_json:
            print(json.dumps(row), flush=True)
    if not as_json:
        show(rows)


def _named(name: str) -> Measure | None:
    """The function of a module that measures, if it has one."""
    if name == "__main__":
        return None
    measure: Measure | None = getattr(
        importlib.import_module(f"benchmarks.{name}"), "measure", None
    )
    return measure


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
