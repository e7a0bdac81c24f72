"""Charges of declarations: raised, paid, reversed and cancelled.

Sign convention: what we have or are owed (bank, cash, debt) grows by positive entries; what we owe or earned
(prepayment, suspense, refund, revenue) by negative ones. Every transaction sums to zero. Revenue is kept per office,
so that offices never wait for each other.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gumruk.payments.means import means_named
from gumruk.payments.models import Account, BankCredit, Charge, Entry, Receipt, Refund, Shift, Transaction
from gumruk.payments.posting import Holder, post
from gumruk.payments.receipting import checked, open_shift_of, write_receipt
from gumruk.payments.showing import ZERO, view_of
from gumruk.payments.types import ChargeView, CreditState, Operation, PaymentRefused, ReceiptView, RefundState
from gumruk.toolkit import outbox
from gumruk.toolkit.rows import month_of, new_id
from gumruk.trust.types import Person, Role


def _revenue(kind: str, office: str) -> Holder:
    return ("revenue", f"{kind}@{office}")


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
    Raises PaymentRefused `negative_charge`, `already_counted`.
    """
    if any(amount < 0 for amount in amounts.values()):
        raise PaymentRefused("negative_charge", reference=reference)
    charge = Charge.objects.select_for_update().filter(root=declaration).first()
    if charge is None:
        charge = Charge(root=declaration, office=office, month=month_of(at), reference=reference, payer=payer, due=ZERO)
    if charge.cancelled:
        # Lodged again after a rejection: what was cancelled is owed anew, by whoever declares it now.
        charge.kinds, charge.due, charge.paid, charge.cancelled, charge.payer = {}, ZERO, ZERO, False, payer
    _owe(charge, amounts, assessment, at, by)
    charge.save()
    outbox.add("charge.raised", office=charge.office, at=at, root=declaration, due=str(charge.due))
    return view_of(charge)


def _owe(
    charge: Charge, amounts: Mapping[str, Decimal], assessment: uuid.UUID, at: datetime, by: uuid.UUID | None
) -> None:
    """Post the difference to what was owed before; what was paid above it goes to the payer's prepayment account."""
    before = {kind: Decimal(amount) for kind, amount in charge.kinds.items()}
    deltas = {kind: amounts.get(kind, ZERO) - before.get(kind, ZERO) for kind in sorted({*before, *amounts})}
    debt = ("debt", str(charge.root))
    entries = {_revenue(kind, charge.office): -delta for kind, delta in deltas.items()}
    entries[debt] = sum(deltas.values(), ZERO)
    source = f"assessment:{assessment}"
    post(kind="charge", source=source, amounts=entries, office=charge.office, at=at, by=by, root=charge.root)
    charge.kinds = {kind: str(amount) for kind, amount in amounts.items() if amount}
    charge.due = sum(amounts.values(), ZERO)
    excess = charge.paid - charge.due
    if excess > 0:
        charge.paid = charge.due
        credit = {debt: excess, ("prepayment", charge.payer): -excess}
        post(kind="credit", source=source, amounts=credit, office=charge.office, at=at, by=by, root=charge.root)


@transaction.atomic
def receive(
    *,
    reference: str,
    amount: Decimal,
    means: str,
    source: str,
    office: str,
    at: datetime,
    by: uuid.UUID | None,
    held: str = "",
) -> ReceiptView:
    """Record money for a charge. Desk means need the open shift of `by` at the office.

    `held` names the bank credit whose money it is: it is taken out of suspense.

    Used by: clearance, for the cashier's page and the bank's messages. Safe to run twice: `source` counts once.
    Raises PaymentRefused: `charge_unknown`, `charge_cancelled`, `not_positive`, `more_than_owed`, `already_counted`,
    `means_unknown`, `not_at_the_desk`, `no_open_shift`.
    """
    chosen = means_named(means, at)
    charge = _open_charge(reference, amount)
    if not chosen.desk and chosen.account != Account.Kind.BANK:
        raise PaymentRefused("not_at_the_desk", means=means)
    shift = open_shift_of(by, office) if chosen.desk else None
    holder = ("suspense", held) if held else money_account(chosen.account, office, shift)
    entries = {holder: amount, ("debt", str(charge.root)): -amount}
    posted = post(kind="payment", source=source, amounts=entries, office=office, at=at, by=by, root=charge.root)
    return _paid(charge, amount, means, office, at, by, posted, shift)


def money_account(kind: str, office: str, shift: Shift | None) -> Holder:
    """The ledger account that a means of payment moves: the drawer of the shift for cash, else one per office."""
    return ("cash", str(shift.id)) if kind == "cash" and shift is not None else (kind, office)


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
    posted = post(kind="payment", source=source, amounts=entries, office=charge.office, at=at, by=by, root=charge.root)
    return _paid(charge, amount, "account", charge.office, at, by, posted, None)


def _open_charge(reference: str, amount: Decimal | None) -> Charge:
    charge = Charge.objects.select_for_update().filter(reference=reference).first()
    if charge is None:
        raise PaymentRefused("charge_unknown", reference=reference)
    if charge.cancelled:
        raise PaymentRefused("charge_cancelled", reference=reference)
    if amount is not None and checked(amount) > charge.due - charge.paid:
        raise PaymentRefused("more_than_owed", amount=str(amount), left=str(charge.due - charge.paid))
    return charge


def _paid(
    charge: Charge, amount: Decimal, means: str, office: str, at: datetime, by: uuid.UUID | None,
    posted: uuid.UUID, shift: Shift | None,
) -> ReceiptView:  # fmt: skip
    charge.paid += amount
    charge.save(update_fields=["paid"])
    return write_receipt(
        operation=Operation.DECLARATION, amount=amount, means=means, office=office, at=at, by=by, transaction=posted,
        shift=shift, declaration=charge.root, reference=charge.reference, payer=charge.payer,
    )  # fmt: skip


@transaction.atomic
def reverse(
    *, receipt: uuid.UUID, reason: str, by: Person, at: datetime, declaration: uuid.UUID | None = None
) -> ReceiptView:
    """Take a receipt back with a reversing entry: a supervisor's act, never of the person who took the money.

    Cash goes out of the drawer while the shift is open, afterwards out of the office's safe. The first receipt stays.
    Used by: clearance for receipts of declarations; the cashier page for the others.
    Raises PaymentRefused: `receipt_unknown`, `no_right`, `second_person_needed`, `reason_missing`, `not_reversible`,
    `charge_cancelled`, `already_credited`, `already_counted`, `drawer_short`, `insufficient_balance`.
    """
    # A receipt of a declaration is reversed through clearance only, which names the declaration: it must owe again.
    row = Receipt.objects.filter(id=receipt, declaration=declaration).first()
    if row is None:
        raise PaymentRefused("receipt_unknown", receipt=str(receipt))
    _may_reverse(row, reason, by)
    if row.operation == Operation.DECLARATION:
        _unpay(row)
    shift = _still_open(row.shift)
    posted = post(
        kind="reversal", source=f"receipt:{row.id}", amounts=_turned(row, shift), office=row.office, at=at, by=by.id,
        root=row.declaration, reason=reason,
    )  # fmt: skip
    if row.operation == Operation.PAYOUT:
        _due_again(row)
    if row.means == "bank":
        # The money is the bank's credit again and waits to be assigned.
        BankCredit.objects.filter(reference__in=_held_in(row)).update(state=CreditState.HELD, applied_to="")
    return write_receipt(
        operation=Operation.REVERSAL, amount=row.amount if row.operation == Operation.PAYOUT else -row.amount,
        means=row.means, office=row.office, at=at, by=by.id, transaction=posted, shift=shift, declaration=row.declaration,
        reference=row.reference, payer=row.payer, purpose=row.purpose, revenue_account=row.revenue_account,
        reverses=row.id, reason=reason[:500],
    )  # fmt: skip


def _may_reverse(row: Receipt, reason: str, by: Person) -> None:
    if not by.may(Role.SUPERVISOR, row.office):
        raise PaymentRefused("no_right", role=Role.SUPERVISOR.value, office=row.office)
    if row.operation == Operation.REVERSAL or row.transaction is None:
        raise PaymentRefused("not_reversible", receipt=row.number)
    if row.by == by.id:
        raise PaymentRefused("second_person_needed", receipt=row.number)
    if not reason.strip():
        raise PaymentRefused("reason_missing", act="reverse")


def _still_open(shift: uuid.UUID | None) -> Shift | None:
    rows = Shift.objects.select_for_update().filter(closed_at__isnull=True)
    return rows.filter(id=shift).first() if shift else None


def _entries(row: Receipt) -> list[Entry]:
    return list(Entry.objects.filter(transaction=row.transaction)) if row.transaction else []


def _unpay(row: Receipt) -> None:
    charge = Charge.objects.select_for_update().get(reference=row.reference)
    if charge.cancelled:
        raise PaymentRefused("charge_cancelled", reference=charge.reference)
    if charge.paid < row.amount:
        raise PaymentRefused("already_credited", reference=charge.reference)
    charge.paid -= row.amount
    charge.save(update_fields=["paid"])


def _due_again(row: Receipt) -> None:
    """A payout that was taken back: its money waits in the refund's account, so it may be paid out once more."""
    refunds = Transaction.objects.filter(id__in=[row.transaction]).values_list("root", flat=True)
    Refund.objects.filter(id__in=list(refunds), state=RefundState.PAID).update(state=RefundState.APPROVED)


def _held_in(row: Receipt) -> list[str]:
    touched = [entry.account for entry in _entries(row)]
    return list(Account.objects.filter(id__in=touched, kind=Account.Kind.SUSPENSE).values_list("holder", flat=True))


def _turned(row: Receipt, shift: Shift | None) -> dict[Holder, Decimal]:
    """The entries of a receipt with their signs turned; a closed drawer is the safe of its office."""
    entries = {entry.account: -entry.amount for entry in _entries(row)}
    turned: dict[Holder, Decimal] = {}
    for account in Account.objects.filter(id__in=entries):
        holder = (account.kind, account.holder)
        closed = account.kind == Account.Kind.CASH and shift is None
        turned[("safe", row.office) if closed else holder] = entries[account.id]
    return turned


@transaction.atomic
def cancel_charges(*, declaration: uuid.UUID, reason: str, at: datetime, by: uuid.UUID | None) -> ChargeView | None:
    """Owe nothing any more; what was paid goes to the payer's prepayment account."""
    charge = Charge.objects.select_for_update().filter(root=declaration).first()
    if charge is None or charge.cancelled:
        return view_of(charge) if charge else None
    entries = {_revenue(kind, charge.office): Decimal(amount) for kind, amount in charge.kinds.items()}
    debt = ("debt", str(declaration))
    entries[debt] = -charge.due
    source = f"charge:{charge.reference}:{new_id()}"
    post(
        kind="cancel",
        source=source,
        amounts=entries,
        office=charge.office,
        at=at,
        by=by,
        root=declaration,
        reason=reason,
    )
    if charge.paid:
        credit = {debt: charge.paid, ("prepayment", charge.payer): -charge.paid}
        post(kind="credit", source=source, amounts=credit, office=charge.office, at=at, by=by, root=declaration)
    charge.cancelled = True
    charge.save()
    return view_of(charge)
