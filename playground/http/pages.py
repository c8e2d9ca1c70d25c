"""The page and its files, with headers that let in nothing from elsewhere."""

from pathlib import Path

from tornado.web import HTTPError, RequestHandler, StaticFileHandler

from playground.http.guard import refused

PAGE = Path(__file__).parent.parent / "page"
POLICY = (
    "default-src 'self'; connect-src 'self' ws://{host}; img-src 'self' data: blob:;"
    " object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
FALLBACK = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Playground</title>
<h1>This Telegram runs on your own machine</h1>
<p>Its chat page is not installed here. Bots reach it under <code>/bot&lt;token&gt;/</code>,
people under <code>/api/</code>.</p></html>
"""


class Guarded(RequestHandler):
    """A request of the person's side: refused unless it comes from here, never cached."""

    def set_default_headers(self) -> None:
        """Set the headers that all answers carry."""
        self.set_header("Content-Security-Policy", POLICY.format(host=self.request.host))
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    def prepare(self) -> None:
        """Let nobody else in."""
        if reason := refused(self.request, self.settings["hosts"]):
            raise HTTPError(403, reason=reason)


class Index(Guarded):
    """GET /: the page, or a few words when there is none."""

    def get(self) -> None:
        """Send it."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        index = PAGE / "index.html"
        self.finish(index.read_bytes() if index.is_file() else FALLBACK)


class PageFile(Guarded, StaticFileHandler):
    """GET /page/…: a file of the page."""

    def get_cache_time(self, *_: object) -> int:
        """Keep browsers from using an old file."""
        return 0
