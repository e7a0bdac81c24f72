"""What reference data says to others: versions of a rate, who may change it, and why a change is refused."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from gumruk.law.types import Confidence

# Roles of `trust`, which stands above this context: who enters and proposes, and who confirms a correction.
ENTERS = ("law_editor", "administrator")
CONFIRMS = "law_approver"
# For how many units rates are published, and what the table can hold.
PER = (1, 10, 100, 1000, 10000)
DIGITS, SCALE = 8, 6
KEPT = timedelta(days=1)  # how long an uploaded sheet waits between its preview and its use


class _Granted(Protocol):
    @property
    def role(self) -> str: ...


class Acting(Protocol):
    """Who changes reference data: anybody with an id, a sign-in name and grants that hold today."""

    @property
    def id(self) -> uuid.UUID: ...
    @property
    def username(self) -> str: ...
    @property
    def grants(self) -> Sequence[_Granted]: ...


class RateStatus(StrEnum):
    """Where a version of a rate stands. Exactly one version of a currency and day may stand."""

    STANDING = "standing"
    PROPOSED = "proposed"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class RateVersion:
    """One version of an official rate: what it says, who entered it and who decided, and when."""

    id: uuid.UUID
    currency: str
    day: date
    per: int
    rate: Decimal
    source: str
    confidence: Confidence
    version: int
    status: RateStatus
    reason: str
    published_at: datetime
    entered_at: datetime
    entered_by_name: str
    decided_at: datetime | None
    decided_by_name: str


@dataclass(frozen=True, slots=True)
class Jump:
    """A rate that moved more than the limit since the one before it."""

    currency: str
    day: date
    before: Decimal
    before_day: date
    after: Decimal
    percent: Decimal


class RateOfExchangeRefused(Exception):
    """A rate was not entered. `code` names the reason; nothing moved."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values
