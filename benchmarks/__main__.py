"""Runs one benchmark by name: each module here with a function `measure` is one.

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
    """Run the named benchmark; rows go to standard output, progress to standard error."""
    names = [name for _, name, _ in pkgutil.iter_modules(benchmarks.__path__)]
    name, *options = [argument for argument in arguments if argument != "--json"] or [""]
    measure = _named(name) if name in names else None
    if measure is None:
        known = ", ".join(filter(_named, names))
        print(f"usage: python -m benchmarks NAME [--json]; there are: {known}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for row in measure(options):
        rows.append(row)
        if "--json" in arguments:
            print(json.dumps(row), flush=True)
    if "--json" not in arguments:
        show(rows)
    return 0


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
