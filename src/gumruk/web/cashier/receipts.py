"""One receipt with its print and, for a supervisor, its reversal; and decisions on refunds."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gumruk.clearance import services as clearance
from gumruk.payments import selectors as payments
from gumruk.payments import services
from gumruk.payments.types import RefundState
from gumruk.toolkit import clock
from gumruk.trust.types import Role
from gumruk.web.cash_labels import worded
from gumruk.web.cashier.reading import REFUSED, for_roles, means_words
from gumruk.web.prints.views import may_see
from gumruk.web.visits import person_of, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def receipt(request: HttpRequest, receipt: uuid.UUID) -> HttpResponse:
    """What was received or given out; the supervisor takes it back here, with the reason."""
    person, error = person_of(request), ""
    found = payments.receipt(receipt=receipt)
    if found is None or not may_see(found, person):
        return render(request, "web/shared/missing.html", status=404)
    if request.method == "POST":
        reason, at = request.POST.get("reason", ""), clock.now()
        try:
            if found.declaration:
                made = clearance.reverse_payment(
                    declaration=found.declaration, receipt=receipt, reason=reason, by=person, at=at
                )
            else:
                made = services.reverse(receipt=receipt, reason=reason, by=person, at=at)
            messages.success(request, gettext("The receipt was reversed. The first one stays on record."))
            return redirect("receipt", made.id)
        except REFUSED as refused:
            error = worded(refused)
    taken_back = receipt in payments.reversed_ids(receipts=(found,))
    context = {
        "receipt": found, "error": error, "taken_back": taken_back, "words": means_words(), "typed": request.POST,
        "may_reverse": person.may(Role.SUPERVISOR, found.office) and not taken_back and found.reverses is None,
        "desk": person.may(Role.CASHIER),
    }  # fmt: skip
    return render(request, "web/cashier/receipt.html", context, status=422 if error else 200)


@require_GET
@for_roles(Role.SUPERVISOR)
def refunds(request: HttpRequest) -> HttpResponse:
    return refunds_page(request)


def refunds_page(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    """Refunds that wait for a decision, and the newest decided ones, of the person's offices."""
    offices = person_of(request).offices(Role.SUPERVISOR)
    waiting = payments.refunds(states=(RefundState.ASKED,), offices=offices)
    decided = payments.refunds(states=(RefundState.APPROVED, RefundState.REFUSED, RefundState.PAID), offices=offices)[
        :50
    ]
    context = {
        "waiting": [(one, payments.balance(party=one.party)) for one in waiting], "decided": decided, "error": error,
        "typed": request.POST,
    }  # fmt: skip
    return render(request, "web/cashier/refunds.html", context, status=status)


@require_POST
@for_roles(Role.SUPERVISOR)
def decide(request: HttpRequest, refund: uuid.UUID) -> HttpResponse:
    try:
        services.decide_refund(
            refund=refund,
            approve=request.POST.get("act") == "approve",
            decision=request.POST.get("decision", ""),
            by=person_of(request),
            at=clock.now(),
        )
    except REFUSED as refused:
        return refunds_page(request, error=worded(refused), status=422)
    messages.success(request, gettext("The decision was recorded."))
    return redirect("refunds")
