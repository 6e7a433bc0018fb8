"""Every environment variable that Balie knows, read once, all mistakes reported together."""

import base64
import re
from pathlib import Path
from typing import Any

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).parent.parent


class InvalidSettings(Exception):
    """One or more settings cannot be used; the message names each, never its value."""


class Settings(BaseSettings):
    """One field per variable. With none set this is the sandbox: demo pharmacy, templates, loopback only."""

    model_config = SettingsConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    # Where our own memory lives. SQLite by default; PostgreSQL as postgresql+psycopg://…
    database_url: str = Field("", validation_alias="DATABASE_URL")
    # Folder for the default database, the sandbox's key file and the rebuilt demo inbox.
    data_dir: Path = Field(ROOT / "var", validation_alias="BALIE_DATA_DIR")
    # Keys that encrypt what is kept: "id:base64 of 32 bytes", the active one first, older ones after a comma.
    keys: SecretStr = Field(SecretStr(""), validation_alias="BALIE_KEYS")
    # Public https address of this server. Setting it makes the installation a real one: keys become mandatory.
    public_url: str = Field("", validation_alias="BALIE_PUBLIC_URL")
    # Address that `python -m server run` binds. The sandbox refuses anything but loopback.
    host: str = Field("127.0.0.1", validation_alias="HOST")
    # Port that it listens on.
    port: int = Field(8080, ge=0, le=65535, validation_alias="PORT")
    # An OpenAI-compatible endpoint (OpenAI, Azure's /openai/v1/, Ollama, vLLM, llama.cpp). Without it: templates.
    openai_base_url: str = Field("", validation_alias="OPENAI_BASE_URL")
    # Its key; an empty one is sent as "none" for servers that want no key.
    openai_api_key: SecretStr = Field(SecretStr(""), validation_alias="OPENAI_API_KEY")
    # The model's (or Azure deployment's) name. A model takes part only when this is set.
    openai_model: str = Field("", validation_alias="OPENAI_MODEL")
    # Seconds that a model may take for one draft, first byte to last, all retries included.
    model_deadline: float = Field(20.0, gt=0, le=120, validation_alias="BALIE_MODEL_DEADLINE")
    # Seconds in which the model's server must accept a connection.
    model_connect_timeout: float = Field(3.0, gt=0, le=30, validation_alias="BALIE_MODEL_CONNECT_TIMEOUT")
    # Least severe log line that is written: DEBUG, INFO, WARNING or ERROR. `make run` shows warnings unless this is set.
    log_level: str = Field("INFO", validation_alias="LOG_LEVEL")

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
            raise ValueError("must be DEBUG, INFO, WARNING or ERROR")
        return value.upper()

    @property
    def sandbox(self) -> bool:
        """Whether this is the demo: nothing real is configured."""
        return not self.public_url

    @property
    def database(self) -> str:
        """The database's address, with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir / 'balie.db'}"

    @property
    def key_file(self) -> Path:
        """The sandbox's own key ring, when BALIE_KEYS is not set."""
        return self.data_dir / "keys"

    def mistakes(self) -> list[str]:
        """What one setting demands of another."""
        found = []
        if self.sandbox and self.host not in {"127.0.0.1", "localhost", "::1"}:
            found.append(
                "HOST: the sandbox has no sign-in, so it only binds 127.0.0.1 (set BALIE_PUBLIC_URL for real use)"
            )
        if not self.sandbox and not self.public_url.startswith("https://"):
            found.append("BALIE_PUBLIC_URL: must start with https://")
        if not self.sandbox and not self.keys.get_secret_value():
            found.append("BALIE_KEYS: mandatory for real use (make one with `python -m server vault new-key`)")
        if not self.sandbox:
            found.append(
                "BALIE_PUBLIC_URL: this version has no sign-in yet (Outlook and Gmail come next): it runs as the sandbox only"
            )
        if given := self.keys.get_secret_value():
            entries = [entry.strip() for entry in given.split(",") if entry.strip()]
            names = [entry.rpartition(":")[0] or entry for entry in entries]
            if not entries or len(set(names)) != len(names) or not all(map(_is_key, entries)):
                found.append(
                    "BALIE_KEYS: id:base64 of 32 bytes each, different ids of letters, digits, - and _, commas between"
                )
        if self.openai_api_key.get_secret_value() and not self.openai_model:
            found.append("OPENAI_MODEL: name the model that OPENAI_API_KEY is for")
        return found


def _is_key(entry: str) -> bool:
    """As the store's key ring reads it, so that a mistake is told at start and not at the first mail."""
    name, colon, encoded = entry.rpartition(":")
    try:
        key = base64.b64decode(encoded.replace("-", "+").replace("_", "/"), validate=True)
    except ValueError:
        return False
    return len(key) == 32 and (not colon or re.fullmatch("[A-Za-z0-9_-]{1,32}", name) is not None)


def read_settings(**overrides: Any) -> Settings:
    """The settings of this process. Raises InvalidSettings naming every mistake at once."""
    try:
        settings = Settings(**overrides)
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_input=False)]
        raise InvalidSettings("\n".join(wrong)) from None
    mistakes = settings.mistakes()
    if mistakes:
        raise InvalidSettings("\n".join(mistakes))
    return settings
