"""Who may use the person's side: pages of this very server and programs on this machine.

Against DNS rebinding the Host must be a loopback name; against other sites' pages an Origin, where
there is one, must be that same host.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from tornado.httputil import HTTPServerRequest

LOOPBACK = ("127.0.0.1", "localhost", "::1")
_OTHER_SITES = ("cross-site", "same-site")


def refusal(
    host: str, origin: str | None, fetch_site: str | None, also: Collection[str] = ()
) -> str | None:
    """Say why a request is refused, or give None. `also` names hosts allowed beside loopback."""
    try:
        name = urlsplit(f"//{host}").hostname
    except ValueError:
        name = None
    if "@" in host or (name not in LOOPBACK and name not in also):
        return "this Telegram answers only to loopback hosts"
    if origin is not None and origin.lower() != f"http://{host.lower()}":
        return "this Telegram answers only to its own pages"
    if origin is None and fetch_site in _OTHER_SITES:
        return "this Telegram answers only to its own pages"
    return None


def refused(request: HTTPServerRequest, also: Collection[str]) -> str | None:
    """Say why this request is refused, or give None."""
    headers = request.headers
    return refusal(request.host, headers.get("Origin"), headers.get("Sec-Fetch-Site"), also)
