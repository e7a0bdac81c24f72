"""The register of receipts: every receipt of a time in order, a page at a time, and its sums. A reversal keeps its sign.

Used by: the pages and prints of registers.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When

from gumruk.payments.models import Receipt
from gumruk.payments.showing import receipt_view
from gumruk.payments.types import Operation, ReceiptView

ZERO = Decimal(0)


def _inside(since: datetime, until: datetime, offices: Collection[str] | None, apart: str) -> QuerySet[Receipt]:
    rows = Receipt.objects.filter(at__gte=since, at__lt=until)
    if apart:
        rows = rows.exclude(office=apart)
    if offices is None:
        return rows
    return rows.filter(office=next(iter(offices))) if len(offices) == 1 else rows.filter(office__in=sorted(offices))


def entries(
    *,
    since: datetime,
    until: datetime,
    offices: Collection[str] | None,
    after: tuple[datetime, uuid.UUID] | None,
    size: int,
    apart: str = "",
) -> list[ReceiptView]:
    """Up to `size` receipts in order of time, those behind `after`; one query.

    `offices` None is every one but `apart`, whose books hold no real money.
    """
    rows = _inside(since, until, offices, apart)
    if after is not None:
        moment, last = after
        rows = rows.filter(at__gte=moment).filter(Q(at__gt=moment) | Q(at=moment, id__gt=last))
    return [receipt_view(row) for row in rows.order_by("at", "id")[:size]]


def sums(
    *, since: datetime, until: datetime, offices: Collection[str] | None, apart: str = ""
) -> tuple[int, dict[str, Decimal]]:
    """How many receipts there are and what they add up to, money given out being taken off; one query."""
    signed = Case(When(operation=Operation.PAYOUT, then=-F("amount")), default=F("amount"))
    found: dict[str, Any] = _inside(since, until, offices, apart).aggregate(number=Count("id"), amount=Sum(signed))
    return found["number"], {"amount": found["amount"] or ZERO}
