"""The person's side over the wire: the stream that loses nothing, and who is let in."""

import asyncio
import json

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse, WSServerHandshakeError
from yarl import URL

from playground import Playground
from playground.client import Group, Person, PlaygroundClient
from playground.events import Events
from playground.http.guard import refusal
from tests.playground.conftest import Bot, Json


async def read(socket: ClientWebSocketResponse, count: int) -> list[Json]:
    return [json.loads(await socket.receive_str(timeout=2)) for _ in range(count)]


async def test_a_watcher_sees_what_happens_in_order(
    bot: Bot, ada: Person, telegram: Playground
) -> None:
    last = telegram.telegram.events.last
    async with bot.session.ws_connect(f"{telegram.url}/api/stream?after={last}") as socket:
        await bot.ok("sendChatAction", chat_id=ada.id, action="typing")
        await bot.ok("sendMessage", chat_id=ada.id, text="x")
        events = await read(socket, 4)
    assert [event["kind"] for event in events] == ["typing", "call", "message", "call"]
    assert [event["seq"] for event in events] == list(range(last + 1, last + 5))
    assert events[2]["message"]["text"] == "x"
    assert events[3]["call"]["method"] == "sendMessage"
    assert "parameters" not in events[3]["call"]


async def test_a_topic_is_shown_with_its_own_number(forum: Group, client: PlaygroundClient) -> None:
    topic = await forum.topic("Papers")
    event = await client.wait_for_event("message", lambda e: "message_thread_id" in e["message"])
    assert event["message"]["message_id"] == event["message"]["message_thread_id"] == topic
    told = await client.wait_for_event("topic")
    assert told["topic"]["name"] == "Papers"


async def test_who_comes_back_has_missed_nothing(
    bot: Bot, ada: Person, telegram: Playground
) -> None:
    address = f"{telegram.url}/api/stream"
    async with bot.session.ws_connect(f"{address}?after=0") as socket:
        (first,) = await read(socket, 1)
    for number in range(5):
        await ada.send(str(number))
    async with bot.session.ws_connect(f"{address}?after={first['seq']}") as socket:
        missed = await read(socket, telegram.telegram.events.last - first["seq"])
    said = [event["message"]["text"] for event in missed if event["kind"] == "message"]
    assert said == ["/start", "0", "1", "2", "3", "4"]


async def test_who_missed_too_much_is_told_so(bot: Bot, telegram: Playground) -> None:
    async with bot.session.ws_connect(f"{telegram.url}/api/stream?after=9999") as socket:
        assert await read(socket, 1) == [{"kind": "gap", "seq": telegram.telegram.events.last}]


async def test_the_client_comes_back_by_itself(
    telegram: Playground, bot: Bot, ada: Person, client: PlaygroundClient
) -> None:
    await telegram.cut_connections()
    sent = await bot.ok("sendMessage", chat_id=ada.id, text="after the cut")
    assert (await client.wait_for()).id == sent["message_id"]
    seqs = [event["seq"] for event in client.events.seen]
    assert seqs == list(range(1, len(seqs) + 1))


def test_only_the_newest_events_are_kept() -> None:
    events = Events(3)
    for number in range(5):
        events.add("x", 0.0, {"number": number})
    assert events.after(1) is None
    kept = events.after(2)
    assert kept is not None
    assert [event.data["number"] for event in kept] == [2, 3, 4]
    assert events.after(5) == []
    assert events.after(6) is None


@pytest.mark.parametrize(
    ("host", "origin", "site", "is_let_in"),
    [
        ("127.0.0.1:8081", None, None, True),
        ("localhost:8081", "http://localhost:8081", "same-origin", True),
        ("[::1]:8081", "http://[::1]:8081", None, True),
        ("LOCALHOST:8081", None, "none", True),
        ("evil.example:8081", None, None, False),
        ("127.0.0.1.evil.example", None, None, False),
        ("evil.example@127.0.0.1:1", None, None, False),
        ("", None, None, False),
        ("[", None, None, False),
        ("127.0.0.1:8081", "http://evil.example", None, False),
        ("127.0.0.1:8081", "http://127.0.0.1:9999", None, False),
        ("127.0.0.1:8081", "https://127.0.0.1:8081", None, False),
        ("127.0.0.1:8081", "null", None, False),
        ("127.0.0.1:8081", None, "cross-site", False),
    ],
)
def test_only_this_machine_and_its_own_pages_are_let_in(
    host: str, origin: str | None, site: str | None, is_let_in: bool
) -> None:
    assert (refusal(host, origin, site) is None) is is_let_in


@pytest.mark.parametrize("path", ["/", "/page/x.js", "/api/snapshot", "/api/send", "/nothing"])
@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
async def test_strangers_get_nothing(
    path: str, headers: dict[str, str], bot: Bot, telegram: Playground
) -> None:
    for method in ("GET", "POST"):
        async with bot.session.request(
            method, f"{telegram.url}{path}", headers=headers, json={}
        ) as response:
            assert response.status in (403, 405)
            assert "Ada" not in await response.text()


@pytest.mark.parametrize("headers", [{"Host": "evil.example"}, {"Origin": "http://evil.example"}])
async def test_strangers_see_no_stream(
    headers: dict[str, str], bot: Bot, telegram: Playground
) -> None:
    with pytest.raises(WSServerHandshakeError) as raised:
        await bot.session.ws_connect(f"{telegram.url}/api/stream", headers=headers)
    assert raised.value.status == 403


async def test_a_form_of_another_site_does_nothing(bot: Bot, telegram: Playground) -> None:
    async with bot.session.post(f"{telegram.url}/api/person", data={"first_name": "X"}) as response:
        assert response.status == 415
    assert telegram.telegram.events.last == 0


async def test_the_bots_side_asks_for_no_host(bot: Bot) -> None:
    headers = {"Host": "telegram.example", "Origin": "http://elsewhere.example"}
    async with bot.session.get(bot.url("getMe"), headers=headers) as response:
        assert response.status == 200


async def test_the_page_lets_in_nothing_from_elsewhere(bot: Bot, telegram: Playground) -> None:
    async with bot.session.get(telegram.url) as response:
        assert response.status == 200
        policy = response.headers["Content-Security-Policy"]
        assert response.headers["Cache-Control"] == "no-store"
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize(
    "path", ["/page/../server.py", "/page/%2e%2e/server.py", "/page//etc/passwd"]
)
async def test_only_files_of_the_page_are_served(path: str, bot: Bot, telegram: Playground) -> None:
    async with bot.session.get(URL(f"{telegram.url}{path}", encoded=True)) as response:
        assert response.status in (403, 404)


async def test_a_button_of_the_program_behind_runs_it(
    telegram: Playground, client: PlaygroundClient
) -> None:
    pushed = asyncio.Event()

    async def push() -> str:
        pushed.set()
        return "done"

    telegram.backstage.offer("morning", "Next morning", push)
    telegram.backstage.show("digest", "Digest", [["papers", "70"]])
    shown = (await client.look("snapshot"))["backstage"]
    assert shown["buttons"] == [{"id": "morning", "label": "Next morning"}]
    assert shown["facts"] == [{"name": "digest", "title": "Digest", "rows": [["papers", "70"]]}]
    assert await client.call("button", button="morning") == "done"
    assert pushed.is_set()


async def test_a_playground_that_stops_leaves_its_port() -> None:
    async with Playground() as telegram:
        port = telegram.port
        async with ClientSession() as session:
            poll = asyncio.create_task(Bot(session, telegram).call("getUpdates", timeout=30))
            await asyncio.sleep(0.05)
            await telegram.stop()
            await asyncio.gather(poll, return_exceptions=True)
    async with Playground(port) as again:
        assert again.port == port


def test_a_token_must_look_like_one() -> None:
    with pytest.raises(ValueError, match="a token looks like"):
        Playground(token="secret")
