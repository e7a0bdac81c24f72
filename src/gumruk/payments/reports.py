"""Reports of the cash desk: the daybook of an office by day, cashier or month, with totals by means and by kind."""

from __future__ import annotations

import uuid
from collections import defaultdict
from datetime import date
from decimal import Decimal

from gumruk.payments.models import Receipt, Shift
from gumruk.payments.showing import ZERO, drawer, receipt_view, shift_view
from gumruk.payments.types import DaybookReport


def daybook(*, office: str, since: date, until: date, cashier: uuid.UUID | None = None) -> DaybookReport:
    """Shifts and receipts whose daybook day is from `since` up to, not including, `until`; two queries and one per open shift.

    What was reversed counts with its sign where the reversal was made, so the totals are what the desk really kept.
    """
    shifts = Shift.objects.filter(office=office, daybook__gte=since, daybook__lt=until)
    rows = Receipt.objects.filter(office=office, daybook__gte=since, daybook__lt=until)
    if cashier is not None:
        shifts = shifts.filter(cashier=cashier)
        rows = rows.filter(shift__in=shifts.values("id"))
    found = tuple(receipt_view(row) for row in rows.order_by("id"))
    by_means: dict[str, Decimal] = defaultdict(lambda: ZERO)
    by_operation: dict[str, Decimal] = defaultdict(lambda: ZERO)
    for one in found:
        by_means[one.means] += one.signed
        by_operation[one.operation.value] += one.signed
    return DaybookReport(
        office=office,
        since=since,
        until=until,
        shifts=tuple(
            shift_view(row, ZERO if row.closed_at else drawer(row.id)) for row in shifts.order_by("daybook", "number")
        ),
        receipts=found,
        by_means=tuple(sorted(by_means.items())),
        by_operation=tuple(sorted(by_operation.items())),
        total=sum(by_means.values(), ZERO),
    )
