"""Reads of money."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

from django.db.models import F, Q, Sum

from gumruk.payments.means import means_on
from gumruk.payments.models import Account, BankCredit, Charge, Entry, Receipt, Refund, Shift, Transaction
from gumruk.payments.showing import (
    ZERO,
    credit_view,
    drawer,
    held_amounts,
    receipt_view,
    refund_view,
    shift_view,
    view_of,
)
from gumruk.payments.types import (
    ChargeView,
    CreditState,
    CreditView,
    Means,
    Movement,
    MovementPage,
    ReceiptView,
    RefundState,
    RefundView,
    ShiftView,
)

PAGE_SIZE = 50


def charge_of(*, declaration: uuid.UUID) -> ChargeView | None:
    """What a declaration owes; one query."""
    charge = Charge.objects.filter(root=declaration).first()
    return view_of(charge) if charge else None


def charge_named(*, reference: str) -> ChargeView | None:
    """The charge with this payment reference; one query."""
    charge = Charge.objects.filter(reference=reference).first()
    return view_of(charge) if charge else None


def charges_named(*, references: list[str]) -> tuple[ChargeView, ...]:
    """The charges that any of `references` names; one query."""
    return tuple(view_of(charge) for charge in Charge.objects.filter(reference__in=references).order_by("id"))


def open_charges(*, parties: frozenset[str]) -> tuple[ChargeView, ...]:
    """What parties still owe, oldest first; one query."""
    rows = Charge.objects.filter(payer__in=sorted(parties), cancelled=False, due__gt=F("paid")).order_by("id")
    return tuple(view_of(charge) for charge in rows[:200])


def receipts(*, declaration: uuid.UUID) -> tuple[ReceiptView, ...]:
    """Receipts of a declaration, oldest first; one query."""
    return tuple(receipt_view(row) for row in Receipt.objects.filter(declaration=declaration).order_by("id"))


def receipt(*, receipt: uuid.UUID) -> ReceiptView | None:
    """One receipt; one query."""
    row = Receipt.objects.filter(id=receipt).first()
    return receipt_view(row) if row else None


def reversed_ids(*, receipts: tuple[ReceiptView, ...]) -> frozenset[uuid.UUID]:
    """Which of `receipts` were taken back; one query."""
    found = Receipt.objects.filter(reverses__in=[one.id for one in receipts]).values_list("reverses", flat=True)
    return frozenset(one for one in found if one)


def balance(*, party: str) -> Decimal:
    """What we hold for a party on its prepayment account; one query."""
    row = Account.objects.filter(kind=Account.Kind.PREPAYMENT, holder=party).first()
    return -row.balance if row else ZERO


def statement(*, party: str) -> tuple[Movement, ...]:
    """The newest movements of a prepayment account; four queries."""
    return movements(party=party).rows


def movements(*, party: str, after: str = "", size: int = PAGE_SIZE) -> MovementPage:
    """A page of a prepayment account, newest first, each with the balance after it; at most four queries.

    Raises ValueError when `after` is not a cursor.
    """
    row = Account.objects.filter(kind=Account.Kind.PREPAYMENT, holder=party).first()
    if row is None:
        return MovementPage((), "")
    entries = Entry.objects.filter(account=row.id).order_by("-id")
    left = -row.balance
    if after:
        newer = entries.filter(id__gte=uuid.UUID(after)).aggregate(total=Sum("amount"))["total"] or ZERO
        entries, left = entries.filter(id__lt=uuid.UUID(after)), left + newer
    found = list(entries[: size + 1])
    shown = found[:size]
    made = Transaction.objects.in_bulk([entry.transaction for entry in shown])
    rows = []
    for entry in shown:
        event = made[entry.transaction]
        rows.append(Movement(event.at, -entry.amount, event.kind, event.source, left, event.root))
        left += entry.amount
    return MovementPage(tuple(rows), str(shown[-1].id) if len(found) > size else "")


def open_shift(*, cashier: uuid.UUID, office: str = "") -> ShiftView | None:
    """The open shift of a cashier, at `office` or anywhere; two queries."""
    rows = Shift.objects.filter(cashier=cashier, closed_at__isnull=True).order_by("id")
    row = (rows.filter(office=office) if office else rows).first()
    return shift_view(row, drawer(row.id)) if row else None


def shift(*, shift: uuid.UUID) -> ShiftView | None:
    """One shift; two queries."""
    row = Shift.objects.filter(id=shift).first()
    return shift_view(row, drawer(row.id)) if row else None


def shift_receipts(*, shift: uuid.UUID) -> tuple[ReceiptView, ...]:
    """Operations of a shift, newest first; one query."""
    return tuple(receipt_view(row) for row in Receipt.objects.filter(shift=shift).order_by("-operation_number"))


def desk_means(*, day: date) -> tuple[Means, ...]:
    """Means of payment that the cash desk takes on `day`."""
    return tuple(one for one in means_on(day) if one.desk)


def held_credits(*, size: int = 200) -> tuple[CreditView, ...]:
    """Bank money that is not applied yet, oldest first; two queries."""
    rows = list(BankCredit.objects.filter(state=CreditState.HELD).order_by("id")[:size])
    held = held_amounts([row.reference for row in rows])
    return tuple(credit_view(row, held.get(row.reference, ZERO)) for row in rows)


def credit_referenced(*, reference: str) -> CreditView | None:
    """The bank credit with this reference of the bank; two queries."""
    row = BankCredit.objects.filter(reference=reference).first()
    return credit_view(row, held_amounts([reference]).get(reference, ZERO)) if row else None


def refunds(
    *,
    parties: frozenset[str] = frozenset(),
    states: tuple[RefundState, ...] = (),
    offices: frozenset[str] = frozenset({""}),
) -> tuple[RefundView, ...]:
    """Refunds of parties (none: of everybody) in the given states (none: all), newest first; one query.

    `offices` are those of a grant: the empty string stands for all, no office finds nothing.
    """
    wanted = Q(party__in=sorted(parties)) if parties else Q()
    wanted &= Q(state__in=states) if states else Q()
    wanted &= Q() if "" in offices else Q(office__in=sorted(offices))
    return tuple(refund_view(row) for row in Refund.objects.filter(wanted).order_by("-id")[:200])


def out_of_balance() -> tuple[uuid.UUID, ...]:
    """Accounts whose kept balance is not the sum of their entries: must always be none."""
    sums = {
        row["account"]: row["total"] for row in Entry.objects.values("account").annotate(total=Sum("amount")).order_by()
    }
    return tuple(row.id for row in Account.objects.all() if row.balance != sums.get(row.id, Decimal(0)))


def out_of_step() -> tuple[str, ...]:
    """References of charges that say something else than the debt account of their declaration: must always be none."""
    debts = dict(Account.objects.filter(kind=Account.Kind.DEBT).values_list("holder", "balance"))
    return tuple(
        charge.reference
        for charge in Charge.objects.all()
        if debts.get(str(charge.root), ZERO) != (ZERO if charge.cancelled else charge.due - charge.paid)
    )
