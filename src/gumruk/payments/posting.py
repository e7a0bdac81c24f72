"""Posts balanced transactions to the ledger. Everything that moves money goes through `post`, in three statements.

Accounts are locked in one order everywhere – held money and drawers first, then by kind and holder – so that two
payments never wait for each other. Accounts that many lodgings touch at once are kept per office.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from django.db import DataError, connection

from gumruk.payments.models import Entry
from gumruk.payments.types import PaymentRefused
from gumruk.toolkit import rows
from gumruk.toolkit.rows import month_of, new_id

Holder = tuple[str, str]  # kind of account, holder

# Money that we hold for others may not be overdrawn; a drawer cannot give what is not in it.
HELD = frozenset({"prepayment", "suspense", "refund"})
SHORT = {
    "prepayment": "insufficient_balance",
    "suspense": "credit_applied",
    "refund": "refund_paid",
    "cash": "drawer_short",
}

_TRANSACTION = """
INSERT INTO payments_transaction (id, root, office, month, kind, source, reason, by, at)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT (kind, source) DO NOTHING
"""
_LOCK = """
SELECT id, kind, holder, balance FROM payments_account WHERE (kind, holder) IN ({pairs})
ORDER BY kind COLLATE "C", holder COLLATE "C" FOR UPDATE
"""
_MOVE = """
INSERT INTO payments_account (id, kind, holder, balance) VALUES {rows}
ON CONFLICT (kind, holder) DO UPDATE SET balance = payments_account.balance + EXCLUDED.balance
RETURNING id, kind, holder
"""
_TAKE = "UPDATE payments_account SET balance = balance + %s WHERE id = %s"


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
    """Write one transaction inside the caller's. Amounts of zero leave no entry.

    Raises PaymentRefused `already_counted`, `insufficient_balance`, `drawer_short`, `credit_applied`, `refund_paid`,
    `balance_too_large`;
    ValueError when the amounts do not sum to zero.
    """
    moved = {holder: amount for holder, amount in amounts.items() if amount}
    if sum(moved.values()) != 0:
        raise ValueError(f"unbalanced transaction {kind} {source}")
    made, root, month = new_id(), root or new_id(), month_of(at)
    with connection.cursor() as cursor:
        cursor.execute(_TRANSACTION, [made, root, office, month, kind, source, reason[:500], by, at])
        if cursor.rowcount == 0:
            raise PaymentRefused("already_counted", source=source)
    try:
        accounts = _move(moved)
    except DataError as too_large:  # the caller's transaction goes back with this refusal
        raise PaymentRefused("balance_too_large") from too_large
    entries = (
        Entry(root=root, office=office, month=month, transaction=made, account=accounts[holder], amount=amount)
        for holder, amount in moved.items()
    )
    rows.add(*entries)
    return made


def _takes(holder: Holder, amount: Decimal) -> bool:
    return (holder[0] in HELD and amount > 0) or (holder[0] == "cash" and amount < 0)


def _order(holder: Holder) -> tuple[bool, Holder]:
    return (holder[0] not in SHORT, holder)


def _move(moved: Mapping[Holder, Decimal]) -> dict[Holder, uuid.UUID]:
    """Change the kept balances; returns the accounts' ids. One statement, and two for each bounded account it takes from."""
    taken = [holder for holder in sorted(moved, key=_order) if _takes(holder, moved[holder])]
    found: dict[Holder, uuid.UUID] = _take(taken, moved) if taken else {}
    rest = [holder for holder in sorted(moved, key=_order) if holder not in found]
    if rest:
        rows = [value for holder in rest for value in (new_id(), *holder, moved[holder])]
        with connection.cursor() as cursor:
            cursor.execute(_MOVE.format(rows=", ".join(["(%s, %s, %s, %s)"] * len(rest))), rows)
            found |= {(kind, holder): account for account, kind, holder in cursor.fetchall()}
    return found


def _take(taken: Iterable[Holder], moved: Mapping[Holder, Decimal]) -> dict[Holder, uuid.UUID]:
    """Lock every bounded account of the transaction, then take from those that give, if they hold enough."""
    bounded = [holder for holder in sorted(moved, key=_order) if holder[0] in SHORT]
    found: dict[Holder, uuid.UUID] = {}
    with connection.cursor() as cursor:
        pairs = ", ".join(["(%s, %s)"] * len(bounded))
        cursor.execute(_LOCK.format(pairs=pairs), [word for holder in bounded for word in holder])
        rows = {(kind, holder): (account, balance) for account, kind, holder, balance in cursor.fetchall()}
        for holder in taken:
            account, balance = rows.get(holder, (None, Decimal("0.00")))
            if account is None or abs(balance) < abs(moved[holder]):
                raise PaymentRefused(SHORT[holder[0]], balance=str(abs(balance)), needed=str(abs(moved[holder])))
            cursor.execute(_TAKE, [moved[holder], account])
            found[holder] = account
    return found
