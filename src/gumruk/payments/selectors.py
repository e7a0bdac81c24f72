"""Reads of money."""

from __future__ import annotations

import uuid
from decimal import Decimal

from django.db.models import Sum

from gumruk.payments.models import Account, Charge, Entry, Receipt, Transaction
from gumruk.payments.types import ChargeView, Movement, ReceiptView


def charge_of(*, declaration: uuid.UUID) -> ChargeView | None:
    """What a declaration owes; one query."""
    charge = Charge.objects.filter(root=declaration).first()
    if charge is None:
        return None
    kinds = tuple((kind, Decimal(amount)) for kind, amount in charge.kinds.items())
    return ChargeView(charge.root, charge.reference, charge.payer, charge.due, charge.paid, kinds, charge.cancelled)


def receipts(*, declaration: uuid.UUID) -> tuple[ReceiptView, ...]:
    """Receipts of a declaration, oldest first; one query."""
    rows = Receipt.objects.filter(declaration=declaration).order_by("id")
    return tuple(ReceiptView(r.id, r.number, r.amount, r.means, r.at, r.reference, r.payer) for r in rows)


def balance(*, party: str) -> Decimal:
    """What we hold for a party on its prepayment account; one query."""
    row = Account.objects.filter(kind=Account.Kind.PREPAYMENT, holder=party).first()
    return -row.balance if row else Decimal("0.00")


def statement(*, party: str) -> tuple[Movement, ...]:
    """The movements of a prepayment account, newest first; three queries."""
    row = Account.objects.filter(kind=Account.Kind.PREPAYMENT, holder=party).first()
    if row is None:
        return ()
    entries = list(Entry.objects.filter(account=row.id).order_by("-id")[:500])
    found = Transaction.objects.in_bulk([entry.transaction for entry in entries])
    return tuple(
        Movement(made.at, -entry.amount, made.kind, made.source)
        for entry in entries
        if (made := found.get(entry.transaction))
    )


def out_of_balance() -> tuple[uuid.UUID, ...]:
    """Accounts whose kept balance is not the sum of their entries: must always be none."""
    sums = {
        row["account"]: row["total"] for row in Entry.objects.values("account").annotate(total=Sum("amount")).order_by()
    }
    return tuple(row.id for row in Account.objects.all() if row.balance != sums.get(row.id, Decimal(0)))
