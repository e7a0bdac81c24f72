"""The pages of registers: lines with their sums, the sheet, the print, and the large prints that are being made."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST
from procrastinate.contrib.django import app

from gumruk.documents import ordering, services
from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit import clock, logs
from gumruk.trust.types import Person
from gumruk.web.figures import files
from gumruk.web.figures.asking import LEADERS
from gumruk.web.figures.charts import shown
from gumruk.web.navigation import Link
from gumruk.web.registers import asking
from gumruk.web.registers.asking import Asked, cursor_text, offices_of, registers_of
from gumruk.web.registers.printing import lines_of, sheet
from gumruk.web.registers.tasks import MAKE
from gumruk.web.visits import person_of, signed_in

PAGE = 50
AT_ONCE = 2_000  # lines that are printed while somebody waits: some seconds
MOST_PRINTED = 10_000  # lines of one print
MOST = 100_000  # lines of one sheet


def _missing(request: HttpRequest) -> HttpResponse:
    return render(request, "web/shared/missing.html", status=404)


def _asked(request: HttpRequest, name: str) -> Asked | None:
    query = request.GET if request.method == "GET" else request.POST
    said = {key: str(query.get(key, "")) for key in ("since", "until", "office", "after")}
    return asking.read(name, said, person_of(request), clock.law_day(clock.now()))


@require_GET
@signed_in
def first(request: HttpRequest) -> HttpResponse:
    """The first register that the person may read."""
    found = registers_of(person_of(request))
    return redirect("register", found[0].name) if found else _missing(request)


@require_GET
@signed_in
def page(request: HttpRequest, name: str) -> HttpResponse:
    """Fifty lines and the sums of all."""
    asked, person = _asked(request, name), person_of(request)
    if asked is None:
        return _missing(request)
    found = asked.register.read(asked.span, asked.after, PAGE + 1)
    more, lines = len(found) > PAGE, found[:PAGE]
    number, sums = asked.register.sums(asked.span)
    columns = asked.register.columns
    context = {
        "asked": asked,
        "title": gettext(asked.register.title),
        "columns": columns,
        "lines": [
            ([(shown(cell, column.kind) if column.number else cell, column.number)
              for cell, column in zip(line.cells, columns, strict=True)], line.declaration)
            for line in lines
        ],
        "number": shown(number, "count"),
        "sums": [(columns[place].word, shown(one, "money")) for place, one in zip(asked.register.summed, sums, strict=True)],
        "registers": [Link(gettext(one.title), reverse("register", args=[one.name]) + asked.address(), one.name == name)
                      for one in registers_of(person)],
        "offices": _office_options(person, asked),
        "query": asked.address(),
        "next": asked.address(after=cursor_text(lines[-1].cursor)) if more else "",
        "first": asked.address() if asked.after else "",
        "at_once": number <= AT_ONCE,
        "too_many": number > MOST_PRINTED,
        "orders": ordering.orders_of(by=person.id),
        "leads": any(person.may(role) for role in LEADERS),
    }  # fmt: skip
    return render(request, "web/registers/page.html", context)


def _office_options(person: Person, asked: Asked) -> list[tuple[str, str]]:
    seen = offices_of(person, asked.register)
    names = lawbook.codes("office", get_language() or "en")
    offices = [(code, f"{code} · {name}") for code, name in names if "" in seen or code in seen]
    return (
        [("", gettext("The whole service") if "" in seen else gettext("All my offices")), *offices]
        if len(offices) > 1
        else []
    )


@require_GET
@signed_in
def download(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """All lines as a sheet, or as a print when they are few enough to wait for."""
    asked = _asked(request, name)
    if asked is None or kind not in ("csv", "xlsx", "pdf"):
        return _missing(request)
    number, sums = asked.register.sums(asked.span)
    if number > (AT_ONCE if kind == "pdf" else MOST):
        return redirect(reverse("register", args=[name]) + asked.address())
    lines = list(lines_of(asked))
    if kind == "pdf":
        at = clock.now()
        made = services.print_sheet(
            sheet=sheet(asked, lines, language=get_language() or "en", at=at),
            address=request.build_absolute_uri(reverse("verify")), by=person_of(request).id, at=at,
        )  # fmt: skip
        return _pdf(made.file_name, made.pdf)
    columns = asked.register.columns
    rows = [[column.word for column in columns]]
    rows += [
        [files.plain(cell, column.kind) for cell, column in zip(line.cells, columns, strict=True)] for line in lines
    ]
    total = [""] * len(columns)
    total[0] = gettext("Total")
    for place, one in zip(asked.register.summed, sums, strict=True):
        total[place] = str(one)
    numbers = frozenset(place for place, column in enumerate(columns) if column.number)
    widths = [round(width * 7) for width in asked.register.widths]
    name_of = f"{name}-{asked.since}-{asked.last}"
    return files.answer(name_of, [*rows, total], kind, numbers=numbers, widths=widths)


def _pdf(name: str, made: bytes) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@signed_in
def order(request: HttpRequest, name: str) -> HttpResponse:
    """Let a job make a large print."""
    asked, person = _asked(request, name), person_of(request)
    if asked is None:
        return _missing(request)
    number, _ = asked.register.sums(asked.span)
    if number <= MOST_PRINTED:
        said = {
            **asked.kept,
            "language": get_language() or "en",
            "address": request.build_absolute_uri(reverse("verify")),
        }
        with transaction.atomic():
            made = ordering.order(
                asked=said,
                title=gettext(asked.register.title),
                office=asked.office,
                whole=number,
                by=person.id,
                at=clock.now(),
            )
            app.configure_task(MAKE).defer(order=str(made), request=logs.request_id())
    return redirect(reverse("register", args=[name]) + asked.address() + "#orders")


@require_GET
@signed_in
def orders(request: HttpRequest) -> HttpResponse:
    """How far the large prints are, by themselves: the page asks for it while some are being made."""
    return render(request, "web/registers/orders.html", {"orders": ordering.orders_of(by=person_of(request).id)})


@require_GET
@signed_in
def fetch(request: HttpRequest, order: uuid.UUID) -> HttpResponse:
    """A large print that is ready."""
    found = ordering.fetch(order=order, by=person_of(request).id, at=clock.now())
    return _pdf(*found) if found else _missing(request)
