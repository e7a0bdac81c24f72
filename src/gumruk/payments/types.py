"""What is owed, what was received, shifts, bank credits and refunds as others see them, and why money was refused."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum


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


class Operation(StrEnum):
    """What a receipt proves. A payout is money given out; a reversal takes an earlier receipt back."""

    DECLARATION = "declaration"
    OTHER = "other"
    DEPOSIT = "deposit"
    PAYOUT = "payout"
    REVERSAL = "reversal"


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """One receipt. Desk receipts carry the daybook day, the shift and the operation number in the shift."""

    id: uuid.UUID
    number: str
    amount: Decimal
    means: str
    at: datetime
    reference: str
    payer: str
    operation: Operation = Operation.DECLARATION
    office: str = ""
    declaration: uuid.UUID | None = None
    purpose: str = ""
    revenue_account: str = ""
    daybook: date | None = None
    shift_number: int | None = None
    operation_number: int | None = None
    by: uuid.UUID | None = None
    cashier: str = ""
    reverses: uuid.UUID | None = None
    reason: str = ""

    @property
    def signed(self) -> Decimal:
        """The amount as the desk's money moved: out is negative. A reversal keeps the sign it was stored with."""
        return -self.amount if self.operation is Operation.PAYOUT else self.amount


@dataclass(frozen=True, slots=True)
class Means:
    """A means of payment: its code, the kind of ledger account it moves, and whether the cash desk takes it."""

    code: str
    account: str
    desk: bool


@dataclass(frozen=True, slots=True)
class ShiftView:
    """One shift of a cashier at an office. `expected` is what the ledger says lies in the drawer."""

    id: uuid.UUID
    office: str
    daybook: date
    number: int
    cashier: uuid.UUID
    cashier_name: str
    opened_at: datetime
    float_amount: Decimal
    operations: int
    expected: Decimal
    closed_at: datetime | None = None
    counted: Decimal | None = None
    reason: str = ""

    @property
    def difference(self) -> Decimal | None:
        return None if self.counted is None else self.counted - self.expected


@dataclass(frozen=True, slots=True)
class DaybookReport:
    """Receipts of an office over days, with totals in and out by means and by what was paid."""

    office: str
    since: date
    until: date
    shifts: tuple[ShiftView, ...]
    receipts: tuple[ReceiptView, ...]
    by_means: tuple[tuple[str, Decimal], ...]
    by_operation: tuple[tuple[str, Decimal], ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry of a party's account, with the balance after it."""

    at: datetime
    amount: Decimal
    kind: str
    source: str
    balance: Decimal = Decimal("0.00")
    root: uuid.UUID | None = None
    number: str = ""  # of the declaration that it pays; then `root` is that declaration


@dataclass(frozen=True, slots=True)
class MovementPage:
    """A page of movements, newest first; `next` is the cursor of the page after it."""

    rows: tuple[Movement, ...]
    next: str


class CreditState(StrEnum):
    """Where the money of a bank credit stands."""

    HELD = "held"
    APPLIED = "applied"


@dataclass(frozen=True, slots=True)
class CreditView:
    """Money that the bank says it received for us; `left` is what still lies in suspense."""

    id: uuid.UUID
    reference: str
    booked_at: date
    amount: Decimal
    left: Decimal
    payer: str
    text: str
    state: CreditState
    applied_to: str
    demo: bool


class RefundState(StrEnum):
    """Where a wish to get money back stands."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    PAID = "paid"


@dataclass(frozen=True, slots=True)
class RefundView:
    """A refund: what was asked, what was decided by whom and why."""

    id: uuid.UUID
    number: str
    party: str
    amount: Decimal
    reason: str
    state: RefundState
    asked_by: uuid.UUID
    asked_at: datetime
    decision: str
    decided_at: datetime | None


class PaymentRefused(Exception):
    """Money was not taken. `code` names the reason; nothing moved."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}")
        self.code = code
        self.values = values
