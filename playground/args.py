"""Reading parameters, however they were sent: JSON values, or text in a form or query. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from playground.entities.entity import has_surrogates
from playground.errors import bad_request
from playground.wire import Json


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in a request: its name, type and bytes."""

    name: str
    mime_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Args:
    """The parameters of one call, and the files sent with it. Missing ones read as empty."""

    values: Mapping[str, Any]
    uploads: Mapping[str, Upload] = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Say whether a parameter was given at all."""
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """Read a text; numbers and booleans are written out, as a form would carry them."""
        value = self.values.get(name)
        if value is None:
            return default
        if not isinstance(value, str):
            return json.dumps(value)
        if has_surrogates(value):
            raise bad_request("Strings must be encoded in UTF-8")
        return value

    def integer(self, name: str, default: int = 0) -> int:
        """Read a whole number; what is none reads as the default, as on the real server."""
        value = self.values.get(name)
        try:
            return int(value) if value is not None and not isinstance(value, bool) else default
        except (TypeError, ValueError, OverflowError):
            return default

    def flag(self, name: str) -> bool:
        """Read a yes or no: "true", "yes" and "1" are yes."""
        value = self.values.get(name)
        return value is True or str(value).lower() in ("true", "yes", "1")

    def object(self, name: str, label: str = "") -> Json | None:
        """Read a JSON object; None when it was not given. `label` names it in the error."""
        value = self._decoded(name, label)
        if value is not None and not isinstance(value, dict):
            raise bad_request(f"Object expected as {label or name}")
        return value

    def array(self, name: str, label: str = "") -> list[Any] | None:
        """Read a JSON array; None when it was not given."""
        value = self._decoded(name, label)
        if value is not None and not isinstance(value, list):
            raise bad_request(f"Expected an Array of {label or name}")
        return value

    def _decoded(self, name: str, label: str) -> Any:
        value = self.values.get(name)
        if not isinstance(value, str):
            return value
        if not value.strip():
            return None
        try:
            return json.loads(value)
        except (ValueError, RecursionError) as error:
            raise bad_request(f"Can't parse {label or name} JSON object") from error
