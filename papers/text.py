"""Text as received, made fit to be read: listing residue, entities and LaTeX become plain Unicode.

What is stored is what was received; everything shown, matched or searched goes through `clean`.
Addresses stay in the cleaned text, because people want to follow them; `ADDRESS` finds them there,
for the analysis that keeps them out of the words.
"""

import re
import unicodedata
from functools import lru_cache
from html import unescape

from papers import latex

ADDRESS = re.compile(r"(?:https?|ftp)://[^\s<>{}$\"“”]*[^\s<>{}$\"“”.,;:!?)\]'’\\]", re.IGNORECASE)

_LINK = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*(?:\"([^\"<>]*)\"|'([^'<>]*)')[^<>]*>(.*?)</a\s*>", re.I | re.S
)
_TAG = re.compile(
    r"</?(?:a|abbr|b|big|blockquote|br|center|cite|code|dd|div|dl|dt|em|font|h[1-6]|hr|i|img|italic"
    r"|inline-formula|jats:\w+|li|mml:\w+|ol|p|pre|s|sc|small|span|strike|strong|sub|sup|table|tbody"
    r"|td|th|title|tr|tt|u|ul)(?:\s+[\w:-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*\s*/?>",
    re.IGNORECASE,
)
_BREAKS = re.compile(
    r"</?(?:blockquote|br|dd|div|dt|h[1-6]|hr|li|ol|p|pre|table|td|th|tr|ul)\b", re.I
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_UNREADABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ue000-\uf8ff\ufeff\ufffe\uffff"
    "\ud800-\udfff]"
)
_LISTING_LABEL = re.compile(r"this\s+(?:https?|ftp)\s+URL", re.IGNORECASE)
_HREF = re.compile(r"\\href\s*\{\s*([^{}\s]*)\s*\}\s*\{((?:[^{}]|\{[^{}]*\})*)\}")
_URL = re.compile(r"\\(?:url|path|nolinkurl)\s*\{\s*([^{}\s]*)\s*\}")
_TOKEN = re.compile("\ue000([\ue001-\uf8ff])")


@lru_cache(maxsize=8192)
def clean(raw: str) -> str:
    """One line of plain Unicode, as a person reads it, from a title or abstract as received.

    Strips the HTML that listing pages leave behind (before entities are decoded, so that
    `a &lt;b and c&gt; d` stays `a <b and c> d`), puts a link's address in its place, decodes
    entities, reads LaTeX, removes control and bidirectional override characters and folds white
    space. Never raises, and never makes an empty text of one that isn't.
    """
    received = _UNREADABLE.sub("", raw)
    addresses = _Addresses()
    text = _LINK.sub(lambda m: addresses.labelled(m[1] or m[2] or "", m[3]), received)
    text = _TAG.sub(lambda m: " " if _BREAKS.match(m[0]) else "", text)
    text = _ENTITY.sub(_decoded, text)
    text = _HREF.sub(lambda m: addresses.labelled(m[1], m[2]), text)
    text = _URL.sub(lambda m: addresses.labelled(m[1], ""), text)
    if "://" in text:
        text = ADDRESS.sub(lambda m: addresses.labelled(m[0], ""), text)
    words = _folded(latex.read(text)) or _folded(latex.strip(text))
    return addresses.restored(words) or _folded(received)


class _Addresses:
    """The addresses of a text, each kept out of LaTeX's reach by a private character pair."""

    def __init__(self) -> None:
        self._kept: list[str] = []

    def labelled(self, address: str, label: str) -> str:
        """What to show for a link: the address itself, after its label if that says more."""
        token = self._keep(address)
        label = _TAG.sub("", label).strip()
        if not token:
            return label or address
        if not label or _LISTING_LABEL.fullmatch(label) or self._same(label, token):
            return token
        return f"{label} ({token})"

    def restored(self, text: str) -> str:
        """`text` with the addresses back in their places."""
        return _TOKEN.sub(lambda m: self._of(m[0]), text)

    def _keep(self, address: str) -> str:
        address = self._of(address) if _TOKEN.fullmatch(address) else address
        address = re.sub(r"\\([_%#&~])", r"\1", _ENTITY.sub(_decoded, address))
        if not ADDRESS.match(address) or len(self._kept) >= 4096:
            return ""
        self._kept.append(address)
        return f"\ue000{chr(0xE000 + len(self._kept))}"

    def _of(self, token: str) -> str:
        return self._kept[ord(token[1]) - 0xE001]

    def _same(self, label: str, token: str) -> bool:
        shown = self.restored(label).removeprefix("https://").removeprefix("http://")
        return bool(shown) and self._of(token).rstrip("/").endswith(shown.rstrip("/"))


def _decoded(entity: re.Match[str]) -> str:
    return _UNREADABLE.sub("", unescape(entity[0]))


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
