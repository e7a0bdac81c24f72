"""Rates of exchange: the rates of a day with every version, entry, a table from a file, corrections by two persons."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from gumruk.law.types import Confidence, ExchangeRate
from gumruk.lawbook import selectors as lawbook
from gumruk.reference import selectors, services
from gumruk.reference.rate_sheet import RateSheet, read_rates
from gumruk.reference.types import CONFIRMS, ENTERS, PER, RateOfExchangeRefused, RateStatus
from gumruk.reference.wording import refusal, row_fault
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import SheetRefused, day_in, number_in, read_sheet, whole_in
from gumruk.trust.types import Person
from gumruk.web.visits import person_of, signed_in

SOURCE = "National Bank of Tajikistan"
REFUSED = (RateOfExchangeRefused, SheetRefused)


def may(person: Person, *roles: str) -> bool:
    """Whether one of the person's grants has one of the roles."""
    return any(grant.role in roles for grant in person.grants)


@require_GET
@signed_in
def rates(request: HttpRequest) -> HttpResponse:
    return page(request, day_in(request.GET.get("day", "")))


def page(
    request: HttpRequest, day: date | None, *, error: str = "", said: dict[str, str] | None = None
) -> HttpResponse:
    """The page of a day; with an error what was typed stays."""
    person, today = person_of(request), clock.law_day(clock.now())
    # The page has links to the day before and the day after: the first and the last day of time have none.
    day = day if day and date.min < day < date.max else today
    names = dict(lawbook.codes("currency", get_language() or "en"))
    versions = selectors.versions_on(day)
    standing = [one for one in versions if one.status is RateStatus.STANDING]
    context: dict[str, Any] = {
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1),
        "today": today,
        "rows": [(one, names.get(one.currency, one.currency)) for one in standing],
        "history": [one for one in versions if one.version > 1 or one.status is not RateStatus.STANDING],
        "proposals": selectors.proposals(),
        "days": selectors.days_with_rates(until=today + timedelta(days=7)),
        "enters": may(person, *ENTERS),
        "confirms": may(person, CONFIRMS),
        "mine": person.username,
        "pers": [(str(per), str(per)) for per in PER],
        "currencies": [(one.currency, f"{one.currency} · {names.get(one.currency, '')}") for one in standing],
        "said": said or {"per": "1"},
        "error": error,
        "unusual": bool(error and said and said.get("unusual")),
        "source": SOURCE,
    }
    return render(request, "web/reference/rates.html", context, status=422 if error else 200)


def worded(refused: RateOfExchangeRefused | SheetRefused) -> str:
    """A refusal in the page's language."""
    return refusal(refused.code, get_language() or "en", refused.values)


def to_day(day: date) -> HttpResponse:
    return redirect(f"{reverse('exchange-rates')}?day={day.isoformat()}")


def allowed(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Nothing that was sent is read or kept for who may not enter rates."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not may(person_of(request), *ENTERS):
            return page(request, None, error=worded(RateOfExchangeRefused("not_allowed")))
        return view(request)

    return guarded


@require_POST
@signed_in
@allowed
def enter(request: HttpRequest) -> HttpResponse:
    """One rate, typed."""
    said = {
        name: request.POST.get(name, "").strip() for name in ("currency", "day", "per", "rate", "source", "confirmed")
    }
    day, rate = day_in(said["day"]), number_in(said["rate"])
    currency, per = said["currency"].upper(), whole_in(said["per"] or "1")
    at = clock.now()
    if day is None or rate is None or per is None or currency not in lawbook.currencies() or currency == "TJS":
        wrong = gettext("Write the currency by its three letters, the day as 2026-11-25 and the rate as a number.")
        return page(request, day, error=wrong, said=said)
    row = ExchangeRate(currency, day, per, rate, said["source"] or SOURCE, Confidence.CONFIRMED)
    try:
        services.enter_rates(
            rates=[row],
            at=at,
            by=person_of(request),
            limit_percent=lawbook.exchange_rate_limit(clock.law_day(at)),
            confirmed=bool(said["confirmed"]),
        )
    except RateOfExchangeRefused as refused:
        return page(
            request, day, error=worded(refused), said={**said, "unusual": "1" if refused.code == "unusual" else ""}
        )
    messages.success(request, gettext("The rate was entered."))
    return to_day(day)


@require_POST
@signed_in
@allowed
def file(request: HttpRequest) -> HttpResponse:
    """A table from a file: first its preview, then, confirmed, all of it."""
    person, at, language = person_of(request), clock.now(), get_language() or "en"
    day = day_in(request.POST.get("day", ""))
    try:
        kept, name, data = _uploaded(request, person)
        sheet = read_rates(read_sheet(data), currencies=lawbook.currencies(), source=SOURCE, day=day)
        kept = kept or services.keep_sheet(name=name, data=data, by=person, at=at)
        limit = lawbook.exchange_rate_limit(clock.law_day(at))
        if request.POST.get("act") != "enter" or sheet.faults:
            return _preview(request, kept, name, sheet, limit, day)
        services.enter_rates(
            rates=sheet.rates, at=at, by=person, limit_percent=limit, confirmed=bool(request.POST.get("confirmed"))
        )
    except REFUSED as refused:
        return page(request, day, error=refusal(refused.code, language, refused.values))
    services.forget_sheet(sheet=kept, by=person)
    messages.success(request, gettext("The rates were entered."))
    return to_day(max(rate.day for rate in sheet.rates))


def _uploaded(request: HttpRequest, person: Person) -> tuple[uuid.UUID | None, str, bytes]:
    """The uploaded sheet, not kept yet, or the one kept since its preview. Raises SheetRefused `empty`."""
    given = request.FILES.get("file")
    if given is not None:
        return None, str(given.name), given.read()
    try:
        key = uuid.UUID(request.POST.get("sheet", ""))
    except ValueError:
        raise SheetRefused("empty") from None
    kept = selectors.kept_sheet(sheet=key, by=person, at=clock.now())
    if kept is None:
        raise SheetRefused("empty")
    return key, *kept


def _preview(
    request: HttpRequest, kept: uuid.UUID, name: str, sheet: RateSheet, limit: Decimal | None, day: date | None
) -> HttpResponse:
    language = get_language() or "en"
    jumps = selectors.jumps(sheet.rates, limit_percent=limit) if limit is not None else ()
    moved = {(jump.currency, jump.day): jump for jump in jumps}
    context = {
        "file": name,
        "sheet": kept,
        "day": day,
        "rows": [(rate, moved.get((rate.currency, rate.day))) for rate in sheet.rates],
        "faults": [row_fault(one.row, one.column, one.code, language, one.values) for one in sheet.faults],
        "jumps": jumps,
        "limit": limit,
        "enters": may(person_of(request), *ENTERS),
    }
    return render(request, "web/reference/rates_preview.html", context, status=422 if sheet.faults else 200)


@require_POST
@signed_in
@allowed
def correct(request: HttpRequest) -> HttpResponse:
    """Propose another rate where one stands."""
    said = {name: request.POST.get(name, "").strip() for name in ("currency", "day", "per", "rate", "reason")}
    day, rate = day_in(said["day"]), number_in(said["rate"])
    per = whole_in(said["per"])
    if day is None or rate is None or per is None:
        return page(request, day, error=gettext("Write the new rate as a number."), said=said)
    try:
        services.propose_correction(
            currency=said["currency"],
            day=day,
            per=per,
            rate=rate,
            reason=said["reason"],
            by=person_of(request),
            at=clock.now(),
        )
    except RateOfExchangeRefused as refused:
        return page(request, day, error=worded(refused), said=said)
    messages.success(request, gettext("The correction waits for a second person."))
    return to_day(day)


@require_POST
@signed_in
def decide(request: HttpRequest) -> HttpResponse:
    """Accept or refuse a waiting correction."""
    day, accept = day_in(request.POST.get("day", "")), request.POST.get("act") == "accept"
    if day is None:
        return redirect("exchange-rates")
    try:
        services.decide_correction(
            currency=request.POST.get("currency", ""), day=day, accept=accept, by=person_of(request), at=clock.now()
        )
    except RateOfExchangeRefused as refused:
        return page(request, day, error=worded(refused))
    messages.success(
        request, gettext("The correction was accepted.") if accept else gettext("The correction was refused.")
    )
    return to_day(day)
