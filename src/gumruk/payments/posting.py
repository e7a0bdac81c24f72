"""Posts balanced transactions to the ledger. Everything that moves money goes through `post`."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F

from gumruk.payments.models import Account, Entry, Transaction
from gumruk.payments.types import PaymentRefused
from gumruk.toolkit.rows import month_of, new_id

Holder = tuple[str, str]  # kind of account, holder


def account(kind: str, holder: str) -> Account:
    """The account, locked; made when it is the first of its name."""
    Account.objects.bulk_create([Account(kind=kind, holder=holder)], ignore_conflicts=True)
    return Account.objects.select_for_update().get(kind=kind, holder=holder)


def post(
    *,
    kind: str,
    source: str,
    amounts: Mapping[Holder, Decimal],
    office: str,
    at: datetime,
    by: uuid.UUID | None,
    root: uuid.UUID | None = None,
    reason: str = "",
) -> uuid.UUID:
    """Write one transaction. Raises PaymentRefused `already_counted`, `insufficient_balance`, or ValueError unbalanced."""
    moved = {holder: amount for holder, amount in amounts.items() if amount}
    if sum(moved.values()) != 0:
        raise ValueError(f"unbalanced transaction {kind} {source}")
    common = {"root": root or new_id(), "office": office, "month": month_of(at)}
    try:
        with transaction.atomic():
            made = Transaction.objects.create(**common, kind=kind, source=source, reason=reason, by=by, at=at)
    except IntegrityError as clash:
        raise PaymentRefused("already_counted", source=source) from clash
    # Accounts are locked in one order everywhere, so two payments never wait for each other.
    for holder in sorted(moved):
        row = account(*holder)
        if row.kind == Account.Kind.PREPAYMENT and row.balance + moved[holder] > 0:
            raise PaymentRefused("insufficient_balance", balance=str(-row.balance), needed=str(moved[holder]))
        Entry.objects.create(**common, transaction=made.id, account=row.id, amount=moved[holder])
        Account.objects.filter(id=row.id).update(balance=F("balance") + moved[holder])
    return made.id
