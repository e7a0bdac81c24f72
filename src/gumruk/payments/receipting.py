"""Writes receipts: the serial of the office and year, and for the desk the daybook day, shift and operation number."""

from __future__ import annotations

import re
import uuid
from datetime import datetime
from decimal import Decimal

from gumruk.payments.models import Receipt, Shift
from gumruk.payments.showing import receipt_view
from gumruk.payments.types import Operation, PaymentRefused, ReceiptView
from gumruk.toolkit import outbox
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.rows import month_of
from gumruk.toolkit.serials import next_serial

LIMIT = Decimal(10) ** 15
_PARTY = re.compile(r"[0-9]{1,17}\Z", re.ASCII)


def checked(amount: Decimal) -> Decimal:
    """The amount when it is money: finite, above zero, whole dirams. Raises PaymentRefused `not_positive`."""
    # The bound comes before the rounding: an amount of too many digits cannot be rounded at all.
    if not amount.is_finite() or not 0 < amount < LIMIT or amount != round(amount, 2):
        raise PaymentRefused("not_positive", amount=str(amount))
    return amount


def party_of(text: str) -> str:
    """The taxpayer number whose account it is. Raises PaymentRefused `party_missing`, `party_malformed`."""
    party = text.strip()
    if not party:
        raise PaymentRefused("party_missing")
    if not _PARTY.match(party):
        raise PaymentRefused("party_malformed", party=ascii(party[:40]))
    return party


def open_shift_of(cashier: uuid.UUID | None, office: str) -> Shift:
    """The cashier's open shift at the office, locked. Raises PaymentRefused `no_open_shift`."""
    rows = Shift.objects.select_for_update().filter(office=office, closed_at__isnull=True).order_by("id")
    shift = rows.filter(cashier=cashier).first() if cashier else None
    if shift is None:
        raise PaymentRefused("no_open_shift", office=office)
    return shift


def write_receipt(
    *,
    operation: Operation,
    amount: Decimal,
    means: str,
    office: str,
    at: datetime,
    by: uuid.UUID | None,
    transaction: uuid.UUID,
    shift: Shift | None = None,
    declaration: uuid.UUID | None = None,
    **said: str | uuid.UUID,
) -> ReceiptView:
    """Store one receipt; its serial is given last, so that its lock is held shortly."""
    if shift is not None:
        shift.operations += 1
        shift.save(update_fields=["operations"])
    year = law_day(at).year
    receipt = Receipt.objects.create(
        office=office,
        month=month_of(at),
        number=f"{office}/{year}/R{next_serial(kind='receipt', office=office, year=year)}",
        operation=operation,
        amount=amount,
        means=means,
        declaration=declaration,
        transaction=transaction,
        shift=shift.id if shift else None,
        daybook=shift.daybook if shift else None,
        shift_number=shift.number if shift else None,
        operation_number=shift.operations if shift else None,
        by_name=shift.cashier_name if shift else "",
        by=by,
        at=at,
        **said,
    )
    outbox.add(
        "payment.received" if operation is Operation.DECLARATION else f"payment.{operation}",
        office=office, at=at, root=declaration or receipt.id, receipt=receipt.number, amount=str(amount),
    )  # fmt: skip
    return receipt_view(receipt)
