"""Reading a request's parameters from its query and body. No method, no state."""

import json
from typing import Any
from urllib.parse import parse_qsl

from tornado.httputil import HTTPFile, HTTPInputError, parse_multipart_form_data

from playground.args import Args, Upload
from playground.errors import bad_request

MOST_FIELDS = 1000


def read_args(query: str, content_type: str, body: bytes) -> Args:
    """Read the parameters of a request: JSON, urlencoded or multipart body, and query.

    Raises:
        ApiError: 400, when the body is not what its content type says.
    """
    values: dict[str, Any] = _pairs(query) if query else {}
    kind = content_type.partition(";")[0].strip().lower()
    if not body:
        return Args(values)
    if kind == "application/json":
        return Args(values | _object(body))
    if kind == "multipart/form-data":
        return _multipart(values, content_type, body)
    return Args(values | _pairs(body.decode("utf-8", "replace")))


def _pairs(text: str) -> dict[str, Any]:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise bad_request("Strings must be encoded in UTF-8") from error
    return dict(pairs)


def _object(body: bytes) -> dict[str, Any]:
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise bad_request("Can't parse JSON object") from error
    if not isinstance(values, dict):
        raise bad_request("Object expected as request body")
    return values


def _multipart(values: dict[str, Any], content_type: str, body: bytes) -> Args:
    arguments: dict[str, list[bytes]] = {}
    files: dict[str, list[HTTPFile]] = {}
    boundary = content_type.partition("boundary=")[2].partition(";")[0].strip()
    try:
        parse_multipart_form_data(boundary.encode(), body, arguments, files)
        fields = {name: found[-1].decode() for name, found in arguments.items()}
    except (HTTPInputError, ValueError) as error:
        raise bad_request("Can't parse multipart form") from error
    uploads = {
        name: Upload(found[-1].filename, found[-1].content_type, found[-1].body)
        for name, found in files.items()
    }
    return Args(values | fields, uploads)
