"""Prepayment accounts: deposits, and refunds by decision. Credit and guarantee accounts will stand beside this file.

An approved refund leaves the account at once and waits in an account of its own, so it cannot be spent meanwhile.
"""

from __future__ import annotations

import uuid
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gumruk.lawbook import selectors as lawbook
from gumruk.payments.models import Refund
from gumruk.payments.posting import post
from gumruk.payments.receipting import checked, party_of
from gumruk.payments.showing import refund_view
from gumruk.payments.types import PaymentRefused, RefundState, RefundView
from gumruk.toolkit import outbox
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.rows import month_of
from gumruk.toolkit.serials import next_serial
from gumruk.trust.types import FirmAct, Person, Role


@transaction.atomic
def deposit(*, party: str, amount: Decimal, source: str, office: str, at: datetime, by: uuid.UUID | None) -> None:
    """Put bank money on a prepayment account. `source` (the bank's reference) counts once.

    Used by: demonstration data and tests; statements of the bank go through suspense.
    """
    entries = {("bank", office): checked(amount), ("prepayment", party_of(party)): -amount}
    post(kind="deposit", source=source, amounts=entries, office=office, at=at, by=by)


@transaction.atomic
def deposit_play_money(*, account: str, amount: Decimal, source: str, office: str, at: datetime) -> None:
    """Fill the account that sandbox declarations are paid from; it is nobody's taxpayer number.

    Used by: clearance, when a sandbox declaration is paid.
    """
    entries = {("bank", office): checked(amount), ("prepayment", account): -amount}
    post(kind="deposit", source=source, amounts=entries, office=office, at=at, by=None)


@transaction.atomic
def ask_refund(*, party: str, amount: Decimal, reason: str, office: str, by: Person, at: datetime) -> RefundView:
    """Ask for prepaid money back. Nothing moves before the decision.

    Raises PaymentRefused `not_yours`, `not_positive`, `reason_missing`, `office_missing`, `office_unknown`.
    """
    if party not in by.parties:
        raise PaymentRefused("not_yours", party=party)
    if not by.may_for(party, FirmAct.PAY):
        raise PaymentRefused("act_not_granted", act=FirmAct.PAY.value)
    if not reason.strip():
        raise PaymentRefused("reason_missing", act="refund")
    if not office:
        raise PaymentRefused("office_missing")
    if office not in lawbook.code_rows("office", law_day(at)):
        raise PaymentRefused("office_unknown", office=office[:40])
    year = law_day(at).year
    row = Refund.objects.create(
        office=office, month=month_of(at), number=f"{office}/{year}/F{next_serial(kind='refund', office=office, year=year)}",
        party=party, amount=checked(amount), reason=reason.strip()[:500], state=RefundState.ASKED, asked_by=by.id, asked_at=at,
    )  # fmt: skip
    outbox.add("refund.asked", office=office, at=at, root=row.id, number=row.number)
    return refund_view(row)


@transaction.atomic
def decide_refund(*, refund: uuid.UUID, approve: bool, decision: str, by: Person, at: datetime) -> RefundView:
    """Decide on a refund, with the reason in words; approved money leaves the account and waits for its payout.

    Raises PaymentRefused `refund_unknown`, `no_right`, `second_person_needed`, `reason_missing`, `already_decided`,
    `insufficient_balance`.
    """
    row = Refund.objects.select_for_update().filter(id=refund).first()
    if row is None:
        raise PaymentRefused("refund_unknown", refund=str(refund))
    if not by.may(Role.SUPERVISOR, row.office):
        raise PaymentRefused("no_right", role=Role.SUPERVISOR.value, office=row.office)
    if row.asked_by == by.id:
        raise PaymentRefused("second_person_needed", refund=row.number)
    if not decision.strip():
        raise PaymentRefused("reason_missing", act="decide_refund")
    if row.state != RefundState.ASKED:
        raise PaymentRefused("already_decided", refund=row.number)
    if approve:
        amounts = {("prepayment", row.party): row.amount, ("refund", str(row.id)): -row.amount}
        post(
            kind="refund", source=f"refund:{row.id}", amounts=amounts, office=row.office, at=at, by=by.id, root=row.id,
            reason=decision,
        )  # fmt: skip
    row.state = RefundState.APPROVED if approve else RefundState.REFUSED
    row.decision, row.decided_by, row.decided_at = decision.strip()[:500], by.id, at
    row.save()
    outbox.add("refund.decided", office=row.office, at=at, root=row.id, number=row.number, state=row.state)
    return refund_view(row)
