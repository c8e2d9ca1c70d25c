"""What the server refuses, in its own words."""

from typing import Any

import pytest

from playground import Playground
from playground.client import Group, Person, PlaygroundClient
from tests.playground.conftest import Bot

BUTTON = "can't parse inline keyboard button: "
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@pytest.mark.parametrize(
    ("method", "arguments", "error"),
    [
        ("sendMessage", {"text": ""}, "message text is empty"),
        ("sendMessage", {"text": " \n"}, "text must be non-empty"),
        ("sendMessage", {"text": "<b></b>", "parse_mode": "HTML"}, "text must be non-empty"),
        ("sendMessage", {"text": "x" * 4097}, "message is too long"),
        ("sendMessage", {"text": "😀" * 2049}, "message is too long"),
        ("sendMessage", {"text": "x" * 32769}, "text is too long"),
        (
            "sendMessage",
            {"text": "a<b", "parse_mode": "HTML"},
            "can't parse entities: Unclosed start tag at byte offset 1",
        ),
        (
            "sendMessage",
            {"text": "a.", "parse_mode": "MarkdownV2"},
            "can't parse entities: Character '.' is reserved and must be escaped with the"
            " preceding '\\'",
        ),
        ("sendMessage", {"text": "x", "parse_mode": "XML"}, "unsupported parse_mode"),
        ("sendMessage", {"text": "\ud800"}, "strings must be encoded in UTF-8"),
        (
            "sendMessage",
            {"text": "x", "reply_markup": "{"},
            "can't parse reply keyboard markup JSON object",
        ),
        ("sendMessage", {"text": "x", "chat_id": ""}, "chat_id is empty"),
        ("sendMessage", {"text": "x", "chat_id": 1}, "chat not found"),
        ("sendMessage", {"text": "x", "chat_id": "@nobody_here"}, "chat not found"),
        ("sendMessage", {"text": "x", "message_thread_id": 7}, "message thread not found"),
        (
            "sendMessage",
            {"text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
        (
            "sendMessage",
            {"text": "x", "entities": [{"type": "bold", "offset": 0, "length": 2}]},
            "entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2",
        ),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"text": "x", "message_id": 99}, "message to edit not found"),
        ("editMessageText", {"text": "x", "message_id": 1}, "message can't be edited"),
        ("deleteMessage", {"message_id": 99}, "message to delete not found"),
        ("setMessageReaction", {"message_id": 99}, "message to react not found"),
        (
            "setMessageReaction",
            {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "x"}]},
            "REACTION_INVALID",
        ),
        ("pinChatMessage", {"message_id": 99}, "message to pin not found"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, TOO_OLD),
        ("answerInlineQuery", {"inline_query_id": "1", "results": []}, TOO_OLD),
        ("answerInlineQuery", {"inline_query_id": "1", "results": [{}] * 51}, "RESULTS_TOO_MUCH"),
        ("sendDocument", {}, "there is no document in the request"),
        ("sendDocument", {"document": "nope"}, "wrong file identifier/HTTP URL specified"),
        ("getFile", {"file_id": "nope"}, "invalid file_id"),
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
        ("getChatAdministrators", {}, "there are no administrators in the private chat"),
        (
            "setMyCommands",
            {"commands": [{"command": "Bad!", "description": "x"}]},
            "BOT_COMMAND_INVALID",
        ),
        (
            "setMyCommands",
            {"commands": [{"command": "x", "description": "x"}] * 101},
            "BOT_COMMANDS_TOO_MUCH",
        ),
        (
            "setWebhook",
            {"url": "gopher://x"},
            "bad webhook: An HTTPS URL must be provided for webhook",
        ),
        (
            "setWebhook",
            {"url": "http://127.0.0.1:9", "secret_token": "a b"},
            "secret token contains unallowed characters",
        ),
    ],
)
async def test_a_call_is_refused(
    method: str, arguments: dict[str, Any], error: str, bot: Bot, ada: Person
) -> None:
    assert (
        await bot.refused(method, **{"chat_id": ada.id, **arguments}) == f"400 Bad Request: {error}"
    )


@pytest.mark.parametrize(
    ("button", "error"),
    [
        ({"text": "x", "callback_data": "x" * 65}, "BUTTON_DATA_INVALID"),
        ({"text": "x", "callback_data": "é" * 33}, "BUTTON_DATA_INVALID"),
        ({"text": "x"}, BUTTON + "Text buttons are unallowed in the inline keyboard"),
        (
            {"text": "x", "url": "nonsense"},
            "inline keyboard button URL 'nonsense' is invalid: Wrong HTTP URL",
        ),
        ({"text": "x", "copy_text": {"text": ""}}, "BUTTON_COPY_TEXT_INVALID"),
        (
            {"text": "x", "callback_data": "x", "style": "pink"},
            BUTTON + "Unsupported button style specified",
        ),
        ({"callback_data": "x"}, BUTTON + 'Field "text" must be of type String'),
    ],
)
async def test_a_button_is_refused(button: Any, error: str, bot: Bot, ada: Person) -> None:
    markup = {"inline_keyboard": [[button]]}
    refusal = await bot.refused("sendMessage", chat_id=ada.id, text="x", reply_markup=markup)
    assert refusal == f"400 Bad Request: {error}"


async def test_a_keyboard_of_more_than_100_buttons_is_refused(bot: Bot, ada: Person) -> None:
    markup = {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 101}
    refusal = await bot.refused("sendMessage", chat_id=ada.id, text="x", reply_markup=markup)
    assert refusal == "400 Bad Request: reply markup is too long"


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, ada: Person) -> None:
    sent = await bot.ok("sendMessage", chat_id=ada.id, text="<b>x</b>", parse_mode="HTML")
    same = {"chat_id": ada.id, "message_id": sent["message_id"], "parse_mode": "HTML"}
    refusal = await bot.refused("editMessageText", text=" <b>x</b> ", **same)
    assert refusal.startswith("400 Bad Request: message is not modified: specified new message")
    assert (await bot.ok("editMessageText", text="x", **same))["edit_date"]
    assert await bot.refused("editMessageReplyMarkup", **same) == refusal


async def test_a_person_who_never_wrote_is_out_of_reach(
    bot: Bot, client: PlaygroundClient, lab: Group
) -> None:
    eve = await client.person("Eve")
    assert (
        await bot.refused("sendMessage", chat_id=eve.id, text="x")
        == "400 Bad Request: chat not found"
    )
    await lab.join(eve)
    refusal = await bot.refused("sendMessage", chat_id=eve.id, text="x")
    assert refusal == "403 Forbidden: bot can't initiate conversation with a user"


async def test_who_blocked_the_bot_or_is_gone_is_out_of_reach(bot: Bot, ada: Person) -> None:
    await ada.act("block")
    refusal = await bot.refused("sendMessage", chat_id=ada.id, text="x")
    assert refusal == "403 Forbidden: bot was blocked by the user"
    await ada.act("unblock")
    await bot.ok("sendMessage", chat_id=ada.id, text="x")
    await ada.act("delete_account")
    refusal = await bot.refused("sendMessage", chat_id=ada.id, text="x")
    assert refusal == "403 Forbidden: user is deactivated"


@pytest.mark.parametrize("kind", ["group", "supergroup", "channel"])
async def test_a_chat_without_the_bot_is_out_of_reach(kind: str, bot: Bot, ada: Person) -> None:
    chat = await ada.group("G", kind)
    await chat.remove_bot()
    refusal = await bot.refused("sendMessage", chat_id=chat.id, text="x")
    assert refusal == f"403 Forbidden: bot was kicked from the {kind} chat"
    empty = await ada.group("H", kind, with_bot=False)
    refusal = await bot.refused("sendMessage", chat_id=empty.id, text="x")
    assert refusal == f"403 Forbidden: bot is not a member of the {kind} chat"


async def test_a_channel_asks_for_the_right_to_post(bot: Bot, ada: Person) -> None:
    channel = await ada.group("C", "channel")
    await bot.ok("sendMessage", chat_id=channel.id, text="x")
    await channel.promote(bot.id, rights={"can_post_messages": False})
    refusal = await bot.refused("sendMessage", chat_id=channel.id, text="x")
    assert refusal == "400 Bad Request: need administrator rights in the channel chat"


async def test_topics_that_are_closed_gone_or_general_are_refused(
    bot: Bot, forum: Group, ada: Person
) -> None:
    topic = await forum.topic("Papers")
    await bot.ok("sendMessage", chat_id=forum.id, text="x", message_thread_id=topic)
    await forum.demote(bot.id)
    await ada.act("close_topic", forum.id, topic=topic)
    where = {"chat_id": forum.id, "text": "x", "message_thread_id": topic}
    assert await bot.refused("sendMessage", **where) == "400 Bad Request: TOPIC_CLOSED"
    await ada.act("delete_topic", forum.id, topic=topic)
    assert await bot.refused("sendMessage", **where) == "400 Bad Request: message thread not found"
    general = where | {"message_thread_id": 1}
    assert (
        await bot.refused("sendMessage", **general) == "400 Bad Request: message thread not found"
    )


async def test_a_group_that_became_a_supergroup_names_it(bot: Bot, ada: Person) -> None:
    group = await ada.group("G")
    supergroup = await group.migrate()
    answer = await bot.call("sendMessage", chat_id=group.id, text="x")
    assert answer["description"] == "Bad Request: group chat was upgraded to a supergroup chat"
    assert answer["parameters"] == {"migrate_to_chat_id": supergroup.id}
    await bot.ok("sendMessage", chat_id=supergroup.id, text="x")


@pytest.mark.parametrize(
    ("token", "status", "description"),
    [
        ("8100000001:AAEwrong", 401, "Unauthorized"),
        ("nonsense", 404, "Not Found"),
        ("", 404, "Not Found"),
    ],
)
async def test_a_wrong_token_opens_nothing(
    token: str, status: int, description: str, bot: Bot, telegram: Playground
) -> None:
    async with bot.session.get(f"{telegram.base_url}{token}/getMe") as response:
        assert response.status == status
        body = await response.json()
        assert body == {"ok": False, "error_code": status, "description": description}


async def test_a_method_that_is_none_is_not_found(bot: Bot) -> None:
    assert await bot.refused("noSuchMethod") == "404 Not Found: method not found"
