"""Enters exchange rates. A rate that stands is never overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from gumruk.law.types import ExchangeRate
from gumruk.reference.models import ExchangeRate as RateRow
from gumruk.reference.types import RateOfExchangeRefused

PER = (1, 10, 100, 1000, 10000)


@transaction.atomic
def enter_rates(*, rates: Iterable[ExchangeRate], at: datetime) -> int:
    """Enter official rates, all or none; returns how many.

    Raises RateOfExchangeRefused `rate_stands`, `per_unknown`, `not_positive`.
    """
    rows = list(rates)
    for row in rows:
        if row.per not in PER:
            raise RateOfExchangeRefused("per_unknown", currency=row.currency, per=str(row.per))
        if row.rate <= 0:
            raise RateOfExchangeRefused("not_positive", currency=row.currency, rate=str(row.rate))
        if RateRow.objects.filter(currency=row.currency, day=row.day).exists():
            raise RateOfExchangeRefused("rate_stands", currency=row.currency, day=row.day.isoformat())
    RateRow.objects.bulk_create(
        RateRow(
            currency=row.currency,
            day=row.day,
            per=row.per,
            rate=row.rate,
            source=row.source,
            confidence=row.confidence,
            published_at=at,
        )
        for row in rows
    )
    return len(rows)
