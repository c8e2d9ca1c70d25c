"""The commands that look for papers: match, search, explain; and index, which keeps that possible.

Refused keywords are told with a caret and exit code 2; finding nothing is success.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bot import logs
from papers.errors import KeywordError
from papers.keyword import Keyword, caret, parse
from papers.terms import Refused, leaf

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_db = click.option(
    "--db", type=_FILE, default=Path("paperboy.db"), show_default=True, help="The database."
)
_db_or_newest = click.option("--db", type=_FILE, help="The newest day of this database.")
_digest = click.option("--digest", type=_FILE, help="A digest in a Markdown file.")
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts.")


def _read(_context: click.Context, _parameter: click.Parameter, given: Any) -> Any:
    """Keywords in place of their texts. Raises click.BadParameter that shows where one is wrong."""
    try:
        return tuple(map(parse, given)) if isinstance(given, tuple) else parse(given)
    except KeywordError as error:
        raise click.BadParameter(f"{error}\n\n{caret(error)}") from None


def _category(_context: click.Context, _parameter: click.Parameter, given: str | None) -> str:
    if given:
        try:
            leaf(given, "categories")
        except Refused as error:
            raise click.BadParameter(str(error)) from None
    return given or ""


@click.command()
@click.argument("keywords", nargs=-1, required=True, callback=_read, metavar="KEYWORD...")
@_digest
@_db_or_newest
@_json
def match(
    keywords: tuple[Keyword, ...], digest: Path | None, db: Path | None, as_json: bool
) -> None:
    """Match the papers of one day with KEYWORDs, as an alert would: ids, best first.

    Without --digest or --db it is the newest day of ./paperboy.db. With --json:
    {"papers": [{"id", "title", "hits": [{"keyword", "field", "spans": [[begin, end], ...],
    "words": [...]}]}]}, spans in characters of the field as displayed.
    """
    from bot import looking

    logs.configure("WARNING")
    matches = asyncio.run(looking.match(keywords, digest, db))
    if as_json:
        click.echo(_dumped({"papers": [looking.facts(each) for each in matches]}))
    for each in () if as_json else matches:
        click.echo(looking.line(each))


@click.command()
@click.argument("query", callback=_read)
@click.option("--category", callback=_category, help="Of this category or archive alone.")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="Announced on that day or later.",
)
@click.option("--newest", is_flag=True, help="Newest first, instead of best first.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), metavar="N")
@_db
@_json
def search(
    query: Keyword,
    category: str,
    since: datetime | None,
    newest: bool,
    limit: int,
    db: Path,
    as_json: bool,
) -> None:
    """Search all papers of the database with QUERY, in the language of keywords.

    The best of the newest 300 come first, then those of the 300 before. With --json:
    {"papers": [as in `match`], "more": whether there are more than were asked for}.
    """
    from bot import looking
    from storage.searches import Query

    logs.configure("WARNING")
    wanted = Query(query, category, since.date() if since else None, newest)
    found, more, fault = asyncio.run(looking.search(db, wanted, limit))
    if as_json:
        click.echo(_dumped({"papers": [looking.facts(each) for each in found], "more": more}))
    for each in () if as_json else found:
        click.echo(looking.line(each))
    if more:
        click.echo(f"more than these {len(found)} match; --limit N shows more", err=True)
    if fault:
        click.echo(f"the search index: {fault}; see `paperboy index`", err=True)


@click.command()
@click.argument("keyword", callback=_read)
@click.argument("paper")
@_digest
@_db_or_newest
@_json
def explain(
    keyword: Keyword, paper: str, digest: Path | None, db: Path | None, as_json: bool
) -> None:
    """Tell what KEYWORD finds in PAPER (an arXiv id or a link), or the first reason why it doesn't
    match. Exit code 1 means that it doesn't.

    The paper is looked for in --digest, or in all of --db (./paperboy.db). With --json:
    {"id", "title", "matched", "reason", "hits": [as in `match`]}.
    """
    from bot import looking

    logs.configure("WARNING")
    told = asyncio.run(looking.explain(keyword, paper, digest, db))
    click.echo(_dumped(told) if as_json else looking.explained(told))
    if not told["matched"]:
        sys.exit(1)


@click.command()
@click.option("--check", "action", flag_value="check", default="check", help="Check it (default).")
@click.option("--rebuild", "action", flag_value="rebuild", help="Make it anew from the papers.")
@_db
@_json
def index(action: str, db: Path, as_json: bool) -> None:
    """Check the search index, all of it, or make it anew. Exit code 1 means that it is not sound.

    With --json: {"papers", "indexed", "fault"}, the fault being empty if all is well.
    """
    from bot import looking

    logs.configure("WARNING")
    state = asyncio.run(looking.index(db, action == "rebuild", _progress))
    if as_json:
        click.echo(_dumped(state._asdict()))
    else:
        counted = f"{state.indexed:,} of {state.papers:,} papers are in the index"
        click.echo(f"{counted}; {state.fault or 'it is sound'}")
    if not state.sound:
        sys.exit(1)


def _progress(done: int, papers: int) -> None:
    if done % 10_000 < 200 or done == papers:
        click.echo(f"{done:,} of {papers:,} papers", err=True)


def _dumped(told: dict[str, Any]) -> str:
    return json.dumps(told, ensure_ascii=False)


COMMANDS: Sequence[click.Command] = (match, search, explain, index)
