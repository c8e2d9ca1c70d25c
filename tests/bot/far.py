"""A way to the playground that is as long as the one to Telegram: answers take their time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playground import Playground


@asynccontextmanager
async def far(telegram: Playground, seconds: float) -> AsyncIterator[str]:
    """A base URL from which answers come `seconds` late, while requests arrive at once, also those
    of a client that has died since."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_connection("127.0.0.1", telegram.port)
        await asyncio.gather(_pass(reader, back, 0), _pass(there, writer, seconds))

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/bot"
    finally:
        server.close()
        await asyncio.sleep(2 * seconds)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, late: float) -> None:
    try:
        while data := await reader.read(65536):
            await asyncio.sleep(late)
            writer.write(data)
            await writer.drain()
    except OSError:
        pass  # one side has died, as it is meant to
    finally:
        writer.close()
