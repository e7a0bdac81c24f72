"""Reads exchange rates: those of the day itself, never of another."""

from __future__ import annotations

from datetime import date

from gumruk.law.types import Confidence, ExchangeRate
from gumruk.reference.models import ExchangeRate as RateRow


def rates_on(day: date) -> tuple[ExchangeRate, ...]:
    """Every official rate of `day`; one query. Empty when none was published for it."""
    return tuple(
        ExchangeRate(row.currency, row.day, row.per, row.rate, row.source, Confidence(row.confidence))
        for row in RateRow.objects.filter(day=day).order_by("currency")
    )
