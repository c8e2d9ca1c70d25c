"""Real client libraries, as their users write bots, against the playground."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from aiogram import Bot as AiogramBot
from aiogram import Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile
from aiogram.types import Message as AiogramMessage
from telebot import asyncio_helper
from telebot.async_telebot import AsyncTeleBot
from telegram import Bot as PtbBot
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    MessageHandler,
    filters,
)

from playground import Limits, Playground
from playground.client import Group, Person, PlaygroundClient

Context = ContextTypes.DEFAULT_TYPE


@asynccontextmanager
async def running(telegram: Playground) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    """Run a bot of python-telegram-bot that echoes text and counts presses."""
    builder = Application.builder().token(telegram.token)
    app = builder.base_url(telegram.base_url).base_file_url(telegram.base_file_url).build()

    async def start(update: Update, _: Context) -> None:
        assert update.message
        button = InlineKeyboardButton("Count", callback_data="1")
        await update.message.reply_html("<b>0</b>", reply_markup=InlineKeyboardMarkup([[button]]))

    async def count(update: Update, _: Context) -> None:
        assert update.callback_query
        await update.callback_query.answer("counted")
        await update.callback_query.edit_message_text("1")

    async def echo(update: Update, _: Context) -> None:
        assert update.message
        await update.message.reply_text(update.message.text or "", do_quote=True)

    app.add_handler(CommandHandler("start", start))
    app.add_handler(CallbackQueryHandler(count))
    app.add_handler(MessageHandler(filters.TEXT, echo))
    await app.initialize()
    assert app.updater
    await app.updater.start_polling(poll_interval=0)
    await app.start()
    yield app
    await app.updater.stop()
    await app.stop()
    await app.shutdown()


async def test_an_application_talks_counts_and_echoes(
    telegram: Playground, client: PlaygroundClient
) -> None:
    async with running(telegram):
        ada = await client.person("Ada")
        await ada.start()
        message = await client.wait_for(lambda m: m.text == "0")
        assert message.entities("bold") == ["0"]
        assert (await ada.press(message, "Count")).text == "counted"
        assert (await client.wait_for(lambda m: m.text == "1")).is_edit
        sent = await ada.send("echo 😀")
        echo = await client.wait_for(lambda m: m.text == "echo 😀")
        assert echo.data["reply_to_message"]["message_id"] == sent.id


@pytest.fixture
async def ptb(telegram: Playground) -> AsyncIterator[PtbBot]:
    files = telegram.base_file_url
    async with PtbBot(telegram.token, base_url=telegram.base_url, base_file_url=files) as bot:
        yield bot


async def test_the_library_reads_answers_and_files(ptb: PtbBot, ada: Person) -> None:
    sent = await ptb.send_document(ada.id, b"content", filename="list.txt", caption="c")
    assert sent.document
    file = await sent.document.get_file()
    assert bytes(await file.download_as_bytearray()) == b"content"
    chat = await ptb.get_chat(ada.id)
    assert (chat.first_name, chat.username) == ("Ada", "ada_l")
    text = await ptb.send_message(ada.id, "<a href='arxiv.org'>x</a>", parse_mode=ParseMode.HTML)
    assert text.entities[0].url == "http://arxiv.org/"


async def test_errors_are_the_librarys_own(
    ptb: PtbBot,
    telegram: Playground,
    ada: Person,
    client: PlaygroundClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")  # without it, reading retry_after warns
    with pytest.raises(BadRequest, match="Can't parse entities"):
        await ptb.send_message(ada.id, "a<b", parse_mode=ParseMode.HTML)
    group = await ada.group("Lab")
    supergroup = await group.migrate()
    with pytest.raises(ChatMigrated) as migrated:
        await ptb.send_message(group.id, "x")
    assert migrated.value.new_chat_id == supergroup.id
    telegram.telegram.set_limits(Limits(per_chat_per_second=1, burst=1))
    await ptb.send_message(ada.id, "x")
    with pytest.raises(RetryAfter):
        await ptb.send_message(ada.id, "x")
    telegram.telegram.set_limits(None)
    await client.fault("error", "getUpdates", count=1, code=409, description="Conflict: x")
    with pytest.raises(Conflict):
        await ptb.get_updates()
    await ada.act("block")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await ptb.send_message(ada.id, "x")
    stranger = PtbBot("8100000001:wrong", base_url=telegram.base_url)
    with pytest.raises(InvalidToken):
        await stranger.initialize()
    await stranger.shutdown()


async def test_an_aiogram_echo_bot_runs(
    telegram: Playground, ada: Person, lab: Group, client: PlaygroundClient
) -> None:
    server = TelegramAPIServer.from_base(telegram.url)
    bot = AiogramBot(telegram.token, session=AiohttpSession(api=server))
    dispatcher = Dispatcher()

    @dispatcher.message()
    async def echo(message: AiogramMessage) -> None:
        await message.answer(f"aiogram: {message.text}")
        await message.answer_document(BufferedInputFile(b"x", "é.txt"))

    polling = dispatcher.start_polling(bot, handle_signals=False, polling_timeout=5)
    task = asyncio.create_task(polling)
    await ada.send("hi")
    assert (await client.wait_for(lambda m: m.text == "aiogram: hi")).chat_id == ada.id
    sent = await client.wait_for(lambda m: "document" in m.data)
    assert sent.data["document"]["file_name"] == "é.txt"
    await ada.send("/x", lab.id)
    await client.wait_for(lambda m: m.text == "aiogram: /x", chat=lab.id)
    await dispatcher.stop_polling()
    await task
    await bot.session.close()


async def test_a_telebot_echo_bot_runs(
    telegram: Playground, ada: Person, client: PlaygroundClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asyncio_helper, "API_URL", f"{telegram.base_url}{{0}}/{{1}}")
    bot = AsyncTeleBot(telegram.token)

    @bot.message_handler(func=lambda _: True)  # type: ignore[untyped-decorator,no-untyped-call]
    async def echo(message: Any) -> None:
        await bot.reply_to(message, f"telebot: {message.text}")

    task = asyncio.create_task(bot.polling(timeout=5, request_timeout=10))
    await ada.send("hi")
    assert (await client.wait_for(lambda m: m.text == "telebot: hi")).chat_id == ada.id
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    await bot.close_session()  # type: ignore[no-untyped-call]
