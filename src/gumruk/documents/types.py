"""What is printed, what a print is known by, and why one is refused."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

Facts = tuple[tuple[str, str], ...]


class Form(StrEnum):
    """A printed form; each has a template of its name in `forms`."""

    RECEIPT = "receipt"
    DECLARATION = "declaration"
    ASSESSMENT = "assessment"
    STATEMENT = "statement"
    INSPECTION = "inspection"
    RELEASE = "release"
    REGISTER = "register"


LANGUAGES = ("tg", "ru", "en")


@dataclass(frozen=True, slots=True)
class Subject:
    """What a print speaks about: the root of its aggregate, a number that people know it by, and a version."""

    root: uuid.UUID
    office: str
    month: date
    number: str
    version: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that stands on a print, already worded in its language. `facts` are shown to who verifies, masked."""

    form: Form
    language: str
    subject: Subject
    dated: date
    title: str
    content: dict[str, Any]
    facts: Facts = field(default=())


@dataclass(frozen=True, slots=True)
class Printed:
    """A print: its bytes, the code it is verified by, which copy it is (0 is the original), the hash of what it says."""

    pdf: bytes
    code: str
    copy: int
    hash: str
    file_name: str


@dataclass(frozen=True, slots=True)
class PrintView:
    """A known print as the verify page shows it. `copies` counts prints after the original."""

    form: Form
    root: uuid.UUID
    number: str
    version: int
    language: str
    hash: str
    code: str
    first_at: datetime
    copies: int
    newest_version: int
    facts: Facts


class OrderState(StrEnum):
    """Where a print stands that is made in the background."""

    WAITING = "waiting"
    READING = "reading"
    TYPESETTING = "typesetting"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class OrderView:
    """A print that somebody ordered: what was asked for, how far it is, whether it was opened."""

    id: uuid.UUID
    by: uuid.UUID
    asked: dict[str, str]
    title: str
    state: OrderState
    done: int
    whole: int
    file_name: str
    ordered_at: datetime
    ended_at: datetime | None
    opened_at: datetime | None


class PrintRefused(Exception):
    """Nothing was printed. `code` names the reason."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values
