"""Sums of the ledger and of receipts, for analysis. Used by: the figures, which keep what is counted here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Min

from gumruk.payments.models import Transaction
from gumruk.toolkit.clock import OFFICE_ZONE, law_day
from gumruk.toolkit.rows import first_id


class Posted(NamedTuple):
    """What one declaration (None: no declaration) brought on one day: `key` is the kind of payment or the means."""

    office: str
    day: date
    root: UUID | None
    key: str
    number: int
    amount: Decimal


# Revenue grows by negative entries; what was cancelled or corrected came back by positive ones.
_REVENUE = """
SELECT t.office, (t.at AT TIME ZONE %s)::date AS day, t.root, split_part(a.holder, '@', 1) AS kind,
  count(*), -sum(e.amount)
FROM payments_transaction t
JOIN payments_entry e ON e.transaction = t.id
JOIN payments_account a ON a.id = e.account AND a.kind = 'revenue'
WHERE t.at >= %s AND t.at < %s AND (%s::text[] IS NULL OR t.office = ANY(%s))
GROUP BY 1, 2, 3, 4
"""
_RECEIVED = """
SELECT office, (at AT TIME ZONE %s)::date AS day, declaration, means, count(*), sum(amount)
FROM payments_receipt
WHERE at >= %s AND at < %s AND declaration IS NOT NULL AND (%s::text[] IS NULL OR office = ANY(%s))
GROUP BY 1, 2, 3, 4
"""


def revenue(*, since: datetime, until: datetime, offices: Collection[str] | None = None) -> Iterator[Posted]:
    """What the ledger's revenue accounts gained, by kind of payment, on the day of posting; one query."""
    return _read(_REVENUE, since, until, offices)


def received(*, since: datetime, until: datetime, offices: Collection[str] | None = None) -> Iterator[Posted]:
    """Receipts for declarations by means of payment; what was reversed counts with its sign; one query."""
    return _read(_RECEIVED, since, until, offices)


def _read(statement: str, since: datetime, until: datetime, offices: Collection[str] | None) -> Iterator[Posted]:
    chosen = None if offices is None else sorted(offices)
    with connection.cursor() as cursor:
        cursor.execute(statement, [OFFICE_ZONE.key, since, until, chosen, chosen])
        yield from map(Posted._make, cursor.fetchall())


_CHANGED = """
SELECT DISTINCT office, (at AT TIME ZONE %s)::date FROM payments_transaction WHERE id >= %s
UNION
SELECT DISTINCT office, (at AT TIME ZONE %s)::date FROM payments_receipt WHERE id >= %s
"""


def changed_since(*, written: datetime) -> set[tuple[str, date]]:
    """Office and day of every posting and receipt written since `written`; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [OFFICE_ZONE.key, first_id(written)] * 2)
        return set(cursor.fetchall())


def first_day() -> date | None:
    """The day of the earliest posting; None when there is none; one query."""
    first = Transaction.objects.aggregate(first=Min("at"))["first"]
    return law_day(first) if first else None
