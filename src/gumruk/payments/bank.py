"""Money that the bank reports. It enters suspense first, always; then it is applied to a charge or to an account.

Whatever is never matched stays visible in suspense: nothing that the bank sent is lost, and no reference counts twice.
"""

from __future__ import annotations

import uuid
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from gumruk.payments.models import BankCredit
from gumruk.payments.posting import post
from gumruk.payments.receipting import checked, party_of
from gumruk.payments.showing import ZERO, credit_view, held_amounts
from gumruk.payments.types import CreditState, CreditView, PaymentRefused
from gumruk.toolkit import outbox
from gumruk.toolkit.rows import month_of, new_id


@transaction.atomic
def take_credit(
    *,
    reference: str,
    booked_at: date,
    amount: Decimal,
    payer: str,
    text: str,
    at: datetime,
    by: uuid.UUID | None,
    demo: bool = False,
) -> CreditView:
    """Hold money of the bank in suspense. Raises PaymentRefused `already_counted`, `not_positive`."""
    amounts = {("bank", "main"): checked(amount), ("suspense", reference): -amount}
    row = BankCredit(
        office="", month=month_of(at), reference=reference, booked_at=booked_at, amount=amount, payer=payer, text=text,
        demo=demo, state=CreditState.HELD, taken_at=at, taken_by=by,
    )  # fmt: skip
    post(kind="bank_credit", source=reference, amounts=amounts, office="", at=at, by=by, root=row.id)
    row.save()
    outbox.add("bank_credit.taken", office="", at=at, root=row.id, reference=reference)
    return credit_view(row, row.amount)


def lock_credit(*, credit: uuid.UUID) -> CreditView:
    """The credit, locked until the caller's transaction ends, while its money is held.

    Raises PaymentRefused `credit_unknown`, `credit_applied`.
    """
    row = _locked(credit)
    return credit_view(row, held_amounts([row.reference]).get(row.reference, ZERO))


def _locked(credit: uuid.UUID) -> BankCredit:
    row = BankCredit.objects.select_for_update().filter(id=credit).first()
    if row is None:
        raise PaymentRefused("credit_unknown", credit=str(credit))
    if row.state != CreditState.HELD:
        raise PaymentRefused("credit_applied", credit=row.reference)
    return row


@transaction.atomic
def apply_credit(
    *, credit: uuid.UUID, to: str, rest: Decimal, party: str, reason: str, at: datetime, by: uuid.UUID | None
) -> CreditView:
    """Mark a credit as applied; `rest`, what no charge took, goes to the prepayment account of `party`.

    Used by: the exchange with the bank, after a charge took its part in the same transaction.
    Raises PaymentRefused `credit_unknown`, `credit_applied`, `party_missing`, `party_malformed`.
    """
    row = _locked(credit)
    if rest:
        amounts = {("suspense", row.reference): checked(rest), ("prepayment", party_of(party)): -rest}
        post(
            kind="deposit",
            source=f"bank:{row.reference}:{new_id()}",
            amounts=amounts,
            office="",
            at=at,
            by=by,
            root=row.id,
        )
    row.state, row.applied_to, row.applied_at, row.applied_by, row.reason = (
        CreditState.APPLIED,
        to[:60],
        at,
        by,
        reason[:500],
    )
    row.save()
    return credit_view(row, ZERO)
