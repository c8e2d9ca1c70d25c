"""Answering inline queries."""

from typing import Any

from playground.access import require
from playground.args import Args
from playground.entities.text import check_length, read_text
from playground.errors import bad_request
from playground.keyboards import read_markup
from playground.methods.messages import LONGEST_TEXT, preview_options, text_content
from playground.telegram import Telegram
from playground.wire import Json, present

MOST_RESULTS = 50
SHOWN = ("id", "type", "title", "description", "url", "thumbnail_url")


def answer_inline_query(telegram: Telegram, args: Args) -> bool:
    """Give up to 50 results for what somebody typed behind the bot's name."""
    items = args.array("results", "InlineQueryResult") or []
    require(len(items) <= MOST_RESULTS, "RESULTS_TOO_MUCH")
    results = [_result(telegram, item) for item in items]
    ids = [result["id"] for result in results]
    require(len(set(ids)) == len(ids), "RESULT_ID_DUPLICATE")
    offset = args.text("next_offset")
    require(len(offset.encode()) <= 64, "NEXT_OFFSET_INVALID")
    answer: Json = {
        "results": results,
        "next_offset": offset,
        "cache_time": args.integer("cache_time", 300),
        "is_personal": args.flag("is_personal"),
        **present(button=args.object("button", "InlineQueryResultsButton")),
    }
    query = telegram.inline_queries.answer(args.text("inline_query_id"), answer)
    telegram.publish("inline_answer", **query.about, query_id=query.id, answer=answer)
    return True


def _result(telegram: Telegram, item: Any) -> Json:
    """Read one result; gives what is shown of it, and under "message" what it sends."""
    if not isinstance(item, dict):
        raise bad_request("Can't parse inline query result: expected an Object")
    given = Args(item)
    require(1 <= len(given.text("id").encode()) <= 64, "RESULT_ID_INVALID")
    content = given.object("input_message_content", "input message content")
    if given.text("type") != "article" or content is None:
        raise bad_request("Can't parse inline query result: only articles with a message are known")
    require(bool(given.text("title")), "ARTICLE_TITLE_EMPTY")
    inner = Args({**content, "text": content.get("message_text")})
    formatted = read_text(inner, entities_name="entities")
    check_length(formatted[0], LONGEST_TEXT, "MESSAGE_TOO_LONG")
    markup, _ = read_markup(given)
    message = text_content(telegram, formatted) | preview_options(inner)
    message |= present(reply_markup=markup)
    return {name: item[name] for name in SHOWN if item.get(name)} | {"message": message}


METHODS = {"answerInlineQuery": answer_inline_query}
