"""Checks answers against the published Bot API: names known, required fields there, types right."""

import json
from functools import cache
from typing import Any

from tests.data import SCHEMA

PLAIN: dict[str, type | tuple[type, ...]] = {
    "Integer": int,
    "String": str,
    "Boolean": bool,
    "Float": (int, float),
}


@cache
def api() -> dict[str, Any]:
    """Read the published schema once."""
    loaded: dict[str, Any] = json.loads(SCHEMA.read_text(encoding="utf-8"))
    return loaded


def check_result(method: str, result: Any) -> None:
    """Check what a method gave against what it is documented to give. Raises AssertionError."""
    returns = api()["methods"][method]["returns"]
    faults = [problem(kind, result, method) for kind in returns]
    assert None in faults, " / ".join(str(fault) for fault in faults)


def check(kind: str, value: Any) -> None:
    """Check a value against one type of the schema. Raises AssertionError."""
    fault = problem(kind, value, kind)
    assert fault is None, fault


def problem(kind: str, value: Any, path: str) -> str | None:
    """Say what is wrong with a value of a type, or give None."""
    if kind.startswith("Array of "):
        return _array(kind.removeprefix("Array of "), value, path)
    if kind in PLAIN:
        is_right = isinstance(value, PLAIN[kind]) and (kind == "Boolean") is isinstance(value, bool)
        return None if is_right else f"{path}: {value!r} is no {kind}"
    described = api()["types"][kind]
    if described.get("subtypes"):
        return _one_of(described["subtypes"], value, path)
    if not isinstance(value, dict):
        return f"{path}: {value!r} is no {kind}"
    return _object(described.get("fields", []), value, f"{path}<{kind}>")


def _array(inner: str, value: Any, path: str) -> str | None:
    if not isinstance(value, list):
        return f"{path}: {value!r} is no Array"
    found = (problem(inner, item, f"{path}[{index}]") for index, item in enumerate(value))
    return next((fault for fault in found if fault), None)


def _one_of(kinds: list[str], value: Any, path: str) -> str | None:
    faults = [problem(kind, value, path) for kind in kinds]
    return None if None in faults else f"{path}: none of {kinds} ({'; '.join(map(str, faults))})"


def _object(fields: list[dict[str, Any]], value: dict[str, Any], path: str) -> str | None:
    known = {field["name"]: field for field in fields}
    for name, item in value.items():
        if name not in known:
            return f"{path}: no field {name!r} is documented"
        faults = [problem(kind, item, f"{path}.{name}") for kind in known[name]["types"]]
        if None not in faults:
            return str(faults[0])
    missing = [name for name, f in known.items() if f["required"] and name not in value]
    return f"{path}: {missing} missing" if missing else None
