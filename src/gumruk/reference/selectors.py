"""Reads exchange rates: those of the day itself, never of another, never inverse, never crossed."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from django.db import connection

from gumruk.law.types import Confidence, ExchangeRate
from gumruk.reference.models import ExchangeRate as RateRow
from gumruk.reference.models import KeptSheet
from gumruk.reference.types import KEPT, Acting, Jump, RateStatus, RateVersion

_WHICH = "SELECT md5(string_agg(id::text, ',' ORDER BY id)) FROM reference_exchangerate WHERE day = %s AND status = %s"


def rates_on(day: date) -> tuple[ExchangeRate, ...]:
    """Every official rate of `day`; one short query that says which, two when they are not known here yet.

    Empty when none was published for the day.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WHICH, [day, RateStatus.STANDING])
        which = cursor.fetchone()[0]
    return _rates(day, which) if which else ()


@lru_cache(maxsize=128)
def _rates(day: date, _which: str) -> tuple[ExchangeRate, ...]:
    """The rates of a day, kept under the digest of their rows: a correction has another digest."""
    return tuple(
        ExchangeRate(row.currency, row.day, row.per, row.rate, row.source, Confidence(row.confidence))
        for row in RateRow.objects.filter(day=day, status=RateStatus.STANDING).order_by("currency")
    )


def version_of(row: RateRow) -> RateVersion:
    """A row as others see it."""
    return RateVersion(
        id=row.id,
        currency=row.currency,
        day=row.day,
        per=row.per,
        rate=row.rate,
        source=row.source,
        confidence=Confidence(row.confidence),
        version=row.version,
        status=RateStatus(row.status),
        reason=row.reason,
        published_at=row.published_at,
        entered_at=row.entered_at or row.published_at,
        entered_by_name=row.entered_by_name,
        decided_at=row.decided_at,
        decided_by_name=row.decided_by_name,
    )


def versions_on(day: date) -> tuple[RateVersion, ...]:
    """Every version of every rate of `day`, by currency and version; one query."""
    return tuple(version_of(row) for row in RateRow.objects.filter(day=day).order_by("currency", "version"))


def proposals() -> tuple[RateVersion, ...]:
    """Corrections that wait for a second person, oldest first; one query."""
    rows = RateRow.objects.filter(status=RateStatus.PROPOSED).order_by("entered_at", "id")
    return tuple(version_of(row) for row in rows)


def days_with_rates(*, until: date, count: int = 14) -> tuple[date, ...]:
    """The newest days that have rates, up to and with `until`; one query."""
    days = RateRow.objects.filter(day__lte=until, status=RateStatus.STANDING).values_list("day", flat=True)
    return tuple(days.distinct().order_by("-day")[:count])


def jumps(rates: Iterable[ExchangeRate], *, limit_percent: Decimal) -> tuple[Jump, ...]:
    """Rates that moved more than the limit since the last one before their day; one query for each day in `rates`.

    The older rate is only looked at: it never stands in for a missing one.
    """
    found: list[Jump] = []
    by_day: dict[date, list[ExchangeRate]] = {}
    for rate in rates:
        by_day.setdefault(rate.day, []).append(rate)
    for day, rows in sorted(by_day.items()):
        earlier = {
            row.currency: row
            for row in RateRow.objects.filter(
                currency__in=[row.currency for row in rows], day__lt=day, status=RateStatus.STANDING
            )
            .order_by("currency", "-day")
            .distinct("currency")
        }
        found += [jump for row in rows if (jump := _jump(row, earlier.get(row.currency), limit_percent))]
    return tuple(found)


def _jump(rate: ExchangeRate, earlier: RateRow | None, limit_percent: Decimal) -> Jump | None:
    if earlier is None:
        return None
    before, after = earlier.rate / earlier.per, rate.rate / rate.per
    percent = (after - before) * 100 / before
    if abs(percent) <= limit_percent:
        return None
    return Jump(rate.currency, rate.day, before, earlier.day, after, percent.quantize(Decimal("0.1")))


def kept_sheet(*, sheet: uuid.UUID, by: Acting, at: datetime) -> tuple[str, bytes] | None:
    """Name and bytes of a sheet that this person uploaded; None when it is not kept any longer."""
    row = KeptSheet.objects.filter(id=sheet, by=by.id, at__gte=at - KEPT).first()
    return (row.name, bytes(row.data)) if row else None
