"""From a digest to a delivered alert, through faults, blocks and restarts."""

import asyncio
from collections.abc import Sequence

from bot.app import running
from bot.files import read_digest
from bot.ingest import ingest
from papers import markdown
from playground import Playground
from playground.client import Message, Person, PlaygroundClient
from storage.store import Alert, AlertState, Store
from tests.bot.conftest import House, application, clock
from tests.data import DIGEST


async def alerted(house: House, ada: Person, keywords: str) -> Message:
    await house.ask(ada, f"/add {keywords}")
    await house.ingest()
    return await house.answer(ada.id)


async def confirmed(house: House) -> Sequence[Alert]:
    """The alerts marked sent, which is a moment after the last of them has arrived."""
    async with asyncio.timeout(5):
        while await house.store.alerts.listed(AlertState.PENDING):
            await asyncio.sleep(0.02)
    return await house.store.alerts.listed(AlertState.SENT)


async def test_one_message_tells_where_things_stand_what_matched_and_why(
    house: House, ada: Person
) -> None:
    alert = await alerted(house, ada, '"object detection"')
    assert alert.text.startswith("cs.CV · Tue 25 Feb 2020 · 70 papers · 2 yours\n\n1. SMOKE:")
    assert alert.entities("text_link") == [
        "cs.CV",
        "SMOKE: Single-Stage Monocular 3D Object Detection via Keypoint Estimation",
        "Image to Language Understanding: Captioning approach",
    ]
    assert alert.entities("italic") == ['"object detection"'] * 2
    assert {"Object Detection", "object detection"} <= set(alert.entities("bold"))
    assert not alert.entities("url")  # cs.CV would lead to Cape Verde
    assert len(alert.entities("expandable_blockquote")) == 2
    (stored,) = await confirmed(house)
    assert (stored.state, stored.message) == (AlertState.SENT, alert.id)


async def test_a_digest_that_comes_again_is_not_delivered_again(house: House, ada: Person) -> None:
    await alerted(house, ada, "lidar")
    report = await house.ingest()
    assert (report.new, report.alerts) == (0, 0)
    assert "Added" in (await house.ask(ada, "/add gan")).text
    await house.ingest()
    assert len(await house.store.alerts.listed()) == 1


async def test_many_matches_are_one_message_with_pages_that_hold_every_paper(
    house: House, ada: Person
) -> None:
    alert = await alerted(house, ada, "learning, network, image")
    yours = int(alert.text.split("\n")[0].split(" · ")[-1].split()[0])
    assert yours > 20
    titles, page = set(alert.entities("text_link")[1:]), alert
    for _ in range(1, -(-yours // 5)):
        await ada.press(page, page.labels[2])
        page = await house.answer(ada.id)
        titles |= set(page.entities("text_link")[1:])
    assert len(titles) == yours
    assert len(await house.store.alerts.listed()) == 1


async def test_an_alert_of_another_chat_cannot_be_turned(house: House, ada: Person) -> None:
    alert = await alerted(house, ada, "learning")
    (stored,) = await house.store.alerts.listed()
    grace = await house.client.person("Grace")
    await house.ask(grace, "/start")
    query = {
        "id": "5",
        "from": {"id": grace.id, "is_bot": False, "first_name": "Grace"},
        "chat_instance": "1",
        "data": f"alert:{stored.number}:2",
        "message": {
            "message_id": 2,
            "date": 1582617600,
            "chat": {"id": grace.id, "type": "private", "first_name": "Grace"},
        },
    }
    await house.client.call("update", update={"callback_query": query})
    await house.ask(grace, "/list")
    shown = [message.text for message in await grace.messages()]
    assert not any(alert.text.split("\n")[2] in text for text in shown)


async def test_telegram_in_trouble_delays_an_alert_and_loses_nothing(
    house: House, ada: Person
) -> None:
    await house.ask(ada, "/add lidar")
    await house.client.fault("error", "sendMessage", count=1, code=500, description="Internal")
    await house.ingest()
    alert = await house.client.wait_for(lambda m: "yours" in m.text, chat=ada.id, timeout=15)
    assert "· 70 papers ·" in alert.text


async def test_a_chat_that_blocks_goes_quiet_and_comes_back(house: House, ada: Person) -> None:
    await house.ask(ada, "/add lidar")
    await ada.act("block")
    await house.client.wait_for_event("person", lambda event: bool(event["person"]["blocked"]))
    await ada.act("unblock")
    await house.ask(ada, "/list")
    await house.ingest()
    assert "yours" in (await house.answer(ada.id)).text


async def test_what_was_written_before_a_restart_is_delivered_after_it(
    telegram: Playground, store: Store
) -> None:
    async with PlaygroundClient(telegram.url) as client:
        ada = await client.person("Ada")
        async with running(application(store, telegram)):
            await ada.send("/add lidar")
            await client.wait_for(chat=ada.id)
        await ada.send("/list")  # said while nobody listened
        await ingest(store, read_digest(DIGEST), clock)
        async with running(application(store, telegram)):
            texts = {(await client.wait_for(chat=ada.id)).text for _ in range(2)}
        assert any(text.startswith("Your keywords:") for text in texts)
        assert any("yours" in text for text in texts)
        async with running(application(store, telegram)):
            await ada.send("/help")
            assert "Commands" in (await client.wait_for(chat=ada.id)).text


async def test_hostile_titles_and_abstracts_arrive_as_they_are(house: House, ada: Person) -> None:
    hostile = "<b>bold</b> a<b & c>d &amp; </a><script>alert(1)</script>"
    text = (
        "# ArXiv cs.CV --Wed, 26 Feb 2020\n"
        f"### 1.lidar {hostile}  [ :arrow_down: ](https://arxiv.org/pdf/2002.99999.pdf)\n"
        f">  {hostile} lidar \n"
    )
    await house.ask(ada, "/add lidar")
    await ingest(house.store, markdown.parse(text.encode()), clock)
    alert = await house.answer(ada.id)
    assert "a<b & c>d & " in alert.text
    assert "<script>alert(1)</script>" in alert.entities("text_link")[1]
