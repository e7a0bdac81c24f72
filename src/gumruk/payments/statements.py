"""The statement of a firm's account over a period: what stood at its start, every movement, what stood at its end.

Read from the ledger's entries and nothing else, so it says what the ledger says. Money is that of the firm: what it
paid in is positive, what was taken from it negative.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Sum

from gumruk.payments.models import Account, Charge, Entry, Transaction
from gumruk.payments.showing import ZERO
from gumruk.payments.types import Movement, PaymentRefused
from gumruk.toolkit.clock import OFFICE_ZONE

LONGEST = timedelta(days=366)
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Statement:
    """An account from the first day up to and with the last; closing is opening with every movement."""

    party: str
    account: uuid.UUID | None
    since: date
    until: date
    opening: Decimal
    rows: tuple[Movement, ...]
    received: Decimal
    taken: Decimal
    closing: Decimal


def statement_of(*, party: str, since: date, until: date) -> Statement:
    """The prepayment account of a firm from `since` to `until`, both days whole; at most five queries.

    Raises PaymentRefused `period_wrong`, `period_too_long`, `too_many_rows`.
    """
    if until < since:
        raise PaymentRefused("period_wrong")
    if until - since > LONGEST:
        raise PaymentRefused("period_too_long", days=str(LONGEST.days))
    account = Account.objects.filter(kind=Account.Kind.PREPAYMENT, holder=party).values_list("id", flat=True).first()
    if account is None:
        return Statement(party, None, since, until, ZERO, (), ZERO, ZERO, ZERO)
    start, end = _begin(since), _begin(until + timedelta(days=1))
    opening = _sum_before(account, start)
    rows = _movements(account, start, end, opening)
    received = sum((row.amount for row in rows if row.amount > 0), ZERO)
    taken = sum((row.amount for row in rows if row.amount < 0), ZERO)
    return Statement(party, account, since, until, opening, rows, received, taken, opening + received + taken)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), OFFICE_ZONE)


def _sum_before(account: uuid.UUID, moment: datetime) -> Decimal:
    """What the firm had before a moment: its entries of the transactions that happened earlier."""
    earlier = Transaction.objects.filter(at__lt=moment).values("id")
    total = Entry.objects.filter(account=account, transaction__in=earlier).aggregate(total=Sum("amount"))["total"]
    return -total if total else ZERO


def _movements(account: uuid.UUID, start: datetime, end: datetime, opening: Decimal) -> tuple[Movement, ...]:
    within = Transaction.objects.filter(at__gte=start, at__lt=end).values("id")
    entries = list(Entry.objects.filter(account=account, transaction__in=within).order_by("id")[: MOST_ROWS + 1])
    if len(entries) > MOST_ROWS:
        raise PaymentRefused("too_many_rows", limit=str(MOST_ROWS))
    made = Transaction.objects.in_bulk([entry.transaction for entry in entries])
    numbers = dict(
        Charge.objects.filter(root__in={event.root for event in made.values()}).values_list("root", "reference")
    )
    rows, balance = [], opening
    for entry in sorted(entries, key=lambda entry: (made[entry.transaction].at, entry.id)):
        event = made[entry.transaction]
        balance -= entry.amount
        number = numbers.get(event.root, "") if event.root else ""
        rows.append(Movement(event.at, -entry.amount, event.kind, event.source, balance, event.root, number))
    return tuple(rows)
