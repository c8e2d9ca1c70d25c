"""`paperboy alerts`: the outbox by its states, and sending again what ended unsent."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from storage.store import Alert, AlertState

_STATES = [state.value for state in AlertState]
_UNSENT = [AlertState.UNKNOWN.value, AlertState.FAILED.value, AlertState.GONE.value]


@click.command()
@click.option("--state", type=click.Choice(_STATES), help="Only those in this state.")
@click.option("--requeue", "number", type=int, help="Send this alert again.")
@click.option("--requeue-state", type=click.Choice(_UNSENT), help="Send all in this state again.")
@click.option(
    "--db",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=Path("paperboy.db"),
    show_default=True,
    help="The database.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object, for scripts.")
def alerts(
    state: str | None, number: int | None, requeue_state: str | None, db: Path, as_json: bool
) -> None:
    """List alerts and what became of them, newest first, or send some again.

    Alerts that are `unknown` have most likely arrived: their answer was lost, twice.
    """
    if number is not None or requeue_state:
        again = asyncio.run(_requeued(db, number, requeue_state))
        click.echo(json.dumps({"requeued": again}) if as_json else f"{again} will be sent again")
        if number is not None and not again:
            raise click.ClickException(f"alert {number} is not there, or has not ended unsent")
        return
    listed = asyncio.run(_listed(db, state))
    if as_json:
        click.echo(json.dumps({"alerts": [facts(alert) for alert in listed]}, ensure_ascii=False))
        return
    for alert in listed:
        click.echo(line(alert))
    if not listed:
        click.echo("there are none", err=True)


def facts(alert: Alert) -> dict[str, Any]:
    """An alert as JSON has it; times in ISO 8601."""
    return {
        "number": alert.number,
        "chat": alert.chat.id,
        "day": alert.day.isoformat(),
        "state": alert.state,
        "due": alert.due.isoformat(),
        "attempts": alert.attempts,
        "doubts": alert.doubts,
        "message": alert.message,
        "note": alert.note,
    }


def line(alert: Alert) -> str:
    """An alert in a line."""
    tried = f", {alert.attempts} attempts" if alert.attempts > 1 else ""
    note = f": {alert.note}" if alert.note else ""
    return f"{alert.number} {alert.state} for chat {alert.chat.id}, {alert.day}{tried}{note}"


async def _listed(db: Path, state: str | None) -> list[Alert]:
    from storage.sqlite import open_store

    store = await open_store(db)
    try:
        return list(await store.alerts.listed(AlertState(state) if state else None))
    finally:
        await store.close()


async def _requeued(db: Path, number: int | None, state: str | None) -> int:
    from storage.sqlite import open_store

    store = await open_store(db)
    try:
        chosen = AlertState(state) if state else None
        return await store.alerts.requeue(datetime.now(UTC), number=number, state=chosen)
    finally:
        await store.close()


COMMANDS = (alerts,)
