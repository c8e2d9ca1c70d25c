"""A client of the person's side, for tests and demonstrations. Talks HTTP to a running playground.

async with PlaygroundClient(telegram.url) as client:
    ada = await client.person("Ada")
    await ada.send("/start")
    welcome = await client.wait_for(lambda message: "Welcome" in message.text)
    await ada.press(welcome, "Next")
"""

from collections.abc import Callable
from io import BytesIO
from types import TracebackType
from typing import Any

from aiohttp import ClientResponse, ClientSession, FormData

from playground.client_people import Answer, Group, Person
from playground.client_stream import Message, Watcher
from playground.wire import Json

__all__ = ["Answer", "Group", "Message", "Person", "PlaygroundClient", "PlaygroundError"]


class PlaygroundError(Exception):
    """An action that the playground refused; `code` is the HTTP status, the text says why."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code = code


class PlaygroundClient:
    """One connection to the playground at `url`. Use it as `async with`.

    `events` is the stream of everything that happens there.
    """

    _session: ClientSession
    events: Watcher

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        self._returned: set[int] = set()

    async def __aenter__(self) -> "PlaygroundClient":
        self._session = ClientSession()
        self.events = Watcher(self._session, f"{self.url}/api/stream")
        try:
            await self.events.start()
        except BaseException:
            await self._session.close()
            raise
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.events.stop()
        await self._session.close()

    async def call(self, action: str, **values: object) -> Any:
        """Do an action; None values are left out, `files` maps field names to (name, bytes).

        Raises:
            PlaygroundError: it was refused.
        """
        given = {name: value for name, value in values.items() if value is not None}
        files: Any = given.pop("files", None)
        url = f"{self.url}/api/{action}"
        if files is None:
            async with self._session.post(url, json=given) as response:
                return await _result(response)
        form = FormData({name: str(value) for name, value in given.items()}, quote_fields=False)
        for field, (name, content) in files.items():
            form.add_field(field, BytesIO(content), filename=name)
        async with self._session.post(url, data=form) as response:
            return await _result(response)

    async def look(self, view: str, **values: object) -> Any:
        """Read a view; None values are left out."""
        query = {name: str(value) for name, value in values.items() if value is not None}
        async with self._session.get(f"{self.url}/api/{view}", params=query) as response:
            return await _result(response)

    async def person(self, first_name: str, **fields: object) -> Person:
        """Open an account; fields: last_name, username, language_code, is_premium."""
        view = await self.call("person", first_name=first_name, **fields)
        return Person(int(view["id"]), first_name, self.call, self.look)

    async def wait_for(
        self,
        wanted: Callable[[Message], bool] = lambda _: True,
        *,
        chat: int | None = None,
        timeout: float = 5,  # noqa: ASYNC109 (the events are waited for, not a call)
        by_bot: bool = True,
    ) -> Message:
        """Give a message that is wanted, new or edited: one that came already or the next to come.

        Each is given once, so that asking again waits for another. Without `by_bot`, what people
        wrote counts too.

        Raises:
            TimeoutError: none came within `timeout` seconds.
        """

        def fits(event: Json) -> bool:
            if event["kind"] not in ("message", "edited") or event["seq"] in self._returned:
                return False
            data = event["message"]
            if chat is not None and data["chat"]["id"] != chat:
                return False
            if by_bot and not data.get("from", {"is_bot": True})["is_bot"]:
                return False
            return wanted(Message(data))

        event = await self.events.wait(fits, timeout)
        self._returned.add(event["seq"])
        return Message(event["message"], event["kind"] == "edited")

    async def wait_for_event(
        self, kind: str, wanted: Callable[[Json], bool] = lambda _: True, seconds: float = 5
    ) -> Json:
        """Give the first event of a kind that is wanted, past or to come."""
        return await self.events.wait(lambda e: e["kind"] == kind and wanted(e), seconds)

    async def fault(self, kind: str, method: str = "*", **fields: object) -> None:
        """Order a fault; fields are those of `faults.Fault`."""
        await self.call("fault", kind=kind, method=method, **fields)

    async def calls(self, method: str = "", after: int = 0) -> list[Json]:
        """Read the log of Bot API calls, of one method or all."""
        found: list[Json] = await self.look("calls", method=method, after=after)
        return found


async def _result(response: ClientResponse) -> Any:
    body = await response.json()
    if not body["ok"]:
        raise PlaygroundError(body["error_code"], body["description"])
    return body["result"]
