"""Closing a shift with counted cash, the report of a shift, and the daybook by day, month and cashier."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from gumruk.payments import reports, services
from gumruk.payments import selectors as payments
from gumruk.payments.types import DaybookReport, ReceiptView, ShiftView
from gumruk.toolkit import clock
from gumruk.trust.types import Person, Role
from gumruk.web.cash_labels import OPERATIONS, worded
from gumruk.web.cashier.reading import REFUSED, amount_of, day_of, for_roles, means_words, offices_of
from gumruk.web.navigation import Link
from gumruk.web.visits import person_of

DESK = (Role.CASHIER, Role.SUPERVISOR)


def _shift_for(shift: uuid.UUID, person: Person) -> ShiftView | None:
    found = payments.shift(shift=shift)
    seen = found is not None and (found.cashier == person.id or person.may(Role.SUPERVISOR, found.office))
    return found if seen else None


def _missing(request: HttpRequest) -> HttpResponse:
    return render(request, "web/shared/missing.html", status=404)


@require_http_methods(["GET", "POST"])
@for_roles(*DESK)
def close(request: HttpRequest, shift: uuid.UUID) -> HttpResponse:
    """Count the cash and close. What is expected is shown only after a count that differs."""
    person, error = person_of(request), ""
    found = _shift_for(shift, person)
    if found is None:
        return _missing(request)
    if request.method == "POST":
        try:
            services.close_shift(
                shift=shift,
                counted=amount_of(request.POST.get("counted", ""), zero=True),
                reason=request.POST.get("reason", ""),
                by=person,
                at=clock.now(),
            )
            return redirect("shift", shift)
        except REFUSED as refused:
            error = worded(refused)
    context = {"shift": found, "error": error, "typed": request.POST}
    return render(request, "web/cashier/close.html", context, status=422 if error else 200)


@require_GET
@for_roles(*DESK)
def shift(request: HttpRequest, shift: uuid.UUID) -> HttpResponse:
    """The closing report of one shift."""
    found = _shift_for(shift, person_of(request))
    if found is None:
        return _missing(request)
    rows = tuple(reversed(payments.shift_receipts(shift=shift)))
    context = {"shift": found, "rows": rows, "totals": _totals(rows), "words": means_words()}
    return render(request, "web/cashier/shift.html", context)


def _totals(rows: tuple[ReceiptView, ...]) -> list[tuple[str, Decimal]]:
    words, sums = means_words(), reports.totals_of(rows)
    return [(words.get(code, code), amount) for code, amount in sums.by_means] + [
        (gettext(OPERATIONS[code]), amount) for code, amount in sums.by_operation
    ]


def _month(day: date) -> tuple[date, date]:
    first = day.replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)


@require_GET
@for_roles(*DESK)
def daybook(request: HttpRequest) -> HttpResponse:
    """Receipts of an office over a day or a month, of everybody or of one cashier."""
    person, asked = person_of(request), request.GET
    offices = offices_of(person, *DESK)
    codes = [code for code, _ in offices]
    office = asked.get("office", "") if asked.get("office", "") in codes else next(iter(codes), "")
    day = day_of(asked.get("day", ""), clock.law_day(clock.now()))
    monthly = asked.get("span") == "month"
    since, until = _month(day) if monthly else (day, day + timedelta(days=1))
    whole = reports.daybook(office=office, since=since, until=until)
    cashiers = sorted({(str(one.cashier), one.cashier_name) for one in whole.shifts}, key=lambda one: one[1])
    chosen = asked.get("cashier", "") if asked.get("cashier", "") in dict(cashiers) else ""
    report: DaybookReport = (
        reports.daybook(office=office, since=since, until=until, cashier=uuid.UUID(chosen)) if chosen else whole
    )
    words = means_words()
    context = {
        "report": report, "offices": offices, "office": office, "day": day, "monthly": monthly, "cashier": chosen,
        "cashiers": [("", gettext("Every cashier")), *cashiers], "words": words, "totals": _totals(report.receipts),
        "spans": [Link(gettext("Day"), f"?day={day}&office={office}", not monthly),
                  Link(gettext("Month"), f"?day={day}&office={office}&span=month", monthly)],
    }  # fmt: skip
    return render(request, "web/cashier/daybook.html", context)
