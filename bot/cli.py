"""The command line. Each command reads its words, calls one function and prints what came of it."""

import asyncio
import json
import logging
import sys
from collections.abc import Coroutine, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from bot import commands_alerts, commands_search, logs
from bot.cli_papers import COMMANDS
from bot.config import read_settings
from bot.signals import until_told
from papers.digest import Digest
from papers.errors import DigestError, KeywordError, PaperboyError
from papers.keyword import caret, parse

T = TypeVar("T")

_db = click.option(
    "--db",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("paperboy.db"),
    show_default=True,
    help="The database, which is made if it isn't there.",
)
_existing_db = click.option(
    "--db",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=Path("paperboy.db"),
    show_default=True,
    help="The database.",
)
_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts.")
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


def main() -> None:
    """Run the command. Errors are one line on standard error; exit code 0 means success alone."""
    try:
        commands(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except PaperboyError as error:
        click.echo(f"paperboy: {logs.redacted(str(error))}", err=True)
        sys.exit(1)
    except Exception:
        # A fault of ours: the traceback goes through the log, which takes the token out.
        logging.getLogger("paperboy").exception("this should not have happened")
        sys.exit(1)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="paperboy")
def commands() -> None:
    """Paperboy brings each researcher the day's arXiv papers that matter to them, on Telegram."""


@commands.command()
@click.option("--digest", "digests", type=_file, multiple=True, help="Digests to read instead.")
@click.option(
    "--add",
    "keywords",
    multiple=True,
    callback=lambda _context, _parameter, given: tuple(map(_keyword, given)),
    help="Keywords of the first subscriber.",
)
@click.option("--once", is_flag=True, help="Stop after the first delivery.")
@click.option("--port", default=0, help="Port of the playground (any free one).")
@_json
def demo(
    digests: tuple[Path, ...], keywords: tuple[str, ...], once: bool, port: int, as_json: bool
) -> None:
    """Show the whole way, from a digest to a delivered alert, on a Telegram of this machine."""
    from bot.demo import Demo

    logs.configure("WARNING")
    say = _aside if as_json else click.echo
    told = _serve(Demo(digests, keywords, port, say).run(once))
    if as_json and told:
        click.echo(json.dumps(told, ensure_ascii=False))


@commands.command()
@click.argument("paths", type=click.Path(exists=True, path_type=Path), nargs=-1, required=True)
@_db
@_json
def ingest(paths: tuple[Path, ...], db: Path, as_json: bool) -> None:
    """Read digests (Markdown files, or folders of them) and write the alerts they cause."""
    from bot.files import digests_in, ingest_all

    logs.configure("WARNING")
    found = list(digests_in(paths))
    digests = [digest for digest in found if isinstance(digest, Digest)]
    reports = _run(ingest_all(db, digests))
    if as_json:
        click.echo(json.dumps({"digests": [report._asdict() for report in reports]}))
    else:
        click.echo("\n".join(str(report) for report in reports))
    _fail_for([error for error in found if isinstance(error, DigestError)])


@commands.command()
@click.argument("category")
@click.argument("day", metavar="DATE")
@_existing_db
def digest(category: str, day: str, db: Path) -> None:
    """Write a stored day of a category as a Markdown digest, to standard output."""
    from bot.files import stored_digest

    try:
        wanted = date.fromisoformat(day)
    except ValueError:
        raise click.BadParameter(
            f"{day!r} is no date; write 2020-02-25", param_hint="DATE"
        ) from None
    text = _run(stored_digest(db, category, wanted))
    sys.stdout.buffer.write(text.encode())


@commands.command()
@click.option(
    "--port", default=8081, show_default=True, help="Port to listen on (0: any free one)."
)
@_json
def playground(port: int, as_json: bool) -> None:
    """Run a Telegram on this machine, for trying bots: a Bot API server and a chat page."""
    from bot.demo import serve_playground

    logs.configure("WARNING")
    _serve(serve_playground(port, as_json, click.echo))


@commands.command()
def run() -> None:
    """Run the bot on Telegram. Needs TELEGRAM_TOKEN."""
    from bot.run import serve

    settings = read_settings()
    logs.configure(settings.log_level)
    _serve(serve(settings))


for _command in (*COMMANDS, *commands_alerts.COMMANDS, *commands_search.COMMANDS):
    commands.add_command(_command)


def _aside(line: str) -> None:
    """What a person reads beside the JSON that a script reads."""
    click.echo(line, err=True)


def _keyword(written: str) -> str:
    """The keyword in its tidy form. Raises click.BadParameter that shows where it went wrong."""
    try:
        return str(parse(written))
    except KeywordError as error:
        raise click.BadParameter(f"{error}\n\n{caret(error)}") from None


def _fail_for(errors: Sequence[PaperboyError]) -> None:
    """Tell the errors, a line each, and exit with 1 if there are any."""
    for error in errors:
        click.echo(f"paperboy: {error}", err=True)
    if errors:
        sys.exit(1)


def _run(work: Coroutine[Any, Any, T]) -> T:
    return asyncio.run(work)


def _serve(work: Coroutine[Any, Any, T]) -> T | None:
    """Run what goes on until it is told to stop."""
    return asyncio.run(until_told(work, lambda: click.echo("Stopping ...", err=True)))
