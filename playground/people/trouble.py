"""Trouble on order: faults, flood limits, raw updates; and the buttons of the program behind."""

from dataclasses import fields
from typing import Any, get_args

from playground.args import Args
from playground.errors import ApiError, bad_request
from playground.faults import Fault, FaultKind
from playground.flood import USUAL_BURST, Limits
from playground.telegram import Telegram
from playground.wire import Json


def add_fault(telegram: Telegram, args: Args) -> list[Json]:
    """Order a fault (the fields of Fault); gives all faults in force."""
    names = {field.name for field in fields(Fault)}
    unknown = set(args.values) - names
    if unknown or args.text("kind") not in get_args(FaultKind):
        wrong = ", ".join(sorted(unknown)) or f"kind {args.text('kind')!r}"
        raise bad_request(f"no such fault: {wrong}")
    try:
        fault = _fault(args)
    except (TypeError, ValueError) as error:
        raise bad_request(f"no such fault: {error}") from error
    telegram.order_fault(fault)
    return telegram.faults.views()


def _fault(args: Args) -> Fault:
    """Read a fault's fields; those not given keep Fault's own values."""
    values = args.values
    given: dict[str, Any] = {
        n: args.text(n) for n in ("kind", "method", "description") if n in values
    }
    given |= {n: float(values[n]) for n in ("duration", "seconds") if args.has(n)}
    numbers = ("count", "chat_id", "code", "retry_after")
    given |= {n: int(values[n]) for n in numbers if args.has(n)}
    return Fault(**given)


def clear_faults(telegram: Telegram, _: Args) -> list[Json]:
    """Let everything go well again."""
    telegram.clear_faults()
    return []


def set_limits(telegram: Telegram, args: Args) -> Json | None:
    """Set the flood limits (`on` alone: Telegram's own; `off`: none)."""
    names = {field.name for field in fields(Limits)}
    given = {name: args.integer(name) or None for name in names if args.has(name)}
    if args.flag("off"):
        telegram.set_limits(None)
    elif given or args.flag("on"):
        burst = given.pop("burst", None) or USUAL_BURST
        telegram.set_limits(Limits(**given, burst=burst))
    else:
        raise bad_request(f"limits are set with on, off or: {', '.join(sorted(names))}")
    return telegram.limits_view()


def add_update(telegram: Telegram, args: Args) -> int:
    """Queue `update` for the bot as it stands, right or wrong; gives its update_id."""
    fields_given = args.object("update")
    if fields_given is None:
        raise bad_request("an update is needed, as an object")
    return telegram.updates.add_raw(fields_given)


async def push_button(telegram: Telegram, args: Args) -> object:
    """Push a button (`button`: its id) of the program that runs this playground."""
    action = telegram.backstage.actions.get(args.text("button"))
    if action is None:
        raise ApiError(404, f"no button {args.text('button')!r}")
    return await action()


ACTIONS = {
    "fault": add_fault,
    "clear_faults": clear_faults,
    "limits": set_limits,
    "update": add_update,
    "button": push_button,
}
