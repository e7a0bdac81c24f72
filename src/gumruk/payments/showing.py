"""Rows as others see them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from decimal import Decimal

from gumruk.payments.models import Account, BankCredit, Charge, Receipt, Refund, Shift
from gumruk.payments.types import (
    ChargeView,
    CreditState,
    CreditView,
    Operation,
    ReceiptView,
    RefundState,
    RefundView,
    ShiftView,
)

ZERO = Decimal("0.00")


def view_of(charge: Charge) -> ChargeView:
    """A charge as others see it."""
    kinds = tuple((kind, Decimal(amount)) for kind, amount in charge.kinds.items())
    return ChargeView(charge.root, charge.reference, charge.payer, charge.due, charge.paid, kinds, charge.cancelled)


def receipt_view(row: Receipt) -> ReceiptView:
    """A receipt as others see it."""
    return ReceiptView(
        id=row.id,
        number=row.number,
        amount=row.amount,
        means=row.means,
        at=row.at,
        reference=row.reference,
        payer=row.payer,
        operation=Operation(row.operation),
        office=row.office,
        declaration=row.declaration,
        purpose=row.purpose,
        revenue_account=row.revenue_account,
        daybook=row.daybook,
        shift_number=row.shift_number,
        operation_number=row.operation_number,
        by=row.by,
        cashier=row.by_name,
        reverses=row.reverses,
        reason=row.reason,
    )


def shift_view(row: Shift, in_drawer: Decimal) -> ShiftView:
    """A shift as others see it; `in_drawer` counts while it is open."""
    return ShiftView(
        row.id, row.office, row.daybook, row.number, row.cashier, row.cashier_name, row.opened_at, row.float_amount,
        row.operations, in_drawer if row.expected is None else row.expected, row.closed_at, row.counted, row.reason,
    )  # fmt: skip


def drawer(shift: uuid.UUID) -> Decimal:
    """What the ledger says lies in the drawer of a shift."""
    balance = Account.objects.filter(kind=Account.Kind.CASH, holder=str(shift)).values_list("balance", flat=True)
    return balance.first() or ZERO


def held_amounts(references: Iterable[str]) -> dict[str, Decimal]:
    """What lies in suspense of each bank credit; one query."""
    rows = Account.objects.filter(kind=Account.Kind.SUSPENSE, holder__in=list(references))
    return {row.holder: -row.balance for row in rows}


def credit_view(row: BankCredit, left: Decimal) -> CreditView:
    """A credit as others see it."""
    state = CreditState(row.state)
    return CreditView(
        row.id, row.reference, row.booked_at, row.amount, left, row.payer, row.text, state, row.applied_to, row.demo
    )


def refund_view(row: Refund) -> RefundView:
    """A refund as others see it."""
    return RefundView(
        row.id, row.number, row.party, row.amount, row.reason, RefundState(row.state), row.asked_by, row.asked_at,
        row.decision, row.decided_at,
    )  # fmt: skip
