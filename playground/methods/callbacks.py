"""Answering a pressed button."""

from playground.access import require
from playground.args import Args
from playground.entities.entity import utf16_length
from playground.telegram import Telegram
from playground.wire import present

LONGEST_ANSWER = 200


def answer_callback_query(telegram: Telegram, args: Args) -> bool:
    """Answer a press with nothing, a toast, an alert or a link."""
    text = args.text("text")
    require(utf16_length(text) <= LONGEST_ANSWER, "MESSAGE_TOO_LONG")
    answer = present(text=text, url=args.text("url"), cache_time=args.integer("cache_time"))
    answer["show_alert"] = args.flag("show_alert")
    press = telegram.presses.answer(args.text("callback_query_id"), answer)
    telegram.publish("answer", **press.about, query=press.id, answer=answer)
    return True


METHODS = {"answerCallbackQuery": answer_callback_query}
