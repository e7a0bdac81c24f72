"""Reports of the cash desk: the daybook of an office by day, cashier or month, with totals by means and by kind."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gumruk.payments.models import Receipt, Shift
from gumruk.payments.showing import ZERO, drawer, receipt_view, shift_view
from gumruk.payments.types import DaybookReport, ReceiptView


@dataclass(frozen=True, slots=True)
class Totals:
    """Signed sums of receipts, by means of payment and by what was paid."""

    by_means: tuple[tuple[str, Decimal], ...]
    by_operation: tuple[tuple[str, Decimal], ...]


def totals_of(receipts: Iterable[ReceiptView]) -> Totals:
    """What receipts add up to. What was reversed counts with its sign, so the totals are what the desk really kept."""
    by_means: dict[str, Decimal] = defaultdict(lambda: ZERO)
    by_operation: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for one in receipts:
        by_means[one.means] += one.signed
        by_operation[one.operation.value] += one.signed
    return Totals(tuple(sorted(by_means.items())), tuple(sorted(by_operation.items())))


def daybook(*, office: str, since: date, until: date, cashier: uuid.UUID | None = None) -> DaybookReport:
    """Shifts and receipts whose daybook day is from `since` up to, not including, `until`; two queries and one per open shift."""
    shifts = Shift.objects.filter(office=office, daybook__gte=since, daybook__lt=until)
    rows = Receipt.objects.filter(office=office, daybook__gte=since, daybook__lt=until)
    if cashier is not None:
        shifts = shifts.filter(cashier=cashier)
        rows = rows.filter(shift__in=shifts.values("id"))
    found = tuple(receipt_view(row) for row in rows.order_by("id"))
    totals = totals_of(found)
    return DaybookReport(
        office=office,
        since=since,
        until=until,
        shifts=tuple(
            shift_view(row, ZERO if row.closed_at else drawer(row.id)) for row in shifts.order_by("daybook", "number")
        ),
        receipts=found,
        by_means=totals.by_means,
        by_operation=totals.by_operation,
        total=sum((amount for _, amount in totals.by_means), ZERO),
    )
