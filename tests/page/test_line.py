"""The line to the server breaks and is mended: nothing is lost, nothing comes twice."""

import pytest
from playwright.async_api import Route, expect

from playground import Playground
from playground.client import PlaygroundClient
from tests.page.house import House
from tests.page.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")
LOST = "Connection lost. Reconnecting …"


async def test_a_cut_line_is_mended_without_losing_a_message(reader: Visitor, bare: House) -> None:
    assert reader.person is not None
    for number in range(12):
        if number % 4 == 1:
            await bare.telegram.cut_connections()
        await bare.bot.send_message(reader.person, f"message {number}.")
    for number in range(12):
        await expect(reader.bubbles.filter(has_text=f"message {number}.")).to_have_count(1)
    shown = await reader.bubbles.filter(has_text="message").locator(".text").all_inner_texts()
    numbers = [int(text.split()[1].rstrip(".")) for text in shown]
    assert numbers == list(range(12))


async def test_what_is_written_while_offline_waits_and_arrives_once(
    reader: Visitor, bare: House
) -> None:
    await reader.page.context.set_offline(True)
    await expect(reader.page.get_by_text(LOST)).to_be_visible()
    await reader.write("written in a tunnel")
    await reader.write("and one more")
    await expect(reader.bubbles.filter(has_text="written in a tunnel")).to_have_count(1)
    assert await _texts(bare, reader) == ["/start"]
    await reader.page.context.set_offline(False)
    await expect(reader.page.get_by_text(LOST)).to_be_hidden()
    await reader.sent("and one more")
    assert await _texts(bare, reader) == ["/start", "written in a tunnel", "and one more"]
    await expect(reader.bubbles).to_have_count(3)


async def _texts(bare: House, reader: Visitor) -> list[str]:
    found = await bare.client.look("messages", chat=reader.person)
    return [item["message"]["text"] for item in found]


async def test_a_message_whose_answer_was_lost_is_not_sent_twice(
    reader: Visitor, bare: House
) -> None:
    """The request is carried out, but its answer never comes."""

    async def lose(route: Route) -> None:
        await route.fetch()
        await bare.telegram.cut_connections()
        await route.abort()

    await reader.page.route("**/api/send", lose, times=1)
    await reader.write("once and only once")
    await reader.write("the next")
    await reader.sent("the next")
    assert await _texts(bare, reader) == ["/start", "once and only once", "the next"]


async def test_reload_keeps_the_place_the_messages_and_the_draft_in_the_outbox(
    reader: Visitor,
) -> None:
    await reader.new("New group", Name_of_the_group="Lab", With_topics=True)
    await reader.write("before the reload")
    await reader.sees("before the reload")
    await reader.page.reload()
    await reader.sees("before the reload")
    await expect(reader.page.locator(".head-title")).to_have_text("General")
    await expect(reader.page.locator(".chat[aria-current]")).to_contain_text("Lab")


async def test_a_server_that_began_anew_is_noticed(reader: Visitor, bare: House) -> None:
    """Another run on the same port counts its events from one: the page must not trust them."""
    await reader.write("to the old server")
    await reader.sees("to the old server")
    await bare.telegram.stop()
    other = Playground(bare.telegram.port, name="Newcomer", username="newcomer_bot")
    async with other, PlaygroundClient(other.url) as client:
        await client.person("Zoe")
        await expect(reader.page.locator(".who-name")).to_have_text("Zoe")
        await expect(reader.page.locator(".head-title")).to_have_text("Newcomer")
        await expect(reader.bubbles).to_have_count(0)


async def test_older_messages_come_when_one_scrolls_up(reader: Visitor, bare: House) -> None:
    ada = reader.person
    assert ada is not None
    for number in range(130):
        await bare.client.call("send", person=ada, text=f"note {number:03}")
    await reader.page.reload()
    await reader.sees("note 129")
    assert await reader.bubbles.count() < 131
    await reader.page.locator(".scroller").hover()
    for _ in range(60):
        await reader.page.mouse.wheel(0, -1500)
        await reader.page.wait_for_timeout(30)
        if await reader.bubbles.filter(has_text="/start").count():
            break
    await expect(reader.bubbles).to_have_count(131)
    await reader.button("To the newest message").click()
    await expect(reader.bubble("note 129")).to_be_in_viewport()
