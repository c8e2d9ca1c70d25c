"""What messages hold: Telegram's formatting, keyboards, files; sent through the Bot API."""

import asyncio
import struct
import zlib
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import FilePayload, expect
from telegram import (
    Bot,
    CopyTextButton,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from tests.page.house import House
from tests.page.visitor import Visitor

pytestmark = pytest.mark.asyncio(loop_scope="session")
LONG = " ".join(["A line of an abstract that goes on and on."] * 12)


def keyboard(*rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(rows)


def png(width: int, height: int) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress((b"\0" + b"\x2f\x7f\xc1" * width) * height)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


async def _answer(bot: Bot) -> None:
    """Answer presses by their data ("alert:words", "toast:words") and inline queries by an echo."""
    offset = 0
    while True:
        for update in await bot.get_updates(offset=offset, timeout=5):
            offset = update.update_id + 1
            if query := update.callback_query:
                kind, _, words = (query.data or "").partition(":")
                await query.answer(words, show_alert=kind == "alert")
            elif asked := update.inline_query:
                content = InputTextMessageContent(f"echo of {asked.query}")
                result = InlineQueryResultArticle("1", f"Echo {asked.query}", content)
                await asked.answer([result])


@pytest_asyncio.fixture(loop_scope="session")
async def answering(bare: House) -> AsyncIterator[None]:
    """Let the bot answer presses and inline queries."""
    task = asyncio.create_task(_answer(bare.bot))
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


@pytest.mark.parametrize(
    ("html", "selector", "text"),
    [
        ("<b>bold</b>", "strong", "bold"),
        ("<i>italic</i>", "em", "italic"),
        ("<u>under</u>", "u", "under"),
        ("<s>struck</s>", "s", "struck"),
        ("<code>x = 1</code>", "code", "x = 1"),
        ("<pre><code class='language-python'>print()</code></pre>", ".pre pre code", "print()"),
        ("<blockquote>said</blockquote>", "blockquote", "said"),
        (
            "<a href='https://arxiv.org/abs/1'>a paper</a>",
            "a[href='https://arxiv.org/abs/1']",
            "a paper",
        ),
        ("arxiv.org/abs/2", "a[href='https://arxiv.org/abs/2']", "arxiv.org/abs/2"),
        ("<b>one <i>both</i></b>", "strong > em", "both"),
        ("𝕏 <b>after a wide letter</b>", "strong", "after a wide letter"),
    ],
)
async def test_an_entity_becomes_its_tag(
    reader: Visitor, bare: House, html: str, selector: str, text: str
) -> None:
    assert reader.person is not None
    await bare.bot.send_message(reader.person, html, parse_mode="HTML")
    await expect(reader.last.locator(f".text {selector}")).to_have_text(text)


async def test_a_long_quote_opens_on_a_tap_and_a_short_one_needs_none(
    reader: Visitor, bare: House
) -> None:
    assert reader.person is not None
    for words in (LONG, "short"):
        quote = f"<blockquote expandable>{words}</blockquote>"
        await bare.bot.send_message(reader.person, quote, parse_mode="HTML")
    await reader.sees("short")
    toggle = reader.button("Show the whole quote")
    await expect(toggle).to_have_count(1)
    body = reader.page.locator(".quote-body")
    closed = await body.evaluate("e => e.clientHeight")
    await toggle.click()
    await expect(reader.button("Show less of the quote")).to_have_attribute("aria-expanded", "true")
    assert await body.evaluate("e => e.clientHeight") > closed * 1.5


async def test_a_spoiler_is_hidden_until_it_is_pressed(reader: Visitor, bare: House) -> None:
    assert reader.person is not None
    await bare.bot.send_message(
        reader.person, "It was <tg-spoiler>Ada</tg-spoiler>", parse_mode="HTML"
    )
    cover = reader.last.get_by_role("button", name="Hidden text")
    hidden = reader.last.locator(".spoiler-text")
    await expect(hidden).to_have_css("opacity", "0")
    await cover.press("Enter")
    await expect(hidden).to_have_css("opacity", "1")
    await expect(cover).to_have_count(0)


@pytest.mark.usefixtures("answering")
async def test_buttons_stand_in_rows_and_answers_are_toasts_and_alerts(
    reader: Visitor, bare: House
) -> None:
    assert reader.person is not None
    rows = keyboard(
        [
            InlineKeyboardButton("Toast", callback_data="toast:a word"),
            InlineKeyboardButton("Alert", callback_data="alert:Mind this"),
        ],
        [InlineKeyboardButton("arXiv", url="https://arxiv.org/")],
    )
    await bare.bot.send_message(reader.person, "Choose", reply_markup=rows)
    await expect(reader.page.locator(".key-row")).to_have_count(2)
    await reader.button("Toast").click()
    await expect(reader.page.get_by_text("a word", exact=True)).to_be_visible()
    await reader.button("Alert").click()
    dialog = reader.page.get_by_role("alertdialog")
    await expect(dialog).to_contain_text("Mind this")
    await dialog.get_by_role("button", name="OK").click()
    await expect(dialog).to_have_count(0)
    link = reader.page.get_by_role("link", name="arXiv")
    await expect(link).to_have_attribute("href", "https://arxiv.org/")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")


async def test_a_copy_button_copies(reader: Visitor, bare: House) -> None:
    assert reader.person is not None
    copy = InlineKeyboardButton("BibTeX", copy_text=CopyTextButton("@article{x}"))
    await bare.bot.send_message(reader.person, "Cite", reply_markup=keyboard([copy]))
    await reader.button("BibTeX").click()
    await expect(reader.page.get_by_text("Copied.")).to_be_visible()
    assert await reader.page.evaluate("navigator.clipboard.readText()") == "@article{x}"


async def test_a_document_is_downloaded_under_its_name(reader: Visitor, bare: House) -> None:
    assert reader.person is not None
    await bare.bot.send_document(
        reader.person, b"@article{x}\n", filename="papers.bib", caption="Here"
    )
    link = (await reader.sees("papers.bib")).get_by_role("link")
    async with reader.page.expect_download() as downloading:
        await link.click()
    download = await downloading.value
    assert download.suggested_filename == "papers.bib"
    assert (await download.path()).read_bytes() == b"@article{x}\n"


async def test_a_picture_shows_and_opens_large(reader: Visitor, bare: House) -> None:
    assert reader.person is not None
    await bare.bot.send_photo(reader.person, png(640, 360), caption="Figure 1")
    image = reader.last.get_by_role("img", name="Picture: Figure 1")
    await expect(image).to_be_visible()
    assert await image.evaluate("i => i.decode().then(() => i.naturalWidth)") == 640
    await image.click()
    dialog = reader.page.get_by_role("dialog", name="Picture: Figure 1")
    await expect(dialog).to_be_visible()
    await reader.page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_a_person_sends_a_file_and_a_picture(reader: Visitor) -> None:
    chooser = reader.page.get_by_label("File to send")
    files: list[FilePayload] = [
        {"name": "a.txt", "mimeType": "text/plain", "buffer": b"words"},
        {"name": "b.png", "mimeType": "image/png", "buffer": png(20, 20)},
    ]
    await chooser.set_input_files(files)
    await reader.sees("a.txt")
    await expect(reader.last.get_by_role("img", name="Picture")).to_be_visible()


async def test_a_reply_keyboard_sends_its_words_and_goes(reader: Visitor, bare: House) -> None:
    assert reader.person is not None
    shown = ReplyKeyboardMarkup([["Yes", "No"]], input_field_placeholder="Yes or no?")
    await bare.bot.send_message(reader.person, "Sure?", reply_markup=shown)
    keys = reader.page.get_by_role("group", name="Keyboard of the bot")
    await expect(reader.page.get_by_placeholder("Yes or no?")).to_be_visible()
    await keys.get_by_role("button", name="Yes").click()
    await expect(reader.last).to_contain_text("Yes")
    await bare.bot.send_message(reader.person, "Thanks", reply_markup=ReplyKeyboardRemove())
    await expect(keys).to_be_hidden()


async def test_a_forced_reply_quotes_by_itself(reader: Visitor, bare: House) -> None:
    assert reader.person is not None
    await bare.bot.send_message(reader.person, "Which paper?", reply_markup=ForceReply())
    await expect(reader.page.locator(".context")).to_contain_text("Which paper?")
    await reader.write("2002.10111")
    await expect((await reader.sees("2002.10111")).locator(".reply-quote")).to_contain_text("Which")


@pytest.mark.usefixtures("answering")
async def test_inline_mode_lists_results_and_sends_the_chosen_one(
    reader: Visitor, bare: House
) -> None:
    assert reader.person is not None
    ask = InlineKeyboardButton("Search", switch_inline_query_current_chat="lidar")
    await bare.bot.send_message(reader.person, "Look for papers", reply_markup=keyboard([ask]))
    await reader.button("Search").click()
    await expect(reader.field).to_have_value("@scribe_bot lidar")
    await expect(reader.page.get_by_role("option", name="Echo lidar")).to_be_visible()
    await reader.field.press("Enter")
    bubble = await reader.sees("echo of lidar")
    await expect(bubble).to_contain_text("via @scribe_bot")
    await expect(reader.field).to_have_value("")


async def test_a_message_that_changes_keeps_the_focus_on_its_button(
    reader: Visitor, bare: House
) -> None:
    assert reader.person is not None
    rows: Any = keyboard([InlineKeyboardButton("Next", callback_data="n")])
    sent = await bare.bot.send_message(reader.person, "page 1", reply_markup=rows)
    await reader.button("Next").focus()
    await sent.edit_text("page 2", reply_markup=rows)
    await reader.sees("page 2")
    await expect(reader.button("Next")).to_be_focused()
