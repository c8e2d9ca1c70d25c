"""The webhook a bot has set: where to, which secret, what went wrong last. Pure."""

from dataclasses import dataclass

from playground.wire import Json, present


@dataclass(slots=True)
class Webhook:
    """The settings of setWebhook. No `url` means that the bot polls."""

    url: str = ""
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""

    def view(self, pending: int, allowed: tuple[str, ...] | None) -> Json:
        """Give the Bot API's WebhookInfo object, `pending` updates waiting."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": pending,
        }
        if self.url:
            info |= {"max_connections": self.max_connections, "ip_address": "127.0.0.1"}
        return info | present(
            last_error_date=self.last_error_date,
            last_error_message=self.last_error_message,
            allowed_updates=list(allowed or ()),
        )
