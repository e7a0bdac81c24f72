"""The cash desk: shifts, and what a cashier takes in or gives out besides payments of declarations.

A shift is opened with a float out of the office's safe and closed with counted cash; a difference has a reason and its
own account. A closed shift is never opened again: a correction is a new entry.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gumruk.payments.charges import money_account
from gumruk.payments.means import means_named
from gumruk.payments.models import Refund, Shift
from gumruk.payments.posting import post
from gumruk.payments.receipting import checked, open_shift_of, party_of, write_receipt
from gumruk.payments.showing import drawer, shift_view
from gumruk.payments.types import Means, Operation, PaymentRefused, ReceiptView, RefundState, ShiftView
from gumruk.toolkit import outbox
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.rows import month_of, new_id
from gumruk.toolkit.serials import next_serial
from gumruk.trust.types import Person, Role


def _cashier(by: Person, office: str) -> None:
    if not office or not by.may(Role.CASHIER, office):
        raise PaymentRefused("no_right", role=Role.CASHIER.value, office=office)


@transaction.atomic
def open_shift(*, office: str, float_amount: Decimal, by: Person, at: datetime) -> ShiftView:
    """Open a shift with cash from the safe. Raises PaymentRefused `no_right`, `shift_is_open`, `not_positive`."""
    _cashier(by, office)
    if float_amount:
        checked(float_amount)
    day = law_day(at)
    # The serial's lock makes two openings at once take turns; numbers run through the year, a refusal gives it back.
    number = next_serial(kind="shift", office=office, year=day.year)
    if Shift.objects.filter(office=office, cashier=by.id, closed_at__isnull=True).exists():
        raise PaymentRefused("shift_is_open", office=office)
    row = Shift.objects.create(
        office=office, month=month_of(at), daybook=day, number=number, cashier=by.id, cashier_name=by.signed(office),
        float_amount=float_amount, opened_at=at,
    )  # fmt: skip
    amounts = {("cash", str(row.id)): float_amount, ("safe", office): -float_amount}
    post(kind="shift_open", source=f"shift:{row.id}", amounts=amounts, office=office, at=at, by=by.id, root=row.id)
    outbox.add("shift.opened", office=office, at=at, root=row.id, number=number)
    return shift_view(row, float_amount)


@transaction.atomic
def close_shift(*, shift: uuid.UUID, counted: Decimal, reason: str, by: Person, at: datetime) -> ShiftView:
    """Close a shift with the counted cash, which goes to the safe; a difference needs a reason.

    The cashier closes it, or a supervisor when the cashier cannot.
    Raises PaymentRefused `shift_unknown`, `no_right`, `shift_closed`, `not_positive`, `difference_unexplained`.
    """
    row = Shift.objects.select_for_update().filter(id=shift).first()
    if row is None:
        raise PaymentRefused("shift_unknown", shift=str(shift))
    if row.cashier != by.id and not by.may(Role.SUPERVISOR, row.office):
        raise PaymentRefused("no_right", role=Role.SUPERVISOR.value, office=row.office)
    if row.closed_at is not None:
        raise PaymentRefused("shift_closed", shift=str(row.number))
    if counted:
        checked(counted)
    expected = drawer(row.id)
    if counted != expected and not reason.strip():
        raise PaymentRefused("difference_unexplained", expected=str(expected), counted=str(counted))
    amounts = {
        ("cash", str(row.id)): -expected,
        ("safe", row.office): counted,
        ("difference", row.office): expected - counted,
    }
    post(
        kind="shift_close", source=f"shift:{row.id}", amounts=amounts, office=row.office, at=at, by=by.id, root=row.id,
        reason=reason,
    )  # fmt: skip
    row.expected, row.counted, row.reason, row.closed_at = expected, counted, reason.strip()[:500], at
    row.save()
    outbox.add("shift.closed", office=row.office, at=at, root=row.id, difference=str(counted - expected))
    return shift_view(row, expected)


def _desk(means: str, office: str, by: Person, at: datetime) -> tuple[Means, Shift]:
    _cashier(by, office)
    chosen = means_named(means, at)
    if not chosen.desk:
        raise PaymentRefused("not_at_the_desk", means=means)
    return chosen, open_shift_of(by.id, office)


@transaction.atomic
def receive_other(
    *,
    office: str,
    amount: Decimal,
    means: str,
    purpose: str,
    revenue_account: str,
    payer: str,
    key: str,
    by: Person,
    at: datetime,
) -> ReceiptView:
    """Take money that belongs to no declaration, for a purpose in words and an account of the budget in words.

    `key` makes a form that was sent twice count once.
    Raises PaymentRefused `no_right`, `no_open_shift`, `not_at_the_desk`, `not_positive`, `purpose_missing`,
    `party_malformed`, `already_counted`.
    """
    chosen, shift = _desk(means, office, by, at)
    if not purpose.strip() or not revenue_account.strip():
        raise PaymentRefused("purpose_missing")
    known = party_of(payer) if payer.strip() else ""
    holder = f"other/{revenue_account.strip()[:40]}@{office}"
    amounts = {money_account(chosen.account, office, shift): checked(amount), ("revenue", holder): -amount}
    posted = post(kind="other", source=key, amounts=amounts, office=office, at=at, by=by.id)
    return write_receipt(
        operation=Operation.OTHER, amount=amount, means=means, office=office, at=at, by=by.id, transaction=posted,
        shift=shift, purpose=purpose.strip()[:200], revenue_account=revenue_account.strip()[:40], payer=known,
    )  # fmt: skip


@transaction.atomic
def receive_deposit(
    *, office: str, amount: Decimal, means: str, party: str, key: str, by: Person, at: datetime
) -> ReceiptView:
    """Take money for the prepayment account of `party`. Refusals as for `receive_other`, and `party_missing`."""
    chosen, shift = _desk(means, office, by, at)
    holder = party_of(party)
    amounts = {money_account(chosen.account, office, shift): checked(amount), ("prepayment", holder): -amount}
    posted = post(kind="deposit", source=f"desk:{key}", amounts=amounts, office=office, at=at, by=by.id)
    return write_receipt(
        operation=Operation.DEPOSIT, amount=amount, means=means, office=office, at=at, by=by.id, transaction=posted,
        shift=shift, payer=holder,
    )  # fmt: skip


@transaction.atomic
def pay_out(*, office: str, refund: uuid.UUID, by: Person, at: datetime) -> ReceiptView:
    """Give out in cash what a decision refunds, at the office that decided it.

    Raises PaymentRefused `no_right`, `no_open_shift`, `refund_unknown`, `other_office`, `not_approved`, `drawer_short`.
    """
    _, shift = _desk("cash", office, by, at)
    row = Refund.objects.select_for_update().filter(id=refund).first()
    if row is None:
        raise PaymentRefused("refund_unknown", refund=str(refund))
    if row.office != office:
        raise PaymentRefused("other_office", refund=row.number, office=row.office)
    if row.state != RefundState.APPROVED:
        raise PaymentRefused("not_approved", refund=row.number, state=row.state)
    amounts = {("refund", str(row.id)): row.amount, ("cash", str(shift.id)): -row.amount}
    # The state, under its lock, makes a payout count once; one that was taken back leaves its source behind.
    source = f"refund:{row.id}:{new_id()}"
    posted = post(kind="payout", source=source, amounts=amounts, office=office, at=at, by=by.id, root=row.id)
    row.state = RefundState.PAID
    row.save(update_fields=["state"])
    return write_receipt(
        operation=Operation.PAYOUT, amount=row.amount, means="cash", office=office, at=at, by=by.id, transaction=posted,
        shift=shift, payer=row.party, purpose=row.number, reason=row.decision,
    )  # fmt: skip
