"""Parameters in every way clients send them, and files up and down."""

import json
from io import BytesIO
from typing import Any

import pytest
from aiohttp import FormData
from yarl import URL

from playground import Playground
from playground.client import Person, PlaygroundClient
from tests.playground.conftest import Bot
from tests.playground.schema import check_result
from tests.playground.test_every_method import PNG

MARKUP = {"inline_keyboard": [[{"text": "B", "callback_data": "b"}]]}


@pytest.mark.parametrize("way", ["json", "form", "multipart", "query", "get"])
async def test_parameters_arrive(way: str, bot: Bot, ada: Person) -> None:
    values = {"chat_id": str(ada.id), "text": "é & 😀", "reply_markup": json.dumps(MARKUP)}
    form = FormData(values, default_to_multipart=way == "multipart")
    options: dict[str, dict[str, Any]] = {
        "json": {"json": {**values, "chat_id": ada.id, "reply_markup": MARKUP}},
        "form": {"data": form},
        "multipart": {"data": form},
        "query": {"params": values},
        "get": {"params": values},
    }
    method = "GET" if way == "get" else "POST"
    async with bot.session.request(method, bot.url("SENDmessage"), **options[way]) as response:
        body = await response.json()
    check_result("sendMessage", body["result"])
    assert body["result"]["text"] == "é & 😀"
    assert body["result"]["reply_markup"] == MARKUP


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/json", b"[" * 100_000),
        ("multipart/form-data; boundary=x", b"no boundary"),
        ("multipart/form-data", b"--x"),
        ("application/x-www-form-urlencoded", b"text=%ff"),
        ("application/x-www-form-urlencoded", b"a&" * 2000),
    ],
)
async def test_a_broken_body_is_refused(content_type: str, body: bytes, bot: Bot) -> None:
    headers = {"Content-Type": content_type}
    async with bot.session.post(bot.url("sendMessage"), data=body, headers=headers) as response:
        assert response.status == 400
        assert (await response.json())["ok"] is False
    await bot.ok("getMe")


@pytest.mark.parametrize("field", ["document", "attach"])
async def test_a_file_goes_up_and_down_again(
    field: str, bot: Bot, ada: Person, telegram: Playground, client: PlaygroundClient
) -> None:
    values = {"chat_id": str(ada.id), "caption": "<b>c</b>", "parse_mode": "HTML"}
    form = FormData(values, quote_fields=False)
    if field == "attach":
        form.add_field("document", "attach://attach")
    form.add_field(field, b"\0\1\2" * 1000, filename="pa/../pers é.pdf")
    async with bot.session.post(bot.url("sendDocument"), data=form) as response:
        sent = (await response.json())["result"]
    check_result("sendDocument", sent)
    document = sent["document"]
    assert (document["file_name"], document["file_size"]) == ("pers é.pdf", 3000)
    assert sent["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    file = await bot.ok("getFile", file_id=document["file_id"])
    address = f"{telegram.base_file_url}{telegram.token}/{file['file_path']}"
    async with bot.session.get(address) as response:
        assert await response.read() == b"\0\1\2" * 1000
    shown = await client.wait_for(lambda m: "document" in m.data)
    async with bot.session.get(f"{telegram.url}/api/file/{document['file_id']}") as response:
        assert await response.read() == b"\0\1\2" * 1000
        assert response.headers["Content-Disposition"] == "attachment"
    assert shown.text == "c"


@pytest.mark.parametrize(
    "path", ["documents/../documents/file_0.txt", "../etc/passwd", "/etc/passwd", "", "%2e%2e/x"]
)
async def test_only_paths_that_were_given_lead_to_files(
    path: str, bot: Bot, ada: Person, telegram: Playground
) -> None:
    await ada.upload("document", "a.txt", b"secret")
    address = URL(f"{telegram.base_file_url}{telegram.token}/{path}", encoded=True)
    async with bot.session.get(address, allow_redirects=False) as response:
        assert response.status == 404


async def test_a_document_of_a_person_reaches_the_bot(bot: Bot, ada: Person) -> None:
    await bot.updates()
    await ada.upload("document", "list.txt", b"a list", caption="mine")
    (update,) = await bot.updates()
    document = update["message"]["document"]
    assert document["mime_type"] == "text/plain"
    file = await bot.ok("getFile", file_id=document["file_id"])
    assert file["file_size"] == 6


async def test_a_picture_tells_its_size_and_anything_else_is_refused(bot: Bot, ada: Person) -> None:
    sent = await ada.upload("photo", "a.png", PNG)
    assert (sent.data["photo"][0]["width"], sent.data["photo"][0]["height"]) == (2, 3)
    form = FormData({"chat_id": str(ada.id)})
    form.add_field("photo", b"no picture", filename="a.png")
    async with bot.session.post(bot.url("sendPhoto"), data=form) as response:
        assert (await response.json())["description"] == "Bad Request: IMAGE_PROCESS_FAILED"


async def test_a_request_that_is_too_large_is_refused_and_the_server_goes_on(bot: Bot) -> None:
    body = BytesIO(b"x" * (61 * 1024 * 1024))
    async with bot.session.post(bot.url("sendDocument"), data=body) as response:
        assert response.status == 413
        assert (await response.json())["description"] == "Request Entity Too Large"
    await bot.ok("getMe")
