"""Every method there is, called once with success; the schema is checked by the calling bot."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from playground import Playground
from playground.client import Group, Person, PlaygroundClient
from playground.methods.table import METHODS
from tests.playground.conftest import Bot, Json
from tests.playground.schema import api, check

Make = Callable[["Scene"], Awaitable[Json]]


class Scene:
    """Ada, her forum with a topic, and a message of the bot in either."""

    def __init__(self, bot: Bot, ada: Person, forum: Group, client: PlaygroundClient) -> None:
        self.bot, self.ada, self.forum, self.client = bot, ada, forum, client

    async def message(self) -> Json:
        sent = await self.bot.ok("sendMessage", chat_id=self.ada.id, text="old")
        return {"chat_id": self.ada.id, "message_id": sent["message_id"]}

    async def photo(self) -> Json:
        uploaded = await self.ada.upload("photo", "a.png", PNG)
        return {"chat_id": self.ada.id, "photo": uploaded.data["photo"][0]["file_id"]}

    async def document(self) -> Json:
        uploaded = await self.ada.upload("document", "a.txt", b"text", caption="c")
        return {"chat_id": self.ada.id, "document": uploaded.data["document"]["file_id"]}

    async def captioned(self) -> Json:
        sent = await self.bot.ok("sendDocument", **await self.document())
        return {"chat_id": self.ada.id, "message_id": sent["message_id"], "caption": "new"}

    async def pinned(self) -> Json:
        message = await self.message()
        await self.bot.ok("pinChatMessage", **message)
        return message

    async def topic(self) -> Json:
        topic = await self.forum.topic("Papers")
        return {"chat_id": self.forum.id, "message_thread_id": topic}

    async def closed(self) -> Json:
        topic = await self.topic()
        await self.bot.ok("closeForumTopic", **topic)
        return topic

    async def press(self) -> Json:
        keyboard = {"inline_keyboard": [[{"text": "B", "callback_data": "b"}]]}
        await self.bot.ok("sendMessage", chat_id=self.ada.id, text="x", reply_markup=keyboard)
        message = await self.client.wait_for(lambda m: m.labels == ["B"])
        await self.ada.press(message, "b", seconds=0)
        return {"callback_query_id": (await self.bot.updates())[-1]["callback_query"]["id"]}

    async def query(self) -> Json:
        await self.ada.call("inline", person=self.ada.id, query="q", timeout=0)
        query = (await self.bot.updates())[-1]["inline_query"]
        content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
        article = {"type": "article", "id": "1", "title": "T", "input_message_content": content}
        return {"inline_query_id": query["id"], "results": [article]}


PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x03\x08\x02\0\0\0"
NONE: dict[str, Any] = {}
BUTTON = {"inline_keyboard": [[{"text": "B", "url": "https://arxiv.org"}]]}


async def _chat(scene: Scene) -> Json:
    return {"chat_id": scene.forum.id}


def plain(**fields: Any) -> Make:
    """Make the arguments of a method that needs nothing to be there before."""

    async def make(_: Scene) -> Json:
        return fields

    return make


def then(make: Make, **fields: Any) -> Make:
    """Add fields to arguments."""

    async def more(scene: Scene) -> Json:
        return await make(scene) | fields

    return more


async def _member(scene: Scene) -> Json:
    return {"chat_id": scene.forum.id, "user_id": scene.ada.id}


CALLS: dict[str, Make] = {
    "getMe": plain(),
    "logOut": plain(),
    "close": plain(),
    "getUpdates": plain(timeout=0),
    "setWebhook": plain(url="http://127.0.0.1:9/hook"),
    "deleteWebhook": plain(),
    "getWebhookInfo": plain(),
    "sendMessage": then(_chat, text="hello", reply_markup=BUTTON, protect_content=True),
    "sendDocument": Scene.document,
    "sendPhoto": Scene.photo,
    "getFile": Scene.document,
    "editMessageText": then(Scene.message, text="new"),
    "editMessageCaption": Scene.captioned,
    "editMessageReplyMarkup": then(Scene.message, reply_markup=BUTTON),
    "deleteMessage": Scene.message,
    "deleteMessages": then(_chat, message_ids=[1, 999]),
    "sendChatAction": then(_chat, action="typing"),
    "setMessageReaction": then(Scene.message, reaction=[{"type": "emoji", "emoji": "👍"}]),
    "pinChatMessage": Scene.message,
    "unpinChatMessage": Scene.pinned,
    "unpinAllChatMessages": Scene.pinned,
    "answerCallbackQuery": then(Scene.press, text="ok"),
    "answerInlineQuery": Scene.query,
    "getChat": _chat,
    "getChatMember": _member,
    "getChatAdministrators": _chat,
    "getChatMemberCount": _chat,
    "leaveChat": _chat,
    "setChatTitle": then(_chat, title="New"),
    "setChatDescription": then(_chat, description="New"),
    "createForumTopic": then(_chat, name="T"),
    "editForumTopic": then(Scene.topic, name="T"),
    "closeForumTopic": Scene.topic,
    "reopenForumTopic": Scene.closed,
    "deleteForumTopic": Scene.topic,
    "setMyCommands": plain(commands=[{"command": "help", "description": "Help"}]),
    "getMyCommands": plain(),
    "deleteMyCommands": plain(),
    "setMyName": plain(name="N"),
    "getMyName": plain(),
    "setMyDescription": plain(description="D"),
    "getMyDescription": plain(),
    "setMyShortDescription": plain(short_description="S"),
    "getMyShortDescription": plain(),
    "setChatMenuButton": plain(menu_button={"type": "commands"}),
    "getChatMenuButton": plain(),
}
OLD_NAMES = {"getChatMembersCount"}


def test_every_method_is_called_here_and_documented() -> None:
    names = {name for name, _ in METHODS.values()} - OLD_NAMES
    assert names == set(CALLS)
    assert names <= set(api()["methods"])


@pytest.mark.parametrize("method", CALLS)
async def test_an_answer_has_the_documented_form(
    method: str, bot: Bot, ada: Person, forum: Group, client: PlaygroundClient
) -> None:
    arguments = await CALLS[method](Scene(bot, ada, forum, client))
    if method == "getFile":
        arguments = {"file_id": arguments["document"]}
    await bot.ok(method, **arguments)
    await bot.ok("deleteWebhook")
    await bot.updates()


async def test_every_message_that_was_shown_has_the_documented_form(
    telegram: Playground, bot: Bot, ada: Person, forum: Group, client: PlaygroundClient
) -> None:
    for method in ("sendMessage", "sendPhoto", "pinChatMessage", "editForumTopic"):
        await bot.ok(method, **await CALLS[method](Scene(bot, ada, forum, client)))
    shown = [e for e in telegram.telegram.events.all() if e.kind in ("message", "edited")]
    assert len(shown) > 8
    for event in shown:
        check("Message", event.data["message"])


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("User", {"id": 1, "is_bot": False}),
        ("User", {"id": 1, "is_bot": 0, "first_name": "A"}),
        ("User", {"id": True, "is_bot": False, "first_name": "A"}),
        ("User", {"id": 1, "is_bot": False, "first_name": "A", "nick": "x"}),
        ("ChatMember", {"status": "member"}),
        ("Array of Update", [{"update_id": "1"}]),
    ],
)
def test_the_schema_check_finds_what_is_wrong(kind: str, value: Any) -> None:
    with pytest.raises(AssertionError):
        check(kind, value)
