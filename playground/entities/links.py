"""Which links Telegram takes, and the form it gives them (tdlib, LinkManager and HttpUrl). Pure."""

import re

_MENTION = re.compile(r"(?i)tg:(?://)?user\?id=([0-9]{1,16})$")
_PARTS = re.compile(r"(?s)(?:(?P<scheme>[^:/?#@]*)://)?(?P<authority>[^/?#]*)(?P<rest>.*)")
_HOST = re.compile(r"(?:[a-z0-9._!$,~*'();&+=-]|%[0-9a-f]{2}|[^\x00-\x7f])+")
_TG = re.compile(r"(?i)(?P<scheme>tg|ton):(?://)?(?P<host>[a-z0-9_-]+)(?P<rest>[/?#].*)?")


def mentioned_user(url: str) -> str | None:
    """Give the user id in a tg://user?id=… link, or None."""
    found = _MENTION.match(url)
    return found[1] if found and int(found[1]) > 0 else None


def usable_link(url: str) -> str:
    """Give the link as Telegram stores it, or "" when it is unusable."""
    url = url.strip()
    if url.lower().startswith(("tg:", "ton:")):
        inner = _TG.fullmatch(url)
        return f"{inner['scheme'].lower()}://{inner['host']}{inner['rest'] or ''}" if inner else ""
    parts = _PARTS.fullmatch(url)
    scheme = (parts["scheme"] or "http").lower() if parts else ""
    if parts is None or scheme not in ("http", "https"):
        return ""
    user, at, host_and_port = parts["authority"].rpartition("@")
    host, port = _split_port(host_and_port)
    if host is None or "." not in host or host == "." or not _HOST.fullmatch(host):
        return ""
    rest = "".join("%20" if char.isspace() else char for char in parts["rest"])
    return f"{scheme}://{user}{at}{host}{port}{rest if rest.startswith('/') else '/' + rest}"


def _split_port(text: str) -> tuple[str | None, str]:
    """Part host (in lower case) from ":port"; the host is None when the port is no port."""
    host, colon, port = text.rpartition(":")
    if not colon:
        return text.lower(), ""
    if not (port.isascii() and port.isdigit()) or int(port[-6:]) > 65535 or len(port) > 9:
        return None, ""
    return host.lower(), f":{int(port)}" if int(port) else ""
