"""Settings: each one's environment variable, default and meaning in one place."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from engine.errors import BadInput

LANGUAGE = "en"
"""The language of the pages' own words; a form's can be shown in another."""


class BadSetting(BadInput):
    """{variable} must be {meaning}."""

    code = "bad_setting"


def _told(variable: str, meaning: str) -> dict[str, str]:
    return {"variable": variable, "meaning": meaning}


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation decides; `demo` is no variable: only `pith run --demo` sets it."""

    data: Path = field(
        default=Path("instance"), metadata=_told("PITH_DATA", "the folder for the database and the secret key")
    )
    database: str = field(
        default="",
        metadata=_told(
            "PITH_DATABASE_URL", "a PostgreSQL or SQLite address; without it a SQLite file in the data folder"
        ),
    )
    secret_key: str = field(
        default="", metadata=_told("PITH_SECRET_KEY", "what signs cookies; without it a file in the data folder")
    )
    port: int = field(default=8000, metadata=_told("PITH_PORT", "the port to listen on"))
    threads: int = field(default=8, metadata=_told("PITH_THREADS", "how many requests are worked on at once"))
    session_hours: int = field(
        default=12, metadata=_told("PITH_SESSION_HOURS", "hours until people must sign in again")
    )
    largest_request: int = field(
        default=1_500_000,
        metadata=_told(
            "PITH_LARGEST_REQUEST", "bytes in one request; the default holds 100,000 characters of any alphabet"
        ),
    )
    demo: bool = False

    @property
    def database_url(self) -> str:
        """Where the records are; the demonstration's are always a file of their own."""
        if self.database and not self.demo:
            return self.database
        return f"sqlite:///{self.data / ('demo.sqlite' if self.demo else 'pith.sqlite')}"

    @property
    def signing_key(self) -> str:
        """The secret key, made on first use and kept where only this user can read it."""
        if self.secret_key:
            return self.secret_key
        path = self.data / "secret_key"
        if not path.is_file():
            _write_once(path, secrets.token_urlsafe(32))
        return path.read_text()


def _write_once(path: Path, words: str) -> None:
    """Write a file that is there whole or not at all, also where the power goes; one that is there already stays."""
    with NamedTemporaryFile("w", dir=path.parent, prefix=f"{path.name}.", delete=False) as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(file.name, path)
    except FileExistsError:
        pass
    finally:
        Path(file.name).unlink()


def settings_from(environment: Mapping[str, str], **given: Any) -> Settings:
    """Settings from environment variables; `given` stands over them. Raises BadSetting."""
    found: dict[str, Any] = {}
    for each in fields(Settings):
        text = environment.get(each.metadata.get("variable", ""), "")
        if text:
            found[each.name] = _read(text, type(each.default), each.metadata)
    return Settings(**(found | given))


def _read(text: str, kind: type[Any], told: Mapping[str, str]) -> Any:
    try:
        value = kind(text)
    except ValueError:
        value = 0
    if kind is int and value <= 0:
        raise BadSetting(variable=told["variable"], meaning=f"a number above 0 ({told['meaning']})")
    return value
