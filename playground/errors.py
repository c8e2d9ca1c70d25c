"""The errors the Bot API answers with, in the words the protocol prescribes. Raised by every room,
sent by http.

ApiError
 ├── bad_request(...)   400 "Bad Request: ..."
 ├── forbidden(...)     403 "Forbidden: ..."
 ├── conflict(...)      409 "Conflict: ..."
 └── too_many(...)      429 "Too Many Requests: retry after N" with parameters.retry_after

Texts: tdlib/telegram-bot-api Client.cpp, where not said otherwise.
"""

from playground.wire import Json


class ApiError(Exception):
    """An answer that is not ok: `code` (HTTP status too), `description`, maybe `parameters`."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters

    def body(self) -> Json:
        """Give the error envelope that goes to the client."""
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            answer["parameters"] = self.parameters
        return answer


def bad_request(text: str, parameters: Json | None = None) -> ApiError:
    """Make a 400, worded as the server words it: a sentence starts small, a CODE stays as it is."""
    shouted = len(text) > 1 and (text[1] == "_" or text[1].isupper())
    return ApiError(
        400, f"Bad Request: {text if shouted else text[:1].lower() + text[1:]}", parameters
    )


def forbidden(text: str) -> ApiError:
    """Make a 403: the bot may not do this in this chat, now or ever."""
    return ApiError(403, f"Forbidden: {text}")


def conflict(text: str) -> ApiError:
    """Make a 409: somebody else reads this bot's updates."""
    return ApiError(409, f"Conflict: {text}")


def too_many(retry_after: int) -> ApiError:
    """Make a 429 that asks for `retry_after` seconds of silence."""
    text = f"Too Many Requests: retry after {retry_after}"
    return ApiError(429, text, {"retry_after": retry_after})


def migrated(new_chat_id: int) -> ApiError:
    """Make the 400 that names the supergroup a group has become."""
    text = "group chat was upgraded to a supergroup chat"
    return bad_request(text, {"migrate_to_chat_id": new_chat_id})
