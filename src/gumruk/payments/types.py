"""What is owed, what was received, and why money was refused."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ChargeView:
    """What one declaration owes, in TJS."""

    declaration: uuid.UUID
    reference: str
    payer: str
    due: Decimal
    paid: Decimal
    kinds: tuple[tuple[str, Decimal], ...]
    cancelled: bool

    @property
    def left(self) -> Decimal:
        return self.due - self.paid

    @property
    def settled(self) -> bool:
        return not self.cancelled and self.left <= 0


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """Money received: its serial, amount and means."""

    id: uuid.UUID
    number: str
    amount: Decimal
    means: str
    at: datetime
    reference: str
    payer: str


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry of a party's account."""

    at: datetime
    amount: Decimal
    kind: str
    source: str


class PaymentRefused(Exception):
    """Money was not taken. `code` names the reason; nothing moved."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values
