"""The import of the national tariff: a sheet, its preview with every fault, then a draft change set."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.tariff_draft import against_law, draft_tariff, known_to_law
from gumruk.lawbook.tariff_sheet import TariffSheet, read_tariff
from gumruk.lawbook.tariff_wording import marked_workbook, refusal, row_fault
from gumruk.lawbook.types import EDITOR, LawbookRefused
from gumruk.lawbook.wording import sentence
from gumruk.reference import selectors, services
from gumruk.toolkit import clock
from gumruk.toolkit.sheets import Row, SheetRefused, day_in, read_sheet
from gumruk.toolkit.text import dictionary_key
from gumruk.trust.types import Person
from gumruk.web.visits import person_of, signed_in

MOST = 100
REFUSED = (SheetRefused, LawbookRefused)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form said beside the file."""

    act: str
    since: date | None
    whole: date | None

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        said = request.POST if request.method == "POST" else request.GET
        return cls(said.get("act", ""), day_in(said.get("since", "")), day_in(said.get("whole", "")))


@require_GET
@signed_in
def tariff(request: HttpRequest) -> HttpResponse:
    return page(request)


def page(request: HttpRequest, *, error: str = "") -> HttpResponse:
    """The form that asks for the sheet."""
    language = get_language() or "en"
    acts = [(one.id, f"{one.title.in_language(language)} {one.number}") for one in lawbook.snapshot().acts.values()]
    context = {
        "acts": [("", ""), *sorted(acts, key=lambda row: dictionary_key(row[1]))],
        "may": may_draft(person_of(request)),
        "error": error,
        "asked": Asked.of(request),
        "goods": len(lawbook.code_rows("goods")),
        "drafts": [one for one in lawbook.change_sets(limit=50) if one.origin == "imported"][:10],
    }
    return render(request, "web/reference/tariff.html", context, status=422 if error else 200)


def may_draft(person: Person) -> bool:
    return any(grant.role == EDITOR for grant in person.grants)


def worded(refused: SheetRefused | LawbookRefused) -> str:
    language = get_language() or "en"
    if isinstance(refused, SheetRefused):
        return refusal(refused.code, language, refused.values)
    return sentence(refused.code, refused.values, language)


@require_POST
@signed_in
def preview(request: HttpRequest) -> HttpResponse:
    """What the sheet says, what is wrong with it, and what it would change."""
    person, asked, given = person_of(request), Asked.of(request), request.FILES.get("file")
    if not may_draft(person):
        return page(request, error=worded(LawbookRefused("not_allowed", role=EDITOR)))
    if given is None:
        return page(request, error=gettext("Choose the file with the tariff."))
    try:
        data = given.read()
        _rows, sheet = _read(data, asked)
        key = services.keep_sheet(name=str(given.name), data=data, by=person, at=clock.now())
        return _shown(request, key, str(given.name), sheet, asked)
    except REFUSED as refused:
        return page(request, error=worded(refused))


def _read(data: bytes, asked: Asked) -> tuple[list[Row], TariffSheet]:
    rows = read_sheet(data)
    return rows, read_tariff(rows, known=known_to_law(), since=asked.since)


def _shown(request: HttpRequest, key: uuid.UUID, name: str, sheet: TariffSheet, asked: Asked) -> HttpResponse:
    language = get_language() or "en"
    counts: dict[str, Any] = {}
    if not sheet.errors and asked.act:
        counts = against_law(sheet, act=asked.act, source=name, whole_since=asked.whole).counts
    context = {
        "file": name,
        "sheet": key,
        "asked": asked,
        "lines": len(sheet.lines),
        "headings": len(sheet.headings),
        "counts": counts,
        "errors": [row_fault(one, language) for one in sheet.errors[:MOST]],
        "error_count": len(sheet.errors),
        "warnings": [row_fault(one, language) for one in sheet.faults if one.warning][:MOST],
        "warning_count": len(sheet.faults) - len(sheet.errors),
        "sample": sheet.lines[:20],
        "may": may_draft(person_of(request)),
        "act": lawbook.act(asked.act),
        "language": language,
    }
    return render(request, "web/reference/tariff_preview.html", context, status=422 if sheet.errors else 200)


@require_POST
@signed_in
def draft(request: HttpRequest) -> HttpResponse:
    """A draft change set of the previewed sheet."""
    person, asked, at = person_of(request), Asked.of(request), clock.now()
    try:
        key, name, data = _kept(request, person)
        _rows, sheet = _read(data, asked)
        if sheet.errors:
            return _shown(request, key, name, sheet, asked)
        change = against_law(sheet, act=asked.act, source=name, whole_since=asked.whole)
        reason = request.POST.get("reason", "")
        made = draft_tariff(change=change, title=name, reason=reason, act=asked.act, by=person, at=at)
    except REFUSED as refused:
        return page(request, error=worded(refused))
    services.forget_sheet(sheet=key, by=person)
    said = gettext("The draft {number} was made. Another person approves it before it becomes law.")
    messages.success(request, said.format(number=made.id.hex[-8:]))
    return redirect("tariff-import")


def _kept(request: HttpRequest, person: Person) -> tuple[uuid.UUID, str, bytes]:
    """The sheet kept since its preview. Raises SheetRefused `empty`."""
    try:
        key = uuid.UUID(request.POST.get("sheet", ""))
    except ValueError:
        raise SheetRefused("empty") from None
    kept = selectors.kept_sheet(sheet=key, by=person, at=clock.now())
    if kept is None:
        raise SheetRefused("empty")
    return key, *kept


@require_GET
@signed_in
def marked(request: HttpRequest, sheet: uuid.UUID) -> HttpResponse:
    """The sheet back, with a column of what is wrong."""
    kept = selectors.kept_sheet(sheet=sheet, by=person_of(request), at=clock.now())
    if kept is None:
        raise Http404
    try:
        rows, read = _read(kept[1], Asked.of(request))
    except REFUSED as refused:
        return page(request, error=worded(refused))
    answer = HttpResponse(marked_workbook(rows, read, get_language() or "en"), content_type=WORKBOOK)
    answer["Content-Disposition"] = 'attachment; filename="tariff-faults.xlsx"'
    return answer
