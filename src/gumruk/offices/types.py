"""Offices and shifts as others see them. Public."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Protocol

ADMINISTRATOR, SUPERVISOR = "administrator", "supervisor"
ZONES = ("Asia/Dushanbe", "Asia/Tashkent", "Asia/Bishkek", "Asia/Kabul", "Asia/Urumqi")
NAME_LENGTH, CONTACT_LENGTH, NOTE_LENGTH = 80, 200, 1000


@dataclass(frozen=True, slots=True)
class Workplace:
    """The working data of an office. `hours`: day of the week (1 is Monday) → opening and closing, as 08:00-17:00."""

    office: str
    zone: str
    hours: Mapping[str, str]
    phone: str
    contact: str
    note: str


@dataclass(frozen=True, slots=True)
class Member:
    """One person on a shift, from a day up to, not including, another."""

    id: uuid.UUID
    person: uuid.UUID
    person_name: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of an office with its people. One that ends before it begins goes on into the next day."""

    id: uuid.UUID
    office: str
    name: str
    starts: time
    ends: time
    days: tuple[int, ...]
    since: date
    until: date | None
    members: tuple[Member, ...]


class _Granted(Protocol):
    @property
    def role(self) -> str: ...
    @property
    def office(self) -> str: ...


class Acting(Protocol):
    """Who keeps offices: anybody with an id, a name and grants that hold today (`trust.Person` is one)."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def grants(self) -> Sequence[_Granted]: ...


class OfficeRefused(Exception):
    """A change of an office was refused. `code` names the reason; nothing moved."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values
