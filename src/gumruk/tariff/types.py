"""A stored assessment as others see it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from gumruk.rules.duty import Assessment, PaymentLine


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """One assessment: its serial, the three keys of replay, and what was computed."""

    id: uuid.UUID
    number: str
    version: int
    day: date
    change_set: int
    ruleset: str
    at: datetime
    result: Assessment


@dataclass(frozen=True, slots=True)
class LineDifference:
    """One payment line that came out otherwise: as stored and as computed now; None where there is no such line."""

    item: int
    kind: str
    stored: PaymentLine | None
    now: PaymentLine | None


@dataclass(frozen=True, slots=True)
class Replay:
    """A stored assessment beside what is computed now. `same` is byte equality; nothing is ever overwritten.

    `same_rules` and `same_engine` say whether law and program are those of the stored one; `differences` go line by line.
    """

    stored: Assessment
    now: Assessment
    same: bool
    same_rules: bool
    same_engine: bool = True
    differences: tuple[LineDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class QuotaMove:
    """One entry of the quota ledger: positive was reserved, negative released; `left` stood after it."""

    quota: str
    declaration: uuid.UUID
    amount: Decimal
    left: Decimal
    reason: str
    at: datetime


class QuotaRefused(Exception):
    """A quota does not hold what is asked of it. `code` says why, `values` fill the message."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values
