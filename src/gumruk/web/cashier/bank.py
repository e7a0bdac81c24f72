"""Bank statements: upload one, see what became of each row, assign what names nothing."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gumruk.exchange import bank as exchange
from gumruk.exchange.bank import CreditOutcome
from gumruk.payments import selectors as payments
from gumruk.toolkit import clock
from gumruk.trust.types import Role
from gumruk.web.cash_labels import worded
from gumruk.web.cashier.reading import REFUSED, for_roles
from gumruk.web.visits import person_of


def bank_page(
    request: HttpRequest, *, outcomes: tuple[CreditOutcome, ...] = (), error: str = "", status: int = 200
) -> HttpResponse:
    context = {"held": payments.held_credits(), "outcomes": outcomes, "error": error, "typed": request.POST}
    return render(request, "web/cashier/bank.html", context, status=status)


@require_http_methods(["GET", "POST"])
@for_roles(Role.CASHIER, Role.SUPERVISOR)
def bank(request: HttpRequest) -> HttpResponse:
    """The statement page. The answer to an upload says what became of each row; sending it again changes nothing."""
    file = request.FILES.get("file")
    if request.method == "GET" or file is None:
        return bank_page(request)
    try:
        outcomes = exchange.receive_bank_statement(data=file.read(), by=person_of(request), at=clock.now())
    except REFUSED as refused:
        return bank_page(request, error=worded(refused), status=422)
    return bank_page(request, outcomes=outcomes)


@require_POST
@for_roles(Role.CASHIER, Role.SUPERVISOR)
def assign(request: HttpRequest, credit: uuid.UUID) -> HttpResponse:
    said = request.POST
    try:
        exchange.assign_credit(
            credit=credit,
            reference=said.get("reference", "").strip(),
            party=said.get("party", ""),
            reason=said.get("reason", ""),
            by=person_of(request),
            at=clock.now(),
        )
    except REFUSED as refused:
        return bank_page(request, error=worded(refused), status=422)
    messages.success(request, gettext("The money was assigned."))
    return redirect("bank")
