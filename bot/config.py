"""What can be set from outside, read once when the program is composed and checked then."""

from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.limits import Limits
from papers.errors import PaperboyError
from papers.taxonomy import UnknownCategoryError, taxonomy

TELEGRAM = "https://api.telegram.org/bot"
TELEGRAM_FILES = "https://api.telegram.org/file/bot"


class ConfigurationError(PaperboyError):
    """Something set from outside can't be used; says which variable and what to do."""


def _words(value: object) -> object:
    """What stands between commas or blanks."""
    return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value


def _named(value: object) -> object:
    """`name=address` pairs, as a mapping."""
    words = _words(value)
    if not isinstance(words, tuple):
        return value
    if wrong := next((word for word in words if "=" not in word), None):
        raise ValueError(f"{wrong!r} has no name; write name=address")
    return dict(word.split("=", 1) for word in words)


def _known(names: tuple[str, ...]) -> tuple[str, ...]:
    """Categories (also archives and groups) that arXiv has."""
    try:
        return tuple(category for name in names for category in taxonomy().expand(name))
    except UnknownCategoryError as error:
        raise ValueError(str(error)) from error


Words = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_words)]
Categories = Annotated[Words, NoDecode, AfterValidator(_known)]
Chats = Annotated[tuple[int, ...], NoDecode, BeforeValidator(_words)]
Addresses = Annotated[dict[str, str], NoDecode, BeforeValidator(_named)]


class Settings(BaseSettings):
    """The settings of `paperboy run`: environment variables, named in each description."""

    model_config = SettingsConfigDict(env_prefix="PAPERBOY_", hide_input_in_errors=True)

    token: SecretStr = Field(default=SecretStr(""), validation_alias="TELEGRAM_TOKEN")
    token_file: Path | None = Field(default=None, validation_alias="TELEGRAM_TOKEN_FILE")
    base_url: str = Field(default=TELEGRAM, validation_alias="TELEGRAM_BASE_URL")
    base_file_url: str = Field(default=TELEGRAM_FILES, validation_alias="TELEGRAM_BASE_FILE_URL")
    database: Path = Path("paperboy.db")
    log_level: str = "INFO"
    categories: Categories = ("cs.CV",)  # followed beside those that chats choose
    admins: Chats = ()  # chats that are told of trouble
    contact: str = ""  # an e-mail or web address; told to the servers that are asked
    arxiv_url: str = ""  # a server that stands in for arXiv's
    digest_folder: Path | None = None  # watched for Markdown digests
    digest_urls: Words = ()  # pages with Markdown digests; `{day}` stands for today's date
    feeds: Addresses = Field(default_factory=dict)  # feeds of papers from elsewhere, by name
    messages_per_second: int = Field(default=0, ge=0, le=1000)  # 0: as Telegram allows
    chat_messages_per_second: float = Field(default=1.0, gt=0, le=30)
    group_messages_per_minute: int = Field(default=20, ge=1, le=600)
    paid_broadcasts: bool = False
    metrics_port: int | None = Field(default=None, ge=0, le=65535)

    def limits(self) -> Limits:
        """Telegram's limits, or stricter or looser ones where set.

        Raises ConfigurationError for a pace that Telegram only gives to those who pay for it.
        """
        free, paid = 30, 1000
        asked = self.messages_per_second or (paid if self.paid_broadcasts else free)
        if asked > free and not self.paid_broadcasts:
            raise ConfigurationError(
                f"PAPERBOY_MESSAGES_PER_SECOND: {asked} is more than the {free} a second that are "
                "free; set PAPERBOY_PAID_BROADCASTS=true to pay for more, in Telegram Stars"
            )
        return Limits(
            asked,
            self.chat_messages_per_second,
            per_group_per_minute=self.group_messages_per_minute,
        )

    def secret(self) -> str:
        """The bot's token, from the variable or the file. Raises ConfigurationError without one."""
        if self.token_file is not None:
            try:
                return self.token_file.read_text("utf-8").strip()
            except OSError as error:
                raise ConfigurationError(f"TELEGRAM_TOKEN_FILE: {error}") from error
        if token := self.token.get_secret_value().strip():
            return token
        raise ConfigurationError(
            "TELEGRAM_TOKEN is not set: ask @BotFather on Telegram for a bot (/newbot) and run "
            "TELEGRAM_TOKEN=… paperboy run. To try Paperboy without a token: paperboy demo"
        )


def read_settings() -> Settings:
    """The settings as the environment has them. Raises ConfigurationError for one that is bad."""
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors(include_input=False)[0]
        name = str(wrong["loc"][0]).upper()
        raise ConfigurationError(f"PAPERBOY_{name}: {wrong['msg']}") from None
