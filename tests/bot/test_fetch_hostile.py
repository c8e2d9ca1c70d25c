"""Fetching from servers that drip, hang up, babble, and send more than anyone can hold."""

import asyncio
import gzip
import time
import tracemalloc
import zlib

import pytest

from bot.fetch import Bounds, Fetcher, TooLarge, TooSlow, Unreachable
from tests.bot.web import Play, Request, Web, head, says

QUICK = Bounds(connect=1, read=0.5, total=1)


def fetcher(bounds: Bounds = QUICK) -> Fetcher:
    return Fetcher("someone@example.org", bounds=bounds)


def bomb() -> bytes:
    """A megabyte of gzip that unpacks to a gigabyte: one deflated block, a hundred times."""
    pack = zlib.compressobj(9, wbits=31)
    start = pack.compress(b"a" * 10_000_000) + pack.flush(zlib.Z_FULL_FLUSH)
    block = pack.compress(b"a" * 10_000_000) + pack.flush(zlib.Z_FULL_FLUSH)
    return start + block * 99 + pack.flush()


async def endless(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(head(200, {}))
    while True:
        writer.write(b"<feed>" * 10_000)
        await writer.drain()


@pytest.mark.parametrize(
    "page", [says(bomb(), headers={"Content-Encoding": "gzip"}), endless], ids=["bomb", "endless"]
)
async def test_bombs_and_endless_bodies_are_cut_off_in_little_memory(
    page: Play,
) -> None:
    async with Web({"/feed": page}) as web, fetcher(Bounds(total=30)) as fetch:
        tracemalloc.start()
        with pytest.raises(TooLarge, match="15,000,000 bytes"):
            await fetch.get(f"{web.at}/feed")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 16_000_000


async def drip(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(head(200, {}))
    for _piece in range(200):
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(0.05)


async def silence(_: Request, __: asyncio.StreamWriter) -> None:
    await asyncio.sleep(10)


@pytest.mark.parametrize(("page", "seconds"), [(drip, 1.0), (silence, 0.5)])
async def test_slow_servers_are_left_at_the_deadline(page: Play, seconds: float) -> None:
    async with Web({"/feed": page}) as web, fetcher() as fetch:
        started = time.monotonic()
        with pytest.raises(TooSlow):
            await fetch.get(f"{web.at}/feed")
        assert seconds - 0.1 < time.monotonic() - started < seconds + 0.5


async def hangs_up(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(head(200, {"Content-Length": "100"}) + b"half")


async def babbles(_: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"SSH-2.0-OpenSSH\r\n")


@pytest.mark.parametrize(
    "page",
    [
        hangs_up,
        babbles,
        says(gzip.compress(b"words" * 1000)[:-9], headers={"Content-Encoding": "gzip"}),
        says(b"not packed", headers={"Content-Encoding": "gzip"}),
        says(b"not packed", headers={"Content-Encoding": "deflate"}),
        says(b"\x0b\x02\x80words\x03", headers={"Content-Encoding": "br"}),
    ],
    ids=["hangs up", "no HTTP", "cut", "unpacked", "not deflated", "brotli"],
)
async def test_broken_answers_are_unreachable(
    page: Play,
) -> None:
    async with Web({"/feed": page}) as web, fetcher() as fetch:
        with pytest.raises(Unreachable):
            await fetch.get(f"{web.at}/feed")


async def test_a_server_that_is_not_there_is_unreachable() -> None:
    async with Web({}) as web:
        address = web.at
    async with fetcher() as fetch:
        with pytest.raises(Unreachable, match=address) as caught:
            await fetch.get(address)
    assert not caught.value.permanent
