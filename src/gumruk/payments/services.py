"""Changes to money: charges raised, paid, reversed and cancelled; prepayments deposited.

Sign convention: what we have or are owed (bank, cash, debt) grows by positive entries; what we owe or earned
(prepayment, revenue) by negative ones. Every transaction sums to zero.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gumruk.payments.models import Charge, Receipt
from gumruk.payments.posting import post
from gumruk.payments.types import ChargeView, PaymentRefused, ReceiptView
from gumruk.toolkit import outbox
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.rows import month_of, new_id
from gumruk.toolkit.serials import next_serial

ZERO = Decimal("0.00")


def view_of(charge: Charge) -> ChargeView:
    """A charge as others see it."""
    kinds = tuple((kind, Decimal(amount)) for kind, amount in charge.kinds.items())
    return ChargeView(charge.root, charge.reference, charge.payer, charge.due, charge.paid, kinds, charge.cancelled)


@transaction.atomic
def raise_charges(
    *,
    declaration: uuid.UUID,
    office: str,
    payer: str,
    reference: str,
    amounts: Mapping[str, Decimal],
    assessment: uuid.UUID,
    at: datetime,
    by: uuid.UUID | None,
) -> ChargeView:
    """Make a declaration owe `amounts` (kind → TJS). A new assessment posts only what changed; too much paid is credited.

    Used by: clearance after each assessment. Safe to run twice: an assessment counts once.
    """
    charge = Charge.objects.select_for_update().filter(root=declaration).first()
    if charge is None:
        charge = Charge(root=declaration, office=office, month=month_of(at), reference=reference, payer=payer, due=ZERO)
    if charge.cancelled:
        # Lodged again after a rejection: what was cancelled is owed anew.
        charge.kinds, charge.due, charge.paid, charge.cancelled = {}, ZERO, ZERO, False
    before = {kind: Decimal(amount) for kind, amount in charge.kinds.items()}
    deltas = {kind: amounts.get(kind, ZERO) - before.get(kind, ZERO) for kind in sorted({*before, *amounts})}
    entries = {("revenue", kind): -delta for kind, delta in deltas.items()}
    debt = ("debt", str(declaration))
    entries[debt] = sum(deltas.values(), ZERO)
    post(
        kind="charge", source=f"assessment:{assessment}", amounts=entries, office=office, at=at, by=by, root=declaration
    )
    charge.kinds = {kind: str(amount) for kind, amount in amounts.items() if amount}
    charge.due = sum(amounts.values(), ZERO)
    excess = charge.paid - charge.due
    if excess > 0:
        charge.paid = charge.due
        credit = {debt: excess, ("prepayment", payer): -excess}
        source = f"assessment:{assessment}"
        post(kind="credit", source=source, amounts=credit, office=office, at=at, by=by, root=declaration)
    charge.save()
    outbox.add("charge.raised", office=office, at=at, root=declaration, due=str(charge.due))
    return view_of(charge)


@transaction.atomic
def receive(
    *, reference: str, amount: Decimal, means: str, source: str, office: str, at: datetime, by: uuid.UUID | None
) -> ReceiptView:
    """Record cash or bank money for a charge.

    Used by: the cashier's page, the bank's messages, the demo bank. Safe to run twice: `source` counts once.
    Raises PaymentRefused: `charge_unknown`, `charge_cancelled`, `not_positive`, `more_than_owed`, `already_counted`.
    """
    charge = _open_charge(reference, amount)
    entries = {(means, office if means == "cash" else "main"): amount, ("debt", str(charge.root)): -amount}
    post(kind="payment", source=f"{means}:{source}", amounts=entries, office=office, at=at, by=by, root=charge.root)
    return _paid(charge, amount, means, office, at, by)


@transaction.atomic
def pay_from_account(*, reference: str, party: str, at: datetime, by: uuid.UUID | None) -> ReceiptView:
    """Pay all that is left of a charge from the prepayment account of `party`.

    Raises PaymentRefused, also `insufficient_balance` with the balance and what was needed.
    """
    charge = _open_charge(reference, None)
    amount = charge.due - charge.paid
    if amount <= 0:
        raise PaymentRefused("nothing_owed", reference=reference)
    entries = {("debt", str(charge.root)): -amount, ("prepayment", party): amount}
    source = f"account:{reference}:{new_id()}"
    post(kind="payment", source=source, amounts=entries, office=charge.office, at=at, by=by, root=charge.root)
    return _paid(charge, amount, "account", charge.office, at, by)


def _open_charge(reference: str, amount: Decimal | None) -> Charge:
    charge = Charge.objects.select_for_update().filter(reference=reference).first()
    if charge is None:
        raise PaymentRefused("charge_unknown", reference=reference)
    if charge.cancelled:
        raise PaymentRefused("charge_cancelled", reference=reference)
    if amount is not None and (amount <= 0 or amount != round(amount, 2)):
        raise PaymentRefused("not_positive", amount=str(amount))
    if amount is not None and amount > charge.due - charge.paid:
        raise PaymentRefused("more_than_owed", amount=str(amount), left=str(charge.due - charge.paid))
    return charge


def _paid(charge: Charge, amount: Decimal, means: str, office: str, at: datetime, by: uuid.UUID | None) -> ReceiptView:
    charge.paid += amount
    charge.save(update_fields=["paid"])
    year = law_day(at).year
    serial = next_serial(kind="receipt", office=office, year=year)
    receipt = Receipt.objects.create(
        office=office,
        month=month_of(at),
        number=f"{office}/{year}/R{serial}",
        declaration=charge.root,
        reference=charge.reference,
        payer=charge.payer,
        amount=amount,
        means=means,
        by=by,
        at=at,
    )
    outbox.add("payment.received", office=office, at=at, root=charge.root, receipt=receipt.number, amount=str(amount))
    return ReceiptView(receipt.id, receipt.number, amount, means, at, charge.reference, charge.payer)


@transaction.atomic
def deposit(*, party: str, amount: Decimal, source: str, office: str, at: datetime, by: uuid.UUID | None) -> None:
    """Put money on a prepayment account. `source` (the bank's reference) counts once."""
    if amount <= 0 or amount != round(amount, 2):
        raise PaymentRefused("not_positive", amount=str(amount))
    entries = {("bank", "main"): amount, ("prepayment", party): -amount}
    post(kind="deposit", source=source, amounts=entries, office=office, at=at, by=by)


@transaction.atomic
def cancel_charges(*, declaration: uuid.UUID, reason: str, at: datetime, by: uuid.UUID | None) -> ChargeView | None:
    """Owe nothing any more; what was paid goes to the payer's prepayment account."""
    charge = Charge.objects.select_for_update().filter(root=declaration).first()
    if charge is None or charge.cancelled:
        return view_of(charge) if charge else None
    entries = {("revenue", kind): Decimal(amount) for kind, amount in charge.kinds.items()}
    debt = ("debt", str(declaration))
    entries[debt] = -charge.due
    post(
        kind="cancel", source=f"charge:{charge.reference}:{new_id()}", amounts=entries, office=charge.office, at=at, by=by,
        root=declaration, reason=reason,
    )  # fmt: skip
    if charge.paid:
        credit = {debt: charge.paid, ("prepayment", charge.payer): -charge.paid}
        source = f"cancel:{charge.reference}:{new_id()}"
        post(kind="credit", source=source, amounts=credit, office=charge.office, at=at, by=by, root=declaration)
    charge.cancelled = True
    charge.save()
    return view_of(charge)
