"""Enters exchange rates. A rate that stands is never overwritten: a correction is a new version, by two persons."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from gumruk.law.types import Confidence, ExchangeRate
from gumruk.reference import selectors
from gumruk.reference.models import ExchangeRate as RateRow
from gumruk.reference.models import KeptSheet
from gumruk.reference.types import (
    CONFIRMS,
    DIGITS,
    ENTERS,
    KEPT,
    PER,
    SCALE,
    Acting,
    RateOfExchangeRefused,
    RateStatus,
    RateVersion,
)
from gumruk.toolkit import outbox
from gumruk.toolkit.rows import new_id
from gumruk.toolkit.sheets import LIMIT, SheetRefused

_KEEP = """
INSERT INTO reference_keptsheet (id, name, data, by, at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (by) DO UPDATE SET id = EXCLUDED.id, name = EXCLUDED.name, data = EXCLUDED.data, at = EXCLUDED.at
"""

SOURCE_LENGTH = 120


def _require(by: Acting | None, *roles: str) -> None:
    if by is not None and not any(grant.role in roles for grant in by.grants):
        raise RateOfExchangeRefused("not_allowed")


def _sensible(currency: str, per: int, rate: Decimal) -> None:
    """Raises RateOfExchangeRefused when the numbers cannot be a rate."""
    if per not in PER:
        raise RateOfExchangeRefused("per_unknown", currency=currency, per=str(per))
    if not rate.is_finite() or rate <= 0:
        raise RateOfExchangeRefused("not_positive", currency=currency, rate=str(rate))
    if rate >= 10**DIGITS or rate != round(rate, SCALE):
        raise RateOfExchangeRefused("too_fine", currency=currency, rate=str(rate))


@transaction.atomic
def enter_rates(
    *,
    rates: Iterable[ExchangeRate],
    at: datetime,
    by: Acting | None = None,
    published_at: datetime | None = None,
    limit_percent: Decimal | None = None,
    confirmed: bool = False,
) -> int:
    """Enter official rates of any days, all or none; returns how many. A rate for tomorrow may be entered today.

    `by` is None only for the demonstration. A change beyond `limit_percent` since the rate before it is entered only
    when `confirmed`. Used by: the page of rates, `gumruk exchange-rates`, the demonstration.
    Raises RateOfExchangeRefused `not_allowed`, `rate_stands`, `twice`, `per_unknown`, `not_positive`, `too_fine`,
    `source_too_long`, `published_later`, `unusual`.
    """
    _require(by, *ENTERS)
    rows = list(rates)
    said = published_at or at
    if said > at:
        raise RateOfExchangeRefused("published_later")
    seen: set[tuple[str, date]] = set()
    for row in rows:
        _sensible(row.currency, row.per, row.rate)
        if len(row.source) > SOURCE_LENGTH:
            raise RateOfExchangeRefused("source_too_long", limit=str(SOURCE_LENGTH))
        if (row.currency, row.day) in seen:
            raise RateOfExchangeRefused("twice", currency=row.currency, day=row.day.isoformat())
        seen.add((row.currency, row.day))
    _refuse_standing(rows)
    if limit_percent is not None and not confirmed and (moved := selectors.jumps(rows, limit_percent=limit_percent)):
        listed = ", ".join(f"{jump.currency} {jump.percent:+f} %" for jump in moved)
        raise RateOfExchangeRefused("unusual", currencies=listed, limit=str(limit_percent))
    try:
        with transaction.atomic():
            RateRow.objects.bulk_create([_new_row(row, said, at, by) for row in rows], batch_size=1000)
    except IntegrityError as meanwhile:
        raise RateOfExchangeRefused("entered_meanwhile") from meanwhile
    if by is not None:
        outbox.add("exchange_rates.entered", office="", at=at, days=sorted({row.day.isoformat() for row in rows}))
    return len(rows)


def _refuse_standing(rows: list[ExchangeRate]) -> None:
    days = {row.day for row in rows}
    kept = set(RateRow.objects.filter(day__in=days).values_list("currency", "day"))
    for row in rows:
        if (row.currency, row.day) in kept:
            raise RateOfExchangeRefused("rate_stands", currency=row.currency, day=row.day.isoformat())


def _new_row(rate: ExchangeRate, published_at: datetime, at: datetime, by: Acting | None) -> RateRow:
    return RateRow(
        currency=rate.currency,
        day=rate.day,
        per=rate.per,
        rate=rate.rate,
        source=rate.source,
        confidence=rate.confidence,
        published_at=published_at,
        entered_at=at,
        entered_by=None if by is None else by.id,
        entered_by_name="" if by is None else by.username,
    )


@transaction.atomic
def propose_correction(
    *, currency: str, day: date, per: int, rate: Decimal, reason: str, by: Acting, at: datetime, source: str = ""
) -> RateVersion:
    """Propose another rate where one stands; it holds only when a second person accepts it.

    What was assessed with the standing rate stays as it is: replay shows the difference.
    Raises RateOfExchangeRefused `not_allowed`, `reason_missing`, `no_rate`, `same_rate`, `correction_waits`,
    `per_unknown`, `not_positive`, `too_fine`.
    """
    _require(by, *ENTERS)
    if not reason.strip():
        raise RateOfExchangeRefused("reason_missing")
    _sensible(currency, per, rate)
    rows = RateRow.objects.select_for_update().filter(currency=currency, day=day)
    standing = rows.filter(status=RateStatus.STANDING).first()
    if standing is None:
        raise RateOfExchangeRefused("no_rate", currency=currency, day=day.isoformat())
    if rows.filter(status=RateStatus.PROPOSED).exists():
        raise RateOfExchangeRefused("correction_waits", currency=currency, day=day.isoformat())
    if (standing.per, standing.rate) == (per, rate):
        raise RateOfExchangeRefused("same_rate", currency=currency, day=day.isoformat())
    last = RateRow.objects.filter(currency=currency, day=day).aggregate(last=Max("version"))["last"]
    row = _new_row(
        ExchangeRate(currency, day, per, rate, source or standing.source, Confidence(standing.confidence)), at, at, by
    )
    row.version, row.status, row.reason = last + 1, RateStatus.PROPOSED, reason.strip()[:500]
    row.save(force_insert=True)
    outbox.add("exchange_rate.correction_proposed", office="", at=at, root=row.id)
    return selectors.version_of(row)


@transaction.atomic
def decide_correction(*, currency: str, day: date, accept: bool, by: Acting, at: datetime) -> RateVersion:
    """Accept or refuse the waiting correction; another person than the one who proposed it.

    Raises RateOfExchangeRefused `not_allowed`, `no_correction`, `same_person`.
    """
    _require(by, CONFIRMS)
    rows = RateRow.objects.select_for_update().filter(currency=currency, day=day)
    waiting = rows.filter(status=RateStatus.PROPOSED).first()
    if waiting is None:
        raise RateOfExchangeRefused("no_correction", currency=currency, day=day.isoformat())
    if waiting.entered_by == by.id:
        raise RateOfExchangeRefused("same_person")
    if accept:
        standing = rows.get(status=RateStatus.STANDING)
        standing.status = RateStatus.SUPERSEDED
        standing.save(update_fields=["status"])
    waiting.status = RateStatus.STANDING if accept else RateStatus.REFUSED
    waiting.decided_at, waiting.decided_by, waiting.decided_by_name = at, by.id, by.username
    waiting.save(update_fields=["status", "decided_at", "decided_by", "decided_by_name"])
    event = "exchange_rate.corrected" if accept else "exchange_rate.correction_refused"
    outbox.add(event, office="", at=at, root=waiting.id)
    return selectors.version_of(waiting)


@transaction.atomic
def keep_sheet(*, name: str, data: bytes, by: Acting, at: datetime, roles: Collection[str] = ENTERS) -> uuid.UUID:
    """Keep an uploaded sheet between its preview and its use, in place of the one this person kept before.

    `roles` may do what the sheet is for; the door says them. Used by: pages of rates, tariff and items.

    Raises SheetRefused `not_allowed`, `too_large`.
    """
    if not any(grant.role in roles for grant in by.grants):
        raise SheetRefused("not_allowed")
    if len(data) > LIMIT:
        raise SheetRefused("too_large", limit=f"{LIMIT // 1_000_000} MB")
    forget_old_sheets(at)
    made = new_id()  # a new id: a preview that is still open elsewhere cannot put in what it never showed
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [made, name.replace("\x00", "")[:200], data, by.id, at])
    return made


def forget_old_sheets(at: datetime) -> None:
    """Sheets older than a day go. Used by: the hourly task."""
    KeptSheet.objects.filter(at__lt=at - KEPT).delete()


def forget_sheet(*, sheet: uuid.UUID, by: Acting) -> None:
    """A kept sheet that was used is not kept any longer."""
    KeptSheet.objects.filter(id=sheet, by=by.id).delete()
