"""How values look on the wire: JSON objects and their text. Knows no method and no chat."""

import json
from typing import Any

Json = dict[str, Any]
"""A JSON object as the Bot API writes it: field names to values."""

_ENCODER = json.JSONEncoder(separators=(",", ":"))


def dump(value: object) -> bytes:
    """Give the JSON text of `value` as ASCII bytes, whatever characters it holds."""
    return _ENCODER.encode(value).encode("ascii")


def present(**fields: object) -> Json:
    """Make an object of the fields that have a value: None, False and empty ones are left out."""
    return {name: value for name, value in fields.items() if value}
