"""Hostile words stay words: nothing that a message, a name or a file holds can run."""

import pytest
from playwright.async_api import expect

from tests.page.house import House
from tests.page.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")

BARE = """e => {
    for (const extra of e.querySelectorAll('.meta, .pre-head')) extra.remove();
    return e.textContent;
}"""
HOSTILE = [
    "<script>window.ran = 1</script>",
    "<img src=x onerror='window.ran = 1'>",
    "<svg/onload=window.ran=1>",
    "</div></article><iframe srcdoc='<script>top.ran=1</script>'>",
    "javascript:window.ran=1",
    "&lt;b&gt;&#60;script&#62;window.ran=1",
    "{{constructor.constructor('window.ran=1')()}}",
    "${window.ran=1}",
    "' onmouseover='window.ran=1' x='",
    "abc\u2067def\u2069 <b>",
]


@pytest.mark.parametrize("text", HOSTILE)
async def test_markup_in_a_message_stays_text(reader: Visitor, bare: House, text: str) -> None:
    assert reader.person is not None
    await bare.bot.send_message(reader.person, text)
    shown = reader.last.locator(".text")
    await expect(shown).to_contain_text(text)
    made = await shown.evaluate("e => [...e.querySelectorAll('*')].map(c => c.localName)")
    assert set(made) <= {"span", "time", "a"}
    assert await reader.page.evaluate("window.ran") is None


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=window.ran=1>", "<script>window.ran=1</script>"]
)
async def test_markup_in_names_stays_text(reader: Visitor, bare: House, name: str) -> None:
    eve = await bare.client.person(name)
    ada = next(
        p for p in (await bare.client.look("snapshot"))["people"] if p["first_name"] == "Ada"
    )
    group = await eve.group(name, "supergroup", forum=True)
    await group.topic(name)
    await eve.act("add_member", group.id, user=ada["id"])
    await eve.send(name, group.id)
    await bare.bot.set_my_commands([("do", name)])
    await reader.open(name)
    await expect((await reader.sees(name)).locator(".author")).to_have_text(name)
    await reader.field.press_sequentially("/")
    await expect(reader.page.get_by_role("option")).to_contain_text(name)
    await reader.field.press("Escape")
    await reader.chat_menu("Members")
    await expect(reader.page.get_by_role("dialog")).to_contain_text(name)
    assert await reader.page.evaluate("window.ran") is None
    assert await reader.page.locator("#app script, #app iframe, #app img[src='x']").count() == 0


async def test_links_lead_only_where_links_may_lead(reader: Visitor, bare: House) -> None:
    """The server refuses most of these; a page must not need to trust it."""
    assert reader.person is not None
    addresses = ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "blob:x", "file:///etc"]
    message = {
        "text": "x" * 10,
        "entities": [
            {"type": "text_link", "offset": n, "length": 1, "url": url}
            for n, url in enumerate([*addresses, "https://arxiv.org/"])
        ],
        "reply_markup": {"inline_keyboard": [[{"text": "go", "url": "javascript:alert(1)"}]]},
    }
    stored = await bare.client.call("send", person=reader.person, text="placeholder")
    world = bare.telegram.telegram.world
    chat = world.chats[reader.person]
    found = world.message(chat, stored["message_id"])
    assert found is not None
    found.data.update(message)
    await reader.page.reload()
    links = reader.last.locator("a")
    await expect(links).to_have_count(1)
    await expect(links).to_have_attribute("href", "https://arxiv.org/")
    assert await reader.page.locator(".keys a").count() == 0


async def test_overlapping_and_wild_entities_lose_no_text(reader: Visitor, bare: House) -> None:
    assert reader.person is not None
    stored = await bare.client.call("send", person=reader.person, text="abcdefghij")
    world = bare.telegram.telegram.world
    found = world.message(world.chats[reader.person], stored["message_id"])
    assert found is not None
    wild = [(0, 5), (3, 5), (2, 100), (9, 9), (50, 2), (4, 0), (-3, 2)]
    found.data["entities"] = [
        {"type": kind, "offset": offset, "length": length}
        for (offset, length), kind in zip(wild, ["bold", "italic", "code", "pre"] * 2, strict=False)
    ]
    await reader.page.reload()
    text = await reader.last.locator(".text").evaluate(BARE)
    assert text == "abcdefghij"


@pytest.mark.parametrize(
    "inject",
    [
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        " document.body.append(s)",
        "const s = document.createElement('script'); s.src = 'data:text/javascript,window.ran=1';"
        " document.body.append(s)",
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')",
        "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\" id=styled></p>')",
        "window.open; setTimeout('window.ran = 1')",
    ],
)
async def test_the_policy_stops_what_would_be_injected(
    reader: Visitor, bare: House, inject: str
) -> None:
    """A tab of its own, since breaches are what is wanted here."""
    context = reader.page.context
    page = await context.new_page()
    await page.goto(bare.telegram.url)
    breaches: list[str] = []
    page.on("console", lambda said: breaches.append(said.text))
    await page.evaluate(f"() => {{ {inject} }}")
    await page.wait_for_timeout(150)
    assert await page.evaluate("window.ran") is None
    assert any("Content Security Policy" in text for text in breaches)
    await page.close()


async def test_the_page_loads_nothing_from_elsewhere(reader: Visitor, bare: House) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    await reader.page.reload()
    await reader.sees("/start")
    assert asked
    assert {url.split("/")[2] for url in asked if "://" in url} == {
        f"127.0.0.1:{bare.telegram.port}"
    }
