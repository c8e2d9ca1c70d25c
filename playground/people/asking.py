"""What people ask of the bot and wait for: pressed buttons and inline queries."""

import asyncio
import secrets

from playground.args import Args
from playground.delivery import post, tell_bot
from playground.errors import ApiError, bad_request
from playground.people.lookup import find_message, find_person, find_place, sender
from playground.questions import PATIENCE, Question
from playground.state.messages import Message
from playground.telegram import Telegram
from playground.wire import Json

LONGEST_QUERY = 256


async def press(telegram: Telegram, args: Args) -> Json:
    """Press a button, named by `data` or `text`, and wait up to `timeout` seconds for the answer.

    Gives {"answered": bool, "answer": {...} | null}; a button that opens something else than a
    callback gives {"answered": true, "button": {...}} at once.
    """
    person, chat = find_place(telegram, args)
    message = find_message(telegram, chat, args)
    button = _button(message, args)
    if "callback_data" not in button:
        return {"answered": True, "answer": None, "button": button}
    about = {"chat": chat.id, "message_id": message.id, "person": person.id}
    question = telegram.presses.ask(about)
    telegram.publish("press", **about, query=question.id, data=button["callback_data"])
    callback = {
        "id": question.id,
        "from": person.view(),
        "message": message.data,
        "chat_instance": str(-(abs(chat.id) * 7_919 + telegram.world.bot.id)),
        "data": button["callback_data"],
    }
    inline_id = next((i for i, m in telegram.inline_messages.items() if m is message), None)
    if inline_id:
        del callback["message"]
        callback["inline_message_id"] = inline_id
    telegram.updates.add("callback_query", callback)
    return await _answer(question, args)


def _button(message: Message, args: Args) -> Json:
    markup = message.data.get("reply_markup", {})
    buttons: list[Json] = [b for row in markup.get("inline_keyboard", ()) for b in row]
    name = "data" if args.has("data") else "text"
    field = "callback_data" if name == "data" else "text"
    for button in buttons:
        if button.get(field) == args.text(name):
            return button
    labels = ", ".join(repr(button["text"]) for button in buttons) or "none"
    raise ApiError(404, f"no button with the {name} {args.text(name)!r}; there are: {labels}")


async def _answer(question: Question, args: Args) -> Json:
    """Wait for the bot. Who waits too long hears nothing; the bot may still answer after that."""
    timeout = min(float(args.integer("timeout", 10)), PATIENCE)
    try:
        answer = await asyncio.wait_for(asyncio.shield(question.answer), timeout)
    except TimeoutError:
        return {"answered": False, "answer": None}
    return {"answered": True, "answer": answer}


async def inline(telegram: Telegram, args: Args) -> Json:
    """Type an inline query (`query`, `offset`) and wait for the results.

    Gives {"answered", "query_id", "answer": {"results": [...], "next_offset", "button"?} | null}.
    """
    person = find_person(telegram, args)
    query = args.text("query")[:LONGEST_QUERY]
    chat = telegram.world.chats.get(args.integer("chat", person.id))
    kind = chat.kind if chat else "private"
    is_own = kind == "private" and chat is not None and chat.person is person
    about = {"person": person.id, "query": query}
    question = telegram.inline_queries.ask(about)
    telegram.publish("inline_query", **about, query_id=question.id)
    asked = {
        "id": question.id,
        "from": person.view(),
        "query": query,
        "offset": args.text("offset"),
        "chat_type": "sender" if is_own else kind,
    }
    telegram.updates.add("inline_query", asked)
    return await _answer(question, args) | {"query_id": question.id}


def choose(telegram: Telegram, args: Args) -> Json:
    """Send the result `result` of the inline query `query_id` into `chat`; gives the Message."""
    person, chat = find_place(telegram, args)
    question = telegram.inline_queries.answered(args.text("query_id"))
    results = question.answer.result()["results"] if question else []
    result = next((r for r in results if r["id"] == args.text("result")), None)
    if question is None or result is None:
        raise bad_request("no such result of an answered inline query")
    who = sender(telegram, person, chat, args)
    content = {"via_bot": telegram.world.bot_view, **result["message"]}
    message = post(telegram, chat, who, person.id, content)
    tell_bot(telegram, chat, message)
    chosen = {"result_id": result["id"], "from": person.view(), "query": question.about["query"]}
    if "reply_markup" in content:
        inline_id = secrets.token_urlsafe(18)
        telegram.inline_messages[inline_id] = message
        chosen["inline_message_id"] = inline_id
    telegram.updates.add("chosen_inline_result", chosen)
    return message.data


ACTIONS = {"press": press, "inline": inline, "choose": choose}
