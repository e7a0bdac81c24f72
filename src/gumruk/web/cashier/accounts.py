"""The broker's money: balance and movements of each account, what is owed, how to deposit, refunds, the demo bank."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from gumruk.exchange import bank as exchange
from gumruk.lawbook import selectors as lawbook
from gumruk.payments import selectors as payments
from gumruk.payments import services
from gumruk.payments.types import MovementPage
from gumruk.toolkit import clock
from gumruk.trust.types import Role
from gumruk.web.cash_labels import worded
from gumruk.web.cashier.reading import REFUSED, amount_of, for_roles
from gumruk.web.navigation import Link
from gumruk.web.visits import person_of


@require_GET
@for_roles(Role.BROKER)
def accounts(request: HttpRequest) -> HttpResponse:
    return accounts_page(request)


def accounts_page(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    """One account of the person's firms; several firms are chips."""
    person = person_of(request)
    parties = sorted(person.parties)
    asked = request.POST.get("party") or request.GET.get("party", "")
    party = asked if asked in parties else next(iter(parties), "")
    after = request.GET.get("after", "")
    try:
        page = payments.movements(party=party, after=after)
    except ValueError:
        page = MovementPage((), "")
    context = {
        "party": party, "error": error, "typed": request.POST, "page": page, "after": after, "person": person,
        "balance": payments.balance(party=party), "owed": payments.open_charges(parties=person.parties),
        "refunds": payments.refunds(parties=frozenset({party})) if party else (),
        "firms": [Link(one, f"?party={one}", one == party) for one in parties],
        "offices": [(code, f"{code} · {name}") for code, name in lawbook.codes("office", request.LANGUAGE_CODE)],
    }  # fmt: skip
    return render(request, "web/cashier/accounts.html", context, status=status)


@require_POST
@for_roles(Role.BROKER)
def ask_refund(request: HttpRequest) -> HttpResponse:
    said = request.POST
    try:
        services.ask_refund(
            party=said.get("party", ""),
            amount=amount_of(said.get("amount", "")),
            reason=said.get("reason", ""),
            office=said.get("office", ""),
            by=person_of(request),
            at=clock.now(),
        )
    except REFUSED as refused:
        return accounts_page(request, error=worded(refused), status=422)
    messages.success(request, gettext("The refund was asked for. Customs will decide."))
    return redirect(f"/accounts?party={said.get('party', '')}")


@require_POST
@for_roles(Role.BROKER)
def demo_bank(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    """Pay as the bank's message would; for demonstration people only."""
    try:
        exchange.pay_by_demo_bank(declaration=declaration, by=person_of(request), at=clock.now())
    except REFUSED as refused:
        return accounts_page(request, error=worded(refused), status=422)
    messages.success(request, gettext("The demonstration bank paid the charge."))
    return redirect("declaration", declaration)
