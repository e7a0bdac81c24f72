"""The cashier's page: open a shift, take and give money, see every operation of the shift."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_POST

from gumruk.clearance import services as clearance
from gumruk.payments import selectors as payments
from gumruk.payments import services
from gumruk.payments.types import PaymentRefused, ReceiptView, RefundState, RefundView, ShiftView
from gumruk.toolkit import clock
from gumruk.toolkit.rows import new_id
from gumruk.trust.types import Person, Role
from gumruk.web.cash_labels import worded
from gumruk.web.cashier.reading import REFUSED, amount_of, charge_from, for_roles, means_words, offices_of
from gumruk.web.visits import person_of

Act = Callable[[QueryDict, ShiftView, Person, datetime], ReceiptView]


@require_GET
@for_roles(Role.CASHIER)
def desk(request: HttpRequest) -> HttpResponse:
    return desk_page(request)


def desk_page(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    """The page with or without an open shift. Refused, it comes back with the reason and what was typed."""
    person = person_of(request)
    shift = payments.open_shift(cashier=person.id)
    typed = request.POST if error else request.GET
    reference = typed.get("reference", "").strip()
    charge = charge_from(reference, office=shift.office, person=person) if reference and shift else None
    operations = payments.shift_receipts(shift=shift.id) if shift else ()
    words = means_words()
    day = clock.law_day(clock.now())
    context: dict[str, Any] = {
        "shift": shift, "error": error, "typed": typed, "reference": reference, "charge": charge,
        "not_found": bool(reference and shift and charge is None), "key": new_id(), "words": words,
        "means": [(one.code, words.get(one.code, one.code)) for one in payments.desk_means(day=day)],
        "operations": operations, "reversed": payments.reversed_ids(receipts=operations),
        "offices": offices_of(person, Role.CASHIER), "tried": typed.get("act", "") if error else "",
        "payouts": _payouts(shift) if shift else (),
        "held": len(payments.held_credits()),
    }  # fmt: skip
    return render(request, "web/cashier/desk.html", context, status=status)


def _payouts(shift: ShiftView) -> tuple[RefundView, ...]:
    """Refunds that this office has approved and not paid out."""
    return payments.refunds(states=(RefundState.APPROVED,), offices=frozenset({shift.office}))


def _take(said: QueryDict, shift: ShiftView, by: Person, at: datetime) -> ReceiptView:
    charge = charge_from(said.get("reference", ""), office=shift.office, person=by)
    if charge is None:
        raise PaymentRefused("charge_unknown", reference=said.get("reference", "")[:40])
    return clearance.receive_payment(
        declaration=charge.declaration, amount=amount_of(said.get("amount", "")), means=said.get("means", ""),
        source=f"desk:{said.get('key', '')[:60]}", by=by, at=at,
    )  # fmt: skip


def _other(said: QueryDict, shift: ShiftView, by: Person, at: datetime) -> ReceiptView:
    return services.receive_other(
        office=shift.office, amount=amount_of(said.get("other_amount", "")), means=said.get("other_means", ""),
        purpose=said.get("purpose", ""), revenue_account=said.get("revenue_account", ""), payer=said.get("payer", "").strip(),
        key=said.get("key", "")[:60], by=by, at=at,
    )  # fmt: skip


def _deposit(said: QueryDict, shift: ShiftView, by: Person, at: datetime) -> ReceiptView:
    return services.receive_deposit(
        office=shift.office, amount=amount_of(said.get("deposit_amount", "")), means=said.get("deposit_means", ""),
        party=said.get("party", ""), key=said.get("key", "")[:60], by=by, at=at,
    )  # fmt: skip


def _pay_out(said: QueryDict, shift: ShiftView, by: Person, at: datetime) -> ReceiptView:
    try:
        refund = uuid.UUID(said.get("refund", ""))
    except ValueError as wrong:
        raise PaymentRefused("refund_unknown") from wrong
    return services.pay_out(office=shift.office, refund=refund, by=by, at=at)


ACTS: dict[str, Act] = {"take": _take, "other": _other, "deposit": _deposit, "pay_out": _pay_out}
DONE = {
    "take": _("The payment was recorded. Print the receipt."), "other": _("The payment was recorded. Print the receipt."),
    "deposit": _("The deposit was recorded. Print the receipt."), "pay_out": _("The refund was paid out. Print the receipt."),
}  # fmt: skip


@require_POST
@for_roles(Role.CASHIER)
def act(request: HttpRequest) -> HttpResponse:
    """One act at the open shift, named by its button; afterwards the receipt is shown."""
    person, name = person_of(request), request.POST.get("act", "")
    shift = payments.open_shift(cashier=person.id)
    chosen = ACTS.get(name)
    try:
        if shift is None:
            raise PaymentRefused("no_open_shift")
        if chosen is None:
            return redirect("cash-desk")
        made = chosen(request.POST, shift, person, clock.now())
    except REFUSED as refused:
        return desk_page(request, error=worded(refused), status=422)
    messages.success(request, gettext(DONE[name]))
    return redirect("receipt", made.id)


@require_POST
@for_roles(Role.CASHIER)
def open_shift(request: HttpRequest) -> HttpResponse:
    try:
        services.open_shift(
            office=request.POST.get("office", ""),
            float_amount=amount_of(request.POST.get("float", ""), zero=True),
            by=person_of(request),
            at=clock.now(),
        )
    except REFUSED as refused:
        return desk_page(request, error=worded(refused), status=422)
    return redirect("cash-desk")
