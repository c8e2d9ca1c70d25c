"""Groups, channels and forums: who sees what, who may what, and how the bot hears of it."""

import pytest
from aiohttp import ClientSession

from playground import Playground
from playground.client import Group, Person, PlaygroundClient
from tests.playground.conftest import Bot, Json


def kinds(updates: list[Json]) -> list[str]:
    """Name the kinds of updates, service messages by what they say."""
    service = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id")
    names = []
    for update in updates:
        kind = next(name for name in update if name != "update_id")
        said = [name for name in service if name in update[kind]]
        names.append(said[0] if said else kind)
    return names


async def test_the_bot_is_told_when_it_comes_and_goes(bot: Bot, ada: Person) -> None:
    await bot.updates()
    group = await ada.group("Lab")
    await group.remove_bot()
    updates = await bot.updates()
    assert kinds(updates) == ["my_chat_member", "new_chat_members", "my_chat_member"]
    new = updates[0]["my_chat_member"]
    assert new["old_chat_member"]["status"] == "left"
    assert new["new_chat_member"]["status"] == "member"
    assert updates[2]["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    assert group.id < 0
    assert not str(group.id).startswith("-100")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("hello", False),
        ("/help", True),
        ("/help@playground_bot", True),
        ("/help@other_bot", False),
        ("hey @Playground_bot", True),
        ("see /help", False),
    ],
)
async def test_privacy_mode_hides_what_is_not_for_the_bot(
    text: str, seen: bool, bot: Bot, ada: Person, lab: Group
) -> None:
    await bot.updates()
    await ada.send(text, lab.id)
    assert bool(await bot.updates()) is seen
    await lab.promote(bot.id)
    await bot.updates()
    await ada.send(text, lab.id)
    assert len(await bot.updates()) == 1


async def test_a_reply_to_the_bot_is_seen(
    bot: Bot, ada: Person, lab: Group, client: PlaygroundClient
) -> None:
    await bot.ok("sendMessage", chat_id=lab.id, text="?")
    await bot.updates()
    question = await client.wait_for(chat=lab.id)
    await ada.send("yes", lab.id, reply_to=question)
    assert len(await bot.updates()) == 1


async def test_without_privacy_mode_everything_is_seen() -> None:
    async with (
        Playground(reads_all_groups=True) as telegram,
        PlaygroundClient(telegram.url) as client,
    ):
        ada = await client.person("Ada")
        lab = await ada.group("Lab")
        before = len(telegram.telegram.updates)
        await ada.send("hello", lab.id)
        assert len(telegram.telegram.updates) == before + 1


async def test_ranks_are_told_and_kept(bot: Bot, ada: Person, lab: Group) -> None:
    await bot.updates()
    await lab.promote(bot.id, rights={"can_pin_messages": False})
    await lab.demote(bot.id)
    changes = [u["my_chat_member"]["new_chat_member"] for u in await bot.updates()]
    assert [change["status"] for change in changes] == ["administrator", "member"]
    assert changes[0]["can_pin_messages"] is False
    members = await bot.ok("getChatAdministrators", chat_id=lab.id)
    assert [m["user"]["id"] for m in members] == [ada.id]
    member = await bot.ok("getChatMember", chat_id=lab.id, user_id=bot.id)
    assert member["status"] == "member"
    assert await bot.ok("getChatMemberCount", chat_id=lab.id) == 2


async def test_a_plain_member_may_not_pin_or_delete(bot: Bot, ada: Person, lab: Group) -> None:
    sent = await ada.send("/x", lab.id)
    where = {"chat_id": lab.id, "message_id": sent.id}
    refusal = await bot.refused("pinChatMessage", **where)
    assert refusal == "400 Bad Request: not enough rights to manage pinned messages in the chat"
    refusal = await bot.refused("deleteMessage", **where)
    assert refusal == "400 Bad Request: message can't be deleted for everyone"
    await lab.promote(bot.id)
    await bot.ok("pinChatMessage", **where)
    assert (await bot.ok("getChat", chat_id=lab.id))["pinned_message"]["message_id"] == sent.id
    await bot.ok("deleteMessage", **where)


async def test_what_is_older_than_two_days_stays() -> None:
    now = [1_000_000.0]
    async with (
        Playground(clock=lambda: now[0]) as telegram,
        PlaygroundClient(telegram.url) as client,
    ):
        ada = await client.person("Ada")
        sent = await ada.start()
        now[0] += 48 * 3600 + 1
        async with ClientSession() as session:
            bot = Bot(session, telegram)
            where = {"chat_id": ada.id, "message_id": sent.id}
            assert "can't be deleted" in await bot.refused("deleteMessage", **where)


async def test_an_anonymous_administrator_speaks_as_the_group(
    bot: Bot, ada: Person, lab: Group
) -> None:
    await lab.promote(ada.id, anonymous=True)
    await bot.updates()
    await ada.send("/add x", lab.id)
    message = (await bot.updates())[0]["message"]
    assert message["from"]["id"] == 1087968824
    assert message["sender_chat"]["id"] == lab.id


async def test_a_channel_posts_without_a_sender(bot: Bot, ada: Person) -> None:
    channel = await ada.group("News", "channel", username="daily_news")
    await bot.updates()
    post = await ada.send("/start news", channel.id)
    await ada.edit(post, "news")
    first, second = await bot.updates()
    assert first["channel_post"]["sender_chat"]["id"] == channel.id
    assert "from" not in first["channel_post"]
    assert second["edited_channel_post"]["text"] == "news"
    sent = await bot.ok("sendMessage", chat_id="@Daily_News", text="hi")
    assert sent["chat"]["id"] == channel.id
    assert str(channel.id).startswith("-100")


async def test_reactions_in_a_channel_are_only_counted(bot: Bot, ada: Person) -> None:
    channel = await ada.group("News", "channel")
    post = await ada.send("news", channel.id)
    await bot.updates(allowed_updates=["message_reaction_count"])
    await ada.act("react", channel.id, message=post.id, emoji=["🔥"])
    (count,) = [u["message_reaction_count"] for u in await bot.updates()]
    assert count["reactions"] == [{"type": {"type": "emoji", "emoji": "🔥"}, "total_count": 1}]


async def test_a_topic_keeps_its_messages_together(
    bot: Bot, ada: Person, forum: Group, client: PlaygroundClient
) -> None:
    topic = await forum.topic("Papers")
    await bot.updates()
    await ada.send("/x", forum.id, topic=topic)
    message = (await bot.updates())[0]["message"]
    assert (message["message_thread_id"], message["is_topic_message"]) == (topic, True)
    assert "forum_topic_created" in message["reply_to_message"]
    sent = await bot.ok("sendMessage", chat_id=forum.id, text="y", message_thread_id=topic)
    assert sent["message_thread_id"] == topic
    general = await bot.ok("sendMessage", chat_id=forum.id, text="z")
    assert "message_thread_id" not in general
    found = await client.look("messages", chat=forum.id, topic=topic)
    assert [m["message"].get("text") for m in found] == [None, "/x", "y"]


async def test_a_migration_is_told_from_both_sides(bot: Bot, ada: Person) -> None:
    group = await ada.group("Lab")
    await bot.updates()
    supergroup = await group.migrate()
    first, second = await bot.updates()
    assert first["message"]["chat"]["id"] == group.id
    assert first["message"]["migrate_to_chat_id"] == supergroup.id
    assert second["message"]["chat"]["id"] == supergroup.id
    assert second["message"]["migrate_from_chat_id"] == group.id
    assert (await bot.ok("getChat", chat_id=supergroup.id))["type"] == "supergroup"


async def test_message_ids_count_up_by_account_and_by_supergroup(
    bot: Bot, ada: Person, lab: Group
) -> None:
    group = await ada.group("Plain")
    ids = [
        (await bot.ok("sendMessage", chat_id=chat, text="x"))["message_id"]
        for chat in (ada.id, group.id, ada.id)
    ]
    assert ids == [ids[0], ids[0] + 1, ids[0] + 2]
    own = [(await bot.ok("sendMessage", chat_id=lab.id, text="x"))["message_id"] for _ in "ab"]
    assert own == [3, 4]  # after the group's making and the bot's coming


async def test_a_bot_that_leaves_is_out(bot: Bot, lab: Group) -> None:
    await bot.ok("leaveChat", chat_id=lab.id)
    refusal = await bot.refused("sendMessage", chat_id=lab.id, text="x")
    assert refusal == "403 Forbidden: bot is not a member of the supergroup chat"
    assert await bot.refused("getChat", chat_id=lab.id) == refusal
