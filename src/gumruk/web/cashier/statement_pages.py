"""The statement of account of a firm over a period: on the page, as a sheet, as a print; the same numbers in all three."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from gumruk.documents import services as documents
from gumruk.payments.statements import Statement, statement_of
from gumruk.payments.types import PaymentRefused
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import day_in, write_sheet
from gumruk.trust.types import Role
from gumruk.web.cash_labels import MOVEMENTS, worded
from gumruk.web.cashier.reading import for_roles
from gumruk.web.navigation import Link
from gumruk.web.prints.statement import statement_sheet
from gumruk.web.templatetags.gumruk_format import moment
from gumruk.web.visits import person_of

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDTHS = (20, 34, 26, 18, 18, 40)


@require_GET
@for_roles(Role.BROKER)
def statement(request: HttpRequest) -> HttpResponse:
    """The page; without a period, this month."""
    parties = sorted(person_of(request).parties)
    party, since, until = _asked(request, parties)
    error, found = "", None
    try:
        found = statement_of(party=party, since=since, until=until)
    except PaymentRefused as refused:
        error = worded(refused)
    context = {
        "party": party,
        "found": found,
        "error": error,
        "since": f"{since:%d.%m.%Y}",
        "until": f"{until:%d.%m.%Y}",
        "address": _address(party, since, until),
        "firms": [Link(one, f"?party={one}", one == party) for one in parties],
        "periods": [
            Link(words, f"?{_address(party, first, last)}", (first, last) == (since, until))
            for words, first, last in _periods(clock.law_day(clock.now()))
        ],
    }
    return render(request, "web/cashier/statement.html", context, status=422 if error else 200)


@require_GET
@for_roles(Role.BROKER)
def sheet(request: HttpRequest) -> HttpResponse:
    """The statement as a workbook."""
    party, since, until = _asked(request, sorted(person_of(request).parties))
    try:
        found = statement_of(party=party, since=since, until=until)
    except PaymentRefused:
        return redirect(f"{reverse('statement')}?{_address(party, since, until)}")
    answer = HttpResponse(write_sheet(_rows(found), widths=WIDTHS), content_type=WORKBOOK)
    answer["Content-Disposition"] = f'attachment; filename="statement-{party}-{since:%Y%m%d}-{until:%Y%m%d}.xlsx"'
    return answer


@require_GET
@for_roles(Role.BROKER)
def printed(request: HttpRequest) -> HttpResponse:
    """The statement as PDF, with the code that shows it is genuine."""
    person, at = person_of(request), clock.now()
    party, since, until = _asked(request, sorted(person.parties))
    try:
        found = statement_of(party=party, since=since, until=until)
    except PaymentRefused:
        found = None
    if found is None or found.account is None:
        return redirect(f"{reverse('statement')}?{_address(party, since, until)}")
    made = documents.print_sheet(
        sheet=statement_sheet(statement=found, account=found.account, made=at, language=get_language() or "en"),
        address=request.build_absolute_uri(reverse("verify")),
        by=person.id,
        at=at,
    )
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{made.file_name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _address(party: str, since: date, until: date) -> str:
    return f"party={party}&since={since:%d.%m.%Y}&until={until:%d.%m.%Y}"


def _asked(request: HttpRequest, parties: list[str]) -> tuple[str, date, date]:
    """Firm, first and last day; what is no day is taken from this month."""
    today = clock.law_day(clock.now())
    said = request.GET.get("party", "")
    party = said if said in parties else next(iter(parties), "")
    since = day_in(request.GET.get("since", "")) or today.replace(day=1)
    until = day_in(request.GET.get("until", "")) or today
    latest = today + timedelta(days=366)
    return party, min(since, latest), min(until, latest)


def _periods(today: date) -> list[tuple[str, date, date]]:
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return [
        (gettext("This month"), first, today),
        (gettext("Last month"), before.replace(day=1), before),
        (gettext("This year"), today.replace(month=1, day=1), today),
    ]


def _rows(found: Statement) -> list[list[str]]:
    """Heading, opening, movements, closing."""
    rows = [
        [
            gettext("Time"),
            gettext("What"),
            gettext("Declaration"),
            gettext("Amount, TJS"),
            gettext("Balance, TJS"),
            gettext("Source"),
        ]
    ]
    rows.append([moment(found.since), gettext("Opening balance"), "", "", str(found.opening), ""])
    for one in found.rows:
        kind = gettext(MOVEMENTS.get(one.kind, one.kind))
        rows.append([moment(one.at), kind, one.number, str(one.amount), str(one.balance), one.source])
    rows.append([moment(found.until), gettext("Closing balance"), "", "", str(found.closing), ""])
    return rows
