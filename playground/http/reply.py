"""Answers on a bare tornado connection: a status, a body, or a cut line. No state."""

from http import HTTPStatus

from tornado.http1connection import HTTP1Connection
from tornado.httputil import HTTPConnection, HTTPHeaders, ResponseStartLine

from playground.errors import ApiError
from playground.wire import dump

JSON = "application/json"
BAD_GATEWAY_PAGE = b"<html><head><title>%d</title></head><body><h1>%d %s</h1></body></html>"
_REASONS = {status.value: status.phrase for status in HTTPStatus}


def send(
    connection: HTTPConnection,
    code: int,
    body: bytes,
    content_type: str = JSON,
    extra: dict[str, str] | None = None,
) -> None:
    """Answer with a whole body; nothing happens when the line is already gone."""
    if is_gone(connection):
        return
    headers = HTTPHeaders({"Content-Type": content_type, "Content-Length": str(len(body))})
    for name, value in (extra or {}).items():
        headers[name] = value
    start = ResponseStartLine("HTTP/1.1", code, _REASONS.get(code, "Unknown"))
    connection.write_headers(start, headers, body)
    connection.finish()


def send_error(connection: HTTPConnection, error: ApiError) -> None:
    """Answer with the Bot API's error envelope; a 429 also names its wait in a header."""
    wait = (error.parameters or {}).get("retry_after")
    extra = {"Retry-After": str(wait)} if wait else None
    send(connection, error.code, dump(error.body()), JSON, extra)


def send_page(connection: HTTPConnection, code: int) -> None:
    """Answer with the HTML page of a proxy whose server is in trouble."""
    reason = _REASONS.get(code, "Error").encode()
    send(connection, code, BAD_GATEWAY_PAGE % (code, code, reason), "text/html")


def cut(connection: HTTPConnection) -> None:
    """Close the connection without an answer."""
    if isinstance(connection, HTTP1Connection) and connection.stream is not None:
        connection.stream.close()


def is_gone(connection: HTTPConnection) -> bool:
    """Say whether the other side has hung up."""
    if not isinstance(connection, HTTP1Connection):
        return False
    return connection.stream is None or connection.stream.closed()
