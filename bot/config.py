"""What can be set from outside, read once when the program is composed and checked then."""

from pathlib import Path

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from papers.errors import PaperboyError

TELEGRAM = "https://api.telegram.org/bot"
TELEGRAM_FILES = "https://api.telegram.org/file/bot"


class ConfigurationError(PaperboyError):
    """Something set from outside can't be used; says which variable and what to do."""


class Settings(BaseSettings):
    """The settings of `paperboy run`: environment variables, named in each description."""

    model_config = SettingsConfigDict(env_prefix="PAPERBOY_", hide_input_in_errors=True)

    token: SecretStr = Field(default=SecretStr(""), validation_alias="TELEGRAM_TOKEN")
    token_file: Path | None = Field(default=None, validation_alias="TELEGRAM_TOKEN_FILE")
    base_url: str = Field(default=TELEGRAM, validation_alias="TELEGRAM_BASE_URL")
    base_file_url: str = Field(default=TELEGRAM_FILES, validation_alias="TELEGRAM_BASE_FILE_URL")
    database: Path = Path("paperboy.db")
    log_level: str = "INFO"

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
