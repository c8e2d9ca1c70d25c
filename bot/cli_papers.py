"""The commands that bring papers in and account for them: fetch, import, days."""

import asyncio
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import logs

if TYPE_CHECKING:
    from bot.imports import Progress

_DB = click.Path(dir_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_db = click.option("--db", type=_DB, default=Path("paperboy.db"), show_default=True)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts.")
_PLAIN = 0.05  # share of a file between two lines of plain progress


@click.command()
@click.argument("categories", nargs=-1)
@click.option("--base-url", default="", help="A server to ask instead of arXiv.")
@click.option(
    "--release", metavar="NAME", help="Read only this feed of PAPERBOY_FEEDS, though held."
)
@_db
@_json
def fetch(
    categories: tuple[str, ...], base_url: str, release: str | None, db: Path, as_json: bool
) -> None:
    """Look now for today's lists of CATEGORIES (archives and groups will do; without any: of all
    that are followed), and fill what was missed. A feed that was held, or given up after many
    failures, is let through by --release."""
    from bot import fetching
    from bot.config import read_settings

    logs.configure("WARNING")
    if release and categories:
        raise click.UsageError("--release reads one feed; name no categories beside it")
    settings = read_settings()
    if release:
        changed, latest = asyncio.run(fetching.release(db, release, settings))
    else:
        changed, latest = asyncio.run(fetching.fetch(db, categories, base_url, settings))
    if as_json:
        click.echo(json.dumps({"days": [fetching.facts(day) for day in changed]}))
    else:
        click.echo("\n".join(map(fetching.line, changed or latest)) or "no category is followed")
    if any(day.state in ("failed", "stale") for day in latest):
        sys.exit(1)


@click.command(name="import")
@click.argument("files", type=_FILE, nargs=-1, required=True)
@_db
@_json
def import_(files: tuple[Path, ...], db: Path, as_json: bool) -> None:
    """Fill the database with papers from JSON Lines FILES, plain or gzip: arXiv's metadata
    snapshot, or what clients of its API write. Broken off, it goes on where it was."""
    from bot.imports import import_all

    logs.configure("WARNING")
    with _progress(files) as tell:
        done = asyncio.run(import_all(db, files, tell))
    if as_json:
        click.echo(json.dumps({"files": [each._asdict() for each in done]}))
        return
    for each in done:
        since = f" after line {each.since:,}" if each.since else ""
        skipped = f", {each.skipped:,} not read" if each.skipped else ""
        click.echo(f"{each.file}: {each.records:,} records{since}{skipped}, {each.new:,} new")


@click.command()
@click.option("--category", help="Of this category alone.")
@_db
@_json
def days(category: str | None, db: Path, as_json: bool) -> None:
    """Show the account: what became of each category's list of each announcement day."""
    from bot import fetching

    if not db.exists():
        raise click.BadParameter(f"{db} is not there", param_hint="--db")
    account = asyncio.run(fetching.account(db, category))
    if as_json:
        click.echo(json.dumps({"days": [fetching.facts(day) for day in account]}))
    elif account:
        click.echo("\n".join(map(fetching.line, account)))
    else:
        click.echo("nothing is accounted for yet", err=True)


@contextmanager
def _progress(files: tuple[Path, ...]) -> Iterator[Callable[["Progress"], None]]:
    """Where progress is told, on standard error: a bar for each file on a terminal, else lines."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import Progress as Bars

    with Bars(console=Console(stderr=True)) as bars:
        rows = {path: bars.add_task(path.name, total=1.0) for path in files}

        def tell(progress: "Progress") -> None:
            named = f"{progress.path.name}: {progress.new:,} new"
            bars.update(rows[progress.path], completed=progress.share, description=named)

        yield tell


def _lines() -> Callable[["Progress"], None]:
    told = {"share": 0.0}

    def tell(progress: "Progress") -> None:
        if progress.share < told["share"]:  # another file
            told["share"] = 0.0
        if progress.share >= told["share"] + _PLAIN:
            told["share"] = progress.share
            done = f"{progress.lines:,} lines, {progress.share:.0%}"
            click.echo(f"{progress.path.name}: {done}", err=True)

    return tell


COMMANDS = (fetch, import_, days)
