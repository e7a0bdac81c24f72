"""Settings that an operator gives through the environment: typed, refused when unknown or wrong."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class SettingsRefused(Exception):
    """A setting is unknown or wrong; the text names it and says what to do."""


class Environment(BaseSettings):
    """Every setting there is. Names in the environment carry the prefix GUMRUK_, except DATABASE_URL."""

    model_config = SettingsConfigDict(env_prefix="GUMRUK_", extra="forbid")

    state: Path = Field(
        Path(".state"), description="Folder for the embedded database, the secret key and stored files."
    )
    database_url: str = Field(
        "",
        validation_alias="DATABASE_URL",
        description="PostgreSQL of your own; empty starts the embedded one.",
    )
    owner_url: str = Field("", description="The same database as the role that owns the tables, for migrations.")
    secret_key: str = Field("", description="Key of sessions; made and kept in the state folder when empty.")
    debug: bool = Field(default=False, description="Show error details on pages; never at a post.")
    hosts: str = Field(
        "127.0.0.1,localhost", description="Host names under which the site answers, separated by commas."
    )
    https: bool = Field(
        default=False,
        description="The site is reached by HTTPS only, through a proxy that says so in `X-Forwarded-Proto`: "
        "cookies travel by HTTPS only, and browsers are told to keep to it.",
    )
    address: str = Field("127.0.0.1", description="Network address on which the server listens.")
    port: int = Field(8000, ge=1, le=65535, description="Port on which the server listens.")
    workers: int = Field(1, ge=1, le=64, description="Server processes.")
    worker_jobs: int = Field(2, ge=1, le=32, description="Jobs that one worker runs at the same time.")
    log: Literal["auto", "json", "console"] = Field(
        "auto",
        description="Form of the log on standard error: `json`, `console`, or `auto`: words on a terminal, else JSON.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Least weight of what is logged."
    )
    mail_server: str = Field("", description="Mail server as `HOST:PORT`; empty: this site sends no e-mail.")
    mail_user: str = Field("", description="Name under which the mail server is used.")
    mail_password: str = Field("", description="Password of that name.")
    mail_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the line to the mail server is secured."
    )
    mail_from: str = Field("", description="Address from which notices are sent; needed with a mail server.")
    site: str = Field("", description="Address of this site in mails, such as `https://gumruk.example`.")
    postgres: Path | None = Field(
        None,
        description="Folder with the programs of an installed PostgreSQL (`initdb`, `pg_ctl`), in place of the wheel's.",
    )
    samples: Path | None = Field(None, description="Folder with sample files of others, for the conformance tests.")

    @field_validator("database_url", "owner_url")
    @classmethod
    def _is_postgresql(cls, said: str) -> str:
        if said and (urlsplit(said).scheme not in ("postgresql", "postgres") or not urlsplit(said).path.strip("/")):
            raise ValueError("write postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
        return said

    @field_validator("mail_server")
    @classmethod
    def _is_a_server(cls, said: str) -> str:
        if said and not said.partition(":")[2].isdigit():
            raise ValueError("write HOST:PORT, such as mail.example:587")
        return said

    @field_validator("site")
    @classmethod
    def _is_an_address(cls, said: str) -> str:
        if said and urlsplit(said).scheme not in ("http", "https"):
            raise ValueError("write https://HOST")
        return said

    def key(self) -> str:
        """The session key; made on first use, readable by the owner only."""
        if self.secret_key:
            return self.secret_key
        place = self.state / "secret.key"
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.touch(mode=0o600)
            place.write_text(secrets.token_urlsafe(48))
        return place.read_text()


def variable(field: str) -> str:
    """The name of a setting in the environment."""
    return str(Environment.model_fields[field].validation_alias or f"GUMRUK_{field.upper()}")


def read(variables: Mapping[str, str]) -> Environment:
    """Settings from `variables`. Raises SettingsRefused naming every fault."""
    names = {variable(field) for field in Environment.model_fields}
    unknown = sorted(name for name in variables if name.startswith("GUMRUK_") and name not in names)
    if unknown:
        raise SettingsRefused(f"Unknown setting {', '.join(unknown)}. Known: {', '.join(sorted(names))}.")
    try:
        return Environment()  # type: ignore[call-arg]
    except ValidationError as wrong:
        faults = "; ".join(f"{_named(str(fault['loc'][0]))}: {fault['msg']}" for fault in wrong.errors())
        raise SettingsRefused(f"Wrong setting: {faults}.") from wrong


def _named(place: str) -> str:
    return variable(place) if place in Environment.model_fields else place


@cache
def current() -> Environment:
    """The settings of this process."""
    return read(os.environ)
