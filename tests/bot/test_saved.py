"""Saving a paper: one press puts it on the chat's shelf, another takes it off; BibTeX takes all."""

import pytest
from aiohttp import ClientSession

from papers.bibtex import bibtex
from papers.paper import Paper
from playground.client import Person
from tests.bot.conftest import House, clock


async def test_a_paper_is_saved_by_a_press_and_let_go_by_another(house: House, ada: Person) -> None:
    await house.ingest()
    assert "Nothing is saved yet" in (await house.ask(ada, "/saved")).text
    sheet = await house.ask(ada, "2002.10187")
    assert sheet.labels == ["☆ Save"]
    assert (await ada.press(sheet, "☆ Save")).text == "Saved: /saved"
    sheet = await house.answer(ada.id)
    assert sheet.labels == ["★ Saved"]
    shelf = await house.ask(ada, "/saved")
    assert shelf.text.startswith("1 saved paper\n\n1. 3DSSD: Point-based")
    assert (await ada.press(sheet, "★ Saved")).text == "Not saved any more."
    assert (await house.answer(ada.id)).labels == ["☆ Save"]
    assert "Nothing is saved yet" in (await house.ask(ada, "/saved")).text


async def test_many_saved_papers_are_paged_and_exported_whole(house: House, ada: Person) -> None:
    await house.ingest()
    await house.ask(ada, "/start")
    papers = (await house.store.digests.papers((await house.store.digests.newest())[0].day))[:12]
    for paper in papers:
        await house.store.shelf.put(ada.id, paper.id, clock())
    shelf = await house.ask(ada, "/saved")
    assert shelf.labels == ["‹ 2", "1 of 2", "2 ›", "Export as BibTeX"]
    await ada.press(shelf, "2 ›")
    assert "\n\n11. " in (await house.answer(ada.id)).text
    await ada.press(shelf, "Export as BibTeX")
    event = await house.client.wait_for_event("message", lambda e: "document" in e["message"])
    document = event["message"]["document"]
    address = f"{house.telegram.url}/api/file/{document['file_id']}"
    async with ClientSession() as session, session.get(address) as answer:
        exported = await answer.text()
    assert document["file_name"] == "saved.bib"
    assert exported.count("@misc{") == 12


async def test_each_chat_has_a_shelf_of_its_own(house: House, ada: Person) -> None:
    await house.ingest()
    await house.ask(ada, "/start")
    await house.store.shelf.put(ada.id, "2002.10187", clock())
    grace = await house.client.person("Grace")
    assert "Nothing is saved yet" in (await house.ask(grace, "/saved")).text
    assert not await house.store.shelf.put(ada.id, "2002.99999", clock())


@pytest.mark.parametrize(
    ("paper", "parts"),
    [
        (
            Paper("2002.10187", r"50\% of {$C$} & more", "", ("Ada A.", "B_c D"), ("cs.CV",)),
            [
                r"title = {50\% of C \& more}",
                r"author = {Ada A. and B\_c D}",
                "year = {2020}",
                "primaryClass = {cs.CV}",
                "url = {https://arxiv.org/abs/2002.10187}",
            ],
        ),
        (Paper("quant-ph/9802028", "Old"), ["@misc{quant-ph/9802028,", "year = {1998}"]),
        (Paper("doi:10.1101/2", "Elsewhere", doi="10.1101/2"), ["doi = {10.1101/2}"]),
    ],
)
def test_bibtex_has_arxivs_fields_with_special_characters_escaped(
    paper: Paper, parts: list[str]
) -> None:
    entry = bibtex([paper])
    for part in parts:
        assert part in entry
