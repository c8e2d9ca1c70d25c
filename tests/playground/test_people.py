"""What people do, and what the bot and the page get to know of it."""

import asyncio

import pytest

from playground import Playground
from playground.client import Group, Person, PlaygroundClient, PlaygroundError
from tests.playground.conftest import Bot, Json

KEYBOARD = {
    "inline_keyboard": [
        [
            {"text": "Yes", "callback_data": "y", "style": "success"},
            {"text": "No", "callback_data": "n"},
        ],
        [
            {"text": "arXiv", "url": "https://arxiv.org"},
            {"text": "Copy", "copy_text": {"text": "c"}},
        ],
    ]
}


async def test_a_command_arrives_as_a_command(bot: Bot, ada: Person) -> None:
    await bot.updates()
    await ada.send("/add <b>x</b> 😀 /help")
    (update,) = await bot.updates()
    message = update["message"]
    assert message["text"] == "/add <b>x</b> 😀 /help"
    assert message["entities"] == [
        {"offset": 0, "length": 4, "type": "bot_command"},
        {"offset": 17, "length": 5, "type": "bot_command"},
    ]
    assert message["from"]["language_code"] == "en"
    assert message["chat"] == {
        "id": ada.id,
        "first_name": "Ada",
        "last_name": "Lovelace",
        "username": "ada_l",
        "type": "private",
    }


async def test_a_deep_link_carries_its_payload(bot: Bot, client: PlaygroundClient) -> None:
    person = await client.person("Bob")
    await person.start("paper_2002-10187")
    assert (await bot.updates())[0]["message"]["text"] == "/start paper_2002-10187"
    with pytest.raises(PlaygroundError, match="64"):
        await person.start("not allowed!")


async def test_an_edit_and_a_reply_reach_the_bot(
    bot: Bot, ada: Person, client: PlaygroundClient
) -> None:
    sent = await bot.ok("sendMessage", chat_id=ada.id, text="question")
    await bot.updates()
    question = await client.wait_for(lambda m: m.text == "question")
    reply = await ada.send("anser", reply_to=question)
    await ada.edit(reply, "answer")
    first, second = await bot.updates()
    assert first["message"]["reply_to_message"]["message_id"] == sent["message_id"]
    assert second["edited_message"]["text"] == "answer"
    assert second["edited_message"]["edit_date"]


async def test_a_press_brings_the_bots_answer(
    bot: Bot, ada: Person, client: PlaygroundClient
) -> None:
    sent = await bot.ok("sendMessage", chat_id=ada.id, text="?", reply_markup=KEYBOARD)
    await bot.updates()
    message = await client.wait_for(lambda m: m.labels == ["Yes", "No", "arXiv", "Copy"])
    assert message.buttons[1][0]["url"] == "https://arxiv.org/"

    async def answer() -> Json:
        (update,) = await bot.updates(wait=5)
        query: Json = update["callback_query"]
        values = {"text": "Saved", "show_alert": True}
        await bot.ok("answerCallbackQuery", callback_query_id=query["id"], **values)
        again = await bot.refused("answerCallbackQuery", callback_query_id=query["id"])
        assert "query is too old" in again
        return query

    query, pressed = await asyncio.gather(answer(), ada.press(message, "Yes"))
    assert (pressed.answered, pressed.text, pressed.show_alert) == (True, "Saved", True)
    assert query["data"] == "y"
    assert query["message"]["message_id"] == sent["message_id"]


async def test_a_press_that_nobody_answers_ends_by_itself(
    bot: Bot, ada: Person, client: PlaygroundClient
) -> None:
    await bot.ok("sendMessage", chat_id=ada.id, text="?", reply_markup=KEYBOARD)
    message = await client.wait_for(lambda m: bool(m.labels))
    assert not (await ada.press(message, "n", seconds=0)).answered
    assert (await ada.press(message, "arXiv")).answered
    with pytest.raises(PlaygroundError, match="there are: 'Yes', 'No'"):
        await ada.press(message, "Maybe")


async def test_inline_results_are_shown_chosen_and_edited(
    bot: Bot, ada: Person, lab: Group, client: PlaygroundClient
) -> None:
    await bot.updates()

    async def answer() -> None:
        (update,) = await bot.updates(wait=5)
        query = update["inline_query"]
        assert (query["query"], query["chat_type"]) == ("cats", "supergroup")
        content = {"message_text": "<b>Cats</b>", "parse_mode": "HTML"}
        article = {"type": "article", "id": "7", "title": "Cats", "reply_markup": KEYBOARD}
        results = [article | {"input_message_content": content}]
        await bot.ok("answerInlineQuery", inline_query_id=query["id"], results=results)

    _, found = await asyncio.gather(answer(), ada.inline("cats", lab.id))
    assert found["answer"]["results"][0]["title"] == "Cats"
    sent = await ada.act("choose", lab.id, query_id=found["query_id"], result="7")
    assert sent["via_bot"]["id"] == bot.id
    message, chosen = await bot.updates(allowed_updates=[])
    assert message["message"]["text"] == "Cats"
    inline_id = chosen["chosen_inline_result"]["inline_message_id"]
    assert await bot.ok("editMessageText", inline_message_id=inline_id, text="Dogs") is True
    assert (await client.wait_for(lambda m: m.text == "Dogs", by_bot=False)).chat_id == lab.id


async def test_blocking_and_unblocking_are_told_once_each(bot: Bot, ada: Person) -> None:
    await bot.updates()
    for action in ("block", "block", "unblock"):
        await ada.act(action)
    changes = [update["my_chat_member"] for update in await bot.updates()]
    statuses = [(c["old_chat_member"]["status"], c["new_chat_member"]["status"]) for c in changes]
    assert statuses == [("member", "kicked"), ("kicked", "member")]


async def test_who_starts_again_lifts_the_block(bot: Bot, ada: Person) -> None:
    await ada.act("block")
    with pytest.raises(PlaygroundError, match="has blocked the bot"):
        await ada.send("hello?")
    await bot.updates()
    await ada.start()
    kinds = [next(k for k in u if k != "update_id") for u in await bot.updates()]
    assert kinds == ["my_chat_member", "message"]


async def test_a_forwarded_message_names_where_it_is_from(bot: Bot, ada: Person) -> None:
    channel = await ada.group("News", "channel")
    post = await ada.send("a paper", channel.id)
    await bot.updates()
    await ada.act("forward", None, from_chat=channel.id, message=post.id)
    (update,) = await bot.updates()
    origin = update["message"]["forward_origin"]
    assert (origin["type"], origin["chat"]["id"]) == ("channel", channel.id)
    assert origin["message_id"] == post.id


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"first_name": " "}, "a person needs a first_name"),
        ({"first_name": "A", "username": "no"}, "a username has 4 to 32"),
        ({"first_name": "A", "username": "ADA_L"}, "the username ADA_L is taken"),
    ],
)
async def test_an_account_that_cannot_be_is_refused(
    values: Json, problem: str, client: PlaygroundClient, ada: Person
) -> None:
    assert ada.name == "Ada"
    with pytest.raises(PlaygroundError, match=problem):
        await client.call("person", **values)


async def test_people_act_only_where_they_are(
    client: PlaygroundClient, ada: Person, lab: Group
) -> None:
    eve = await client.person("Eve")
    for chat in (lab.id, ada.id):
        with pytest.raises(PlaygroundError, match="Eve is not in this chat") as raised:
            await eve.send("let me in", chat)
        assert raised.value.code == 403


async def test_the_snapshot_holds_everything(
    client: PlaygroundClient, telegram: Playground, bot: Bot, ada: Person, forum: Group
) -> None:
    sent = await bot.ok("sendMessage", chat_id=ada.id, text="hello")
    await ada.act("react", message=sent["message_id"], emoji=["👍"])
    shown = await client.look("snapshot")
    assert shown["seq"] == telegram.telegram.events.last
    assert [person["first_name"] for person in shown["people"]] == ["Ada"]
    chats = {chat["chat"]["id"]: chat for chat in shown["chats"]}
    assert set(chats) == {ada.id, forum.id}
    last = chats[ada.id]["messages"][-1]
    assert last["message"]["text"] == "hello"
    assert last["reactions"][0]["person"] == ada.id
    assert chats[forum.id]["topics"][0]["name"] == "General"


async def test_older_messages_can_be_paged_through(
    client: PlaygroundClient, bot: Bot, ada: Person
) -> None:
    for number in range(5):
        await bot.ok("sendMessage", chat_id=ada.id, text=str(number))
    newest = await client.look("messages", chat=ada.id, limit=2)
    before = newest[0]["message"]["message_id"]
    older = await client.look("messages", chat=ada.id, limit=2, before=before)
    assert [m["message"]["text"] for m in older + newest] == ["1", "2", "3", "4"]


async def test_the_narrowest_commands_show(
    bot: Bot, client: PlaygroundClient, ada: Person, lab: Group
) -> None:
    def named(name: str) -> list[Json]:
        return [{"command": name, "description": name}]

    bob = await client.person("Bob", language_code="de-DE")
    await lab.join(bob)
    await bot.ok("setMyCommands", commands=named("all"))
    await bot.ok("setMyCommands", commands=named("alle"), language_code="de")
    await bot.ok("setMyCommands", commands=named("groups"), scope={"type": "all_group_chats"})
    scope = {"type": "chat_administrators", "chat_id": lab.id}
    await bot.ok("setMyCommands", commands=named("admins"), scope=scope)
    assert list(await ada.commands()) == ["all"]
    assert list(await bob.commands()) == ["alle"]
    assert list(await bob.commands(lab.id)) == ["groups"]
    assert list(await ada.commands(lab.id)) == ["admins"]
    await bot.ok("deleteMyCommands", scope=scope)
    assert list(await ada.commands(lab.id)) == ["groups"]


async def test_a_reply_keyboard_shows_until_it_is_removed(
    bot: Bot, client: PlaygroundClient, ada: Person
) -> None:
    keyboard = {"keyboard": [[{"text": "Today"}]]}
    sent = await bot.ok("sendMessage", chat_id=ada.id, text="x", reply_markup=keyboard)
    assert "reply_markup" not in sent
    assert (await client.look("snapshot"))["chats"][0]["keyboard"] == keyboard
    remove = {"remove_keyboard": True}
    await bot.ok("sendMessage", chat_id=ada.id, text="x", reply_markup=remove)
    assert (await client.look("snapshot"))["chats"][0]["keyboard"] is None


async def test_only_so_many_messages_are_kept() -> None:
    async with Playground(history=3) as telegram, PlaygroundClient(telegram.url) as client:
        ada = await client.person("Ada")
        sent = [await ada.send(str(number)) for number in range(5)]
        assert [message.text for message in await ada.messages()] == ["2", "3", "4"]
        with pytest.raises(PlaygroundError, match="no message 1 in this chat"):
            await ada.edit(sent[0], "again")
