"""Addresses that users give lead nowhere but to the public internet, however they are spelled."""

import pytest

from bot.fetch import BadAddress, Bounds, Fetcher, Unreachable
from bot.guard import GuardedTransport, is_public
from tests.bot.web import Web, says

QUICK = Bounds(connect=1, read=1, total=2)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://127.0.0.1./",
        "http://0x7f000001/",
        "http://0x7f.1/",
        "http://2130706433/",
        "http://017700000001/",
        "http://0177.0.0.1/",
        "http://0/",
        "http://0.0.0.0/",
        "http://localhost/",
        "http://LOCALHOST/",
        "http://localhost./",
        "http://[::1]/",
        "http://[::]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://[::127.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://[fe80::1]/",
        "http://[fc00::1]/",
        "http://[fd12:3456::1]/",
        "http://[ff02::1]/",
        "http://10.0.0.1/",
        "http://172.16.0.1/",
        "http://172.31.255.255/",
        "http://192.168.1.1/",
        "http://169.254.169.254/latest/meta-data/",
        "http://100.64.0.1/",
        "http://192.0.0.1/",
        "http://192.0.2.1/",
        "http://198.18.0.1/",
        "http://203.0.113.1/",
        "http://224.0.0.1/",
        "http://240.0.0.1/",
        "http://255.255.255.255/",
        "http://user@8.8.8.8/",
        "http://user:word@8.8.8.8/",
        "http://8.8.8.8@127.0.0.1/",
        "http://8.8.8.8:22/",
        "http://8.8.8.8:8080/",
        "https://8.8.8.8:6379/",
        "file:///etc/passwd",
        "ftp://8.8.8.8/",
    ],
)
async def test_no_spelling_of_a_private_address_is_opened(url: str) -> None:
    async with Fetcher("", bounds=QUICK) as fetch:
        with pytest.raises((BadAddress, Unreachable)) as caught:
            await fetch.get(url, guarded=True)
    told = str(caught.value)
    assert isinstance(caught.value, BadAddress) or "can't be resolved" in told


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True),
        ("151.101.3.42", True),
        ("2606:4700::6810:84e5", True),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::808:808", True),
        ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
        ("fe80::1%eth0", False),
        ("233.252.0.1", False),
        ("ff0e::1", False),
        ("not an address", False),
    ],
)
def test_an_address_is_public_or_not(address: str, public: bool) -> None:
    assert is_public(address) is public


class Names:
    """A name server of one's own: each look-up of a name gives the next of its answers."""

    def __init__(self, answers: dict[str, list[list[str]]]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    async def __call__(self, host: str) -> list[str]:
        self.asked.append(host)
        return self.answers[host].pop(0)


def loopback_is_public(address: str) -> bool:
    return address == "127.0.0.1" or is_public(address)


def guarded(names: Names, web: Web) -> Fetcher:
    port = int(web.at.rpartition(":")[2])
    guard = GuardedTransport(names, loopback_is_public, (port,))
    return Fetcher("", bounds=QUICK, guard=guard)


async def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    async with Web({"/": says(b"words")}) as web:
        port = web.at.rpartition(":")[2]
        names = Names({"feeds.example": [["127.0.0.1"], ["10.0.0.1"]]})
        async with guarded(names, web) as fetch:
            answer = await fetch.get(f"http://feeds.example:{port}/", guarded=True)
            with pytest.raises(BadAddress, match=r"feeds\.example leads to 10\.0\.0\.1"):
                await fetch.get(f"http://feeds.example:{port}/", guarded=True)
    assert answer.body == b"words"
    assert names.asked == ["feeds.example", "feeds.example"]
    assert [request.headers["host"] for request in web.requests] == [f"feeds.example:{port}"]


async def test_one_private_address_among_several_is_enough_to_refuse() -> None:
    async with Web({"/": says(b"words")}) as web:
        names = Names({"feeds.example": [["127.0.0.1", "192.168.0.1"]]})
        async with guarded(names, web) as fetch:
            with pytest.raises(BadAddress, match=r"192\.168\.0\.1"):
                await fetch.get(f"http://feeds.example:{web.at.rpartition(':')[2]}/", guarded=True)
    assert web.requests == []


@pytest.mark.parametrize(
    ("place", "leads"),
    [
        ("http://169.254.169.254/", "169.254.169.254"),
        ("http://inside.example:{port}/", "10.0.0.1"),
        ("http://[::1]:{port}/", "::1"),
        ("//inside.example:{port}/", "192.168.0.1"),
    ],
)
async def test_redirects_pass_through_the_same_door(place: str, leads: str) -> None:
    pages = {"/": says(b"secret")}
    async with Web(pages) as web:
        port = web.at.rpartition(":")[2]
        pages["/away"] = says(status=302, headers={"Location": place.format(port=port)})
        inside = {"inside.example": [[leads]], "::1": [[leads]]}
        names = Names({"feeds.example": [["127.0.0.1"]], **inside})
        async with guarded(names, web) as fetch:
            with pytest.raises(BadAddress):
                await fetch.get(f"http://feeds.example:{port}/away", guarded=True)
    assert [request.path for request in web.requests] == ["/away"]


async def test_configured_addresses_may_be_private() -> None:
    async with Web({"/": says(b"words")}) as web, Fetcher("", bounds=QUICK) as fetch:
        assert (await fetch.get(f"{web.at}/")).body == b"words"
        with pytest.raises(BadAddress):
            await fetch.get(f"{web.at}/", guarded=True)
