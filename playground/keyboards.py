"""Keyboards under messages, checked as the server checks them. Pure."""

from typing import Any

from playground.args import Args
from playground.entities.links import usable_link
from playground.errors import bad_request
from playground.wire import Json

MOST_BUTTONS = 100
ACTIONS = (
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
)
STYLES = ("danger", "success", "primary")
OTHERS = ("keyboard", "remove_keyboard", "force_reply")


def read_markup(args: Args) -> tuple[Json | None, Json | None]:
    """Read `reply_markup`; gives the inline keyboard and the reply keyboard, of which one is None.

    Raises:
        ApiError: 400, as the server words it.
    """
    markup = args.object("reply_markup", "reply keyboard markup")
    if not markup:
        return None, None
    if "inline_keyboard" in markup:
        return _inline(markup["inline_keyboard"]), None
    return None, markup if any(name in markup for name in OTHERS) else None


def _inline(rows: Any) -> Json | None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad_request('Field "inline_keyboard" must be of type Array')
    keyboard = [[_button(button) for button in row] for row in rows if row]
    if sum(len(row) for row in keyboard) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    return {"inline_keyboard": keyboard} if keyboard else None


def _button(button: Any) -> Json:
    if not isinstance(button, dict):
        raise bad_request(
            "Can't parse inline keyboard button: InlineKeyboardButton must be an Object"
        )
    text = button.get("text")
    if not isinstance(text, str):
        raise bad_request(
            'Can\'t parse inline keyboard button: Field "text" must be of type String'
        )
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    action = next((name for name in ACTIONS if button.get(name) is not None), None)
    if action is None:
        raise bad_request(
            "Can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
    if button.get("style") not in (None, *STYLES):
        raise bad_request("Can't parse inline keyboard button: Unsupported button style specified")
    kept: Json = {"text": text, action: _action(action, button[action])}
    return kept | {n: button[n] for n in ("style", "icon_custom_emoji_id") if button.get(n)}


def _action(name: str, value: Any) -> Any:
    """Check what a button does; gives it as the message will carry it."""
    if name == "callback_data":
        if not isinstance(value, str) or not 1 <= len(value.encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    elif name == "url":
        return _url(value)
    elif name == "copy_text":
        text = value.get("text") if isinstance(value, dict) else None
        if not isinstance(text, str) or not 1 <= len(text) <= 256:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
    elif name.startswith("switch_inline_query") and name != "switch_inline_query_chosen_chat":
        return str(value)
    return value


def _url(value: Any) -> str:
    link = usable_link(value) if isinstance(value, str) else ""
    if not link:
        raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
    return link
