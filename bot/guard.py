"""Requests to addresses that users give, kept out of private networks.

The name is resolved here, every address it has is checked, and the connection goes to one that was
checked: a name that resolves differently the next moment ("rebinding") gains nothing. Redirects
pass through the same door, as each is a request of its own.
"""

import asyncio
import ipaddress
import socket
from collections.abc import Awaitable, Callable
from ipaddress import IPv4Address, IPv6Address

import httpx

Resolver = Callable[[str], Awaitable[list[str]]]

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class Unsafe(httpx.TransportError):
    """An address that nobody on the public internet serves, or a URL that hides where it leads."""


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends a request only to an address that is `public`, on one of `ports` (None stands for the
    scheme's own), else raises Unsafe. `resolve` gives the IP addresses of a name."""

    def __init__(
        self,
        resolve: Resolver | None = None,
        public: Callable[[str], bool] | None = None,
        ports: tuple[int | None, ...] = (None, 80, 443),
    ) -> None:
        self._resolve = resolve or addresses
        self._public = public or is_public
        self._ports = ports
        no_reuse = httpx.Limits(max_keepalive_connections=0)
        self._inner = httpx.AsyncHTTPTransport(limits=no_reuse, trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Resolves, checks and connects; the server is still told, and proves, its own name."""
        url, host = request.url, request.url.host
        if url.userinfo or url.port not in self._ports:
            raise Unsafe("links with a user name, a password or an unusual port are not opened")
        address = await self._checked(host)
        pinned = httpx.Request(
            request.method,
            url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": host},
        )
        return await self._inner.handle_async_request(pinned)

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._inner.aclose()

    async def _checked(self, host: str) -> str:
        found = await self._resolve(host)
        for each in found:
            if not self._public(each):
                raise Unsafe(f"{host} leads to {each}, which is not on the public internet")
        if not found:
            raise httpx.ConnectError(f"{host} has no address")
        return found[0]


async def addresses(host: str) -> list[str]:
    """The IP addresses of `host`, as the system resolves it. Raises httpx.ConnectError."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"{host} can't be resolved: {error}") from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


def is_public(address: str) -> bool:
    """Whether `address` (IPv4 or IPv6) is one host's on the public internet, also behind the ways
    in which IPv6 wraps IPv4."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _wrapped(ip)
    if inner is not None:
        return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


def _wrapped(ip: IPv4Address | IPv6Address) -> IPv4Address | None:
    if isinstance(ip, IPv4Address):
        return None
    if ip in _NAT64:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour
