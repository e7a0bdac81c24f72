"""Takes the bank's credits in: to suspense, then to the charge or the prepayment account that the text names.

Each row counts once by the bank's reference and stands or falls alone, so a file can be sent again after a fault.
What names nothing, or more than one thing, stays in suspense until a cashier assigns it with a reason.
"""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations.types import DeclarationRefused
from gumruk.exchange.bank_files import Credit, parse_statement
from gumruk.payments import selectors, services
from gumruk.payments.types import ChargeView, CreditView, PaymentRefused
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.rows import new_id
from gumruk.trust.types import FirmAct, Person, Role

PREPAYMENT_WORDS = frozenset({"prepayment", "аванс", "авансовый", "пешпардохт"})
_WORD = re.compile(r"[^\s,;:()«»\"']+")


@dataclass(frozen=True, slots=True)
class CreditOutcome:
    """What became of one row: `paid`, `prepayment`, `suspense`, `repeated` or `refused`, with where or why."""

    line: int
    reference: str
    outcome: str
    detail: str
    field: str = ""


def receive_bank_statement(*, data: bytes, by: Person, at: datetime) -> tuple[CreditOutcome, ...]:
    """Take a statement in, row by row; sending it again changes nothing.

    Used by: `gumruk bank`, the cashier's page. Raises StatementRefused when it is no statement, PaymentRefused `no_right`.
    """
    require_cashier(by)
    taken, faults = parse_statement(data)
    outcomes = [CreditOutcome(f.line, f.reference, "refused", f.code, f.field) for f in faults]
    outcomes += [_take(credit, by, at) for credit in taken]
    return tuple(sorted(outcomes, key=lambda one: one.line))


def require_cashier(by: Person) -> None:
    """Raises PaymentRefused `no_right` when the person has nothing to do with bank money."""
    if not (by.may(Role.CASHIER) or by.may(Role.SUPERVISOR)):
        raise PaymentRefused("no_right", role=Role.CASHIER.value, office="")


def _take(credit: Credit, by: Person, at: datetime, *, demo: bool = False) -> CreditOutcome:
    known = selectors.credit_referenced(reference=credit.reference)
    if known is not None:
        differs = _differing(known, credit)
        outcome, detail = ("refused", "reference_differs") if differs else ("repeated", known.applied_to)
        return CreditOutcome(credit.line, credit.reference, outcome, detail, ", ".join(differs))
    try:
        with transaction.atomic():
            held = services.take_credit(
                reference=credit.reference, booked_at=credit.booked_at, amount=credit.amount, payer=credit.payer,
                text=credit.text, at=at, by=by.id, demo=demo,
            )  # fmt: skip
    except PaymentRefused as refused:
        # Another import took the same reference a moment ago, or no account can hold so much.
        outcome = "repeated" if refused.code == "already_counted" else "refused"
        return CreditOutcome(credit.line, credit.reference, outcome, refused.code)
    charge = _named(credit.text)
    try:
        if charge is not None:
            return CreditOutcome(credit.line, credit.reference, "paid", _to_charge(held, charge, "", by, at))
        if credit.payer and PREPAYMENT_WORDS & {word.casefold() for word in _WORD.findall(credit.text)}:
            return CreditOutcome(
                credit.line, credit.reference, "prepayment", _to_account(held, credit.payer, "", by, at)
            )
    except (PaymentRefused, ClearanceRefused, DeclarationRefused) as refused:
        return CreditOutcome(credit.line, credit.reference, "suspense", refused.code)
    return CreditOutcome(credit.line, credit.reference, "suspense", "nothing_named")


def _differing(known: CreditView, credit: Credit) -> list[str]:
    """The fields in which a row says something else than the credit that is known by its reference."""
    pairs = {
        "booked_at": (known.booked_at, credit.booked_at), "amount": (known.amount, credit.amount),
        "payer_tin": (known.payer, credit.payer), "text": (known.text, credit.text),
    }  # fmt: skip
    return [name for name, (before, now) in pairs.items() if before != now]


def _named(text: str) -> ChargeView | None:
    """The one charge whose payment reference stands in the text."""
    words = [word.rstrip(".") for word in _WORD.findall(text)][:80]
    found = selectors.charges_named(references=words) if words else ()
    return found[0] if len(found) == 1 else None


@transaction.atomic
def _to_charge(held: CreditView, charge: ChargeView, reason: str, by: Person, at: datetime) -> str:
    """Pay what the charge still owes; the rest is a prepayment of who paid. A cancelled charge takes nothing."""
    credit = services.lock_credit(credit=held.id)
    now = selectors.charge_of(declaration=charge.declaration) or charge
    part = min(credit.left, Decimal(0) if now.cancelled else now.left)
    if part > 0:
        clearance.receive_payment(
            declaration=charge.declaration,
            amount=part,
            means="bank",
            source=f"{credit.reference}:{new_id()}",
            by=by,
            at=at,
            held=credit.reference,
        )
    services.apply_credit(
        credit=credit.id, to=charge.reference, rest=credit.left - part, party=credit.payer or charge.payer,
        reason=reason, at=at, by=by.id,
    )  # fmt: skip
    return charge.reference


@transaction.atomic
def _to_account(held: CreditView, party: str, reason: str, by: Person, at: datetime) -> str:
    credit = services.lock_credit(credit=held.id)
    services.apply_credit(credit=credit.id, to=party, rest=credit.left, party=party, reason=reason, at=at, by=by.id)
    return party


def assign_credit(*, credit: uuid.UUID, reference: str, party: str, reason: str, by: Person, at: datetime) -> str:
    """Give held money to the charge `reference`, or to the prepayment account of `party`, with the reason.

    Used by: the cashier's list of unmatched credits.
    Raises PaymentRefused: `no_right`, `reason_missing`, `charge_unknown`, `credit_unknown`, `credit_applied`,
    `party_missing`, `party_malformed`.
    """
    require_cashier(by)
    if not reason.strip():
        raise PaymentRefused("reason_missing", act="assign_credit")
    with transaction.atomic():
        held = services.lock_credit(credit=credit)
        if reference:
            charge = selectors.charge_named(reference=reference)
            if charge is None:
                raise PaymentRefused("charge_unknown", reference=reference)
            return _to_charge(held, charge, reason, by, at)
        return _to_account(held, party.strip(), reason, by, at)


def pay_by_demo_bank(*, declaration: uuid.UUID, by: Person, at: datetime) -> CreditOutcome:
    """Pay a charge as the bank's message would, for demonstration people only; the credit is marked as demo.

    Raises PaymentRefused `demo_only`, `not_yours`, `nothing_owed`.
    """
    if not by.demo:
        raise PaymentRefused("demo_only", person=by.username)
    charge = selectors.charge_of(declaration=declaration)
    if charge is None or charge.payer not in by.parties:
        raise PaymentRefused("not_yours", declaration=str(declaration))
    if not by.may_for(charge.payer, FirmAct.PAY):
        raise PaymentRefused("act_not_granted", act=FirmAct.PAY.value)
    if charge.cancelled or charge.left <= 0:
        raise PaymentRefused("nothing_owed", reference=charge.reference)
    credit = Credit(1, f"DEMO-{new_id()}", law_day(at), charge.left, charge.payer, f"demo {charge.reference}")
    return _take(credit, by, at, demo=True)
