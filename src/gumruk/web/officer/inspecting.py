"""The inspection report at the place: begun, written with everything kept while typing, closed; assignment and correction."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST

from gumruk.clearance import services as clearance
from gumruk.declarations import selectors as declarations
from gumruk.declarations.types import DeclarationView
from gumruk.inspection import selectors as reports
from gumruk.inspection.types import WRITABLE, Fault, InspectionRefused, ItemResult, Kind, ReportView, Said
from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit import clock
from gumruk.trust import selectors as people
from gumruk.web.clock_words import clock_time
from gumruk.web.labels import REPORT_FAULTS
from gumruk.web.shared.controls import Sheet
from gumruk.web.shared.meanwhile import as_posted, happened_meanwhile, meanwhile_page
from gumruk.web.shared.posting import revision_in
from gumruk.web.shared.reports import worded_report
from gumruk.web.shared.seen import REFUSED, of_declaration
from gumruk.web.shared.viewing import section_page
from gumruk.web.visits import person_of, refusal

CARDS = 40  # items on one page of the form
MOMENT = "%Y-%m-%dT%H:%M"


@require_POST
@of_declaration
def begin(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Begin a report of the kind that the button says."""
    try:
        kind = Kind(request.POST.get("kind", ""))
        made = clearance.begin_inspection(declaration=seen.id, kind=kind, by=person_of(request), at=clock.now())
    except (*REFUSED, ValueError) as refused:
        return section_page(request, seen, "inspections", error=refusal(refused), status=422)
    return redirect("inspection", seen.id, made.id)


@require_POST
@of_declaration
def assign(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Give a control to an officer."""
    at = clock.now()
    try:
        kind, officer = Kind(request.POST.get("kind", "")), uuid.UUID(request.POST.get("officer", ""))
        to = people.person(user_id=officer, day=clock.law_day(at))
        if to is None:
            raise ValueError(officer)
        note = request.POST.get("text", "")
        clearance.assign_control(declaration=seen.id, kind=kind, to=to, note=note, by=person_of(request), at=at)
    except (*REFUSED, ValueError) as refused:
        return section_page(request, seen, "inspections", error=refusal(refused), status=422)
    messages.success(request, gettext("The control was assigned."))
    return redirect("section", seen.id, "inspections")


@require_POST
@of_declaration
def correct(request: HttpRequest, seen: DeclarationView, report: uuid.UUID) -> HttpResponse:
    """Begin the next version of a closed report."""
    reason = request.POST.get("text", "")
    try:
        made = clearance.correct_inspection(
            declaration=seen.id, report=report, reason=reason, by=person_of(request), at=clock.now()
        )
    except REFUSED as refused:
        return section_page(request, seen, "inspections", error=refusal(refused), status=422)
    return redirect("inspection", seen.id, made.id)


@require_http_methods(["GET", "POST"])
@of_declaration
def write(request: HttpRequest, seen: DeclarationView, report: uuid.UUID) -> HttpResponse:
    """The form on GET; on POST kept, then where the button leads: another page of items, or closed."""
    found = _writable(seen, report)
    if found is None:
        return redirect("section", seen.id, "inspections")
    if request.method == "GET":
        return _page(request, seen, found, _start(request.GET.get("from", ""), seen))
    act, start, at = request.POST.get("act", "save"), _start(request.POST.get("from", ""), seen), clock.now()
    said = said_in(request.POST, found.said)
    if act == "rest":
        said = with_rest(said, seen.summary.items)
    try:
        found = clearance.save_inspection(
            report=found.id, said=said, revision=revision_in(request.POST), by=person_of(request), at=at
        )
        if act == "close":
            with as_posted(request, seen.id):
                clearance.record_inspection(declaration=seen.id, report=found.id, by=person_of(request), at=at)
            messages.success(request, gettext("The inspection report is closed."))
            return redirect("declaration", seen.id)
    except REFUSED as refused:
        if happened_meanwhile(refused):  # the text was kept; only the closing waits
            return meanwhile_page(request, seen.id, instead={"revision": str(found.revision)})
        faults = refused.faults if isinstance(refused, InspectionRefused) else ()
        shown = replace(found, said=said)
        return _page(request, seen, shown, start, error=refusal(refused), faults=faults, status=422)
    place = redirect("inspection", seen.id, found.id)
    if act.startswith("go/"):
        place["Location"] += f"?from={_start(act[3:], seen)}"
    return place


@require_POST
@of_declaration
def autosave(request: HttpRequest, seen: DeclarationView, report: uuid.UUID) -> HttpResponse:
    """Keep what was typed so far and say when; a newer text of somebody else is never overwritten."""
    found, at = _writable(seen, report), clock.now()
    if found is None:
        raise Http404
    try:
        kept = clearance.save_inspection(
            report=report, said=said_in(request.POST, found.said), revision=revision_in(request.POST),
            by=person_of(request), at=at,
        )  # fmt: skip
    except InspectionRefused as refused:
        code = "changed_meanwhile" if refused.code == "report_changed_meanwhile" else refused.code
        return JsonResponse({"code": code, "message": refusal(refused)}, status=409)
    return JsonResponse({"revision": kept.revision, "message": f"{gettext('Saved')} {clock_time(at)}"})


def _writable(seen: DeclarationView, report: uuid.UUID) -> ReportView | None:
    """The report while it may be written by an officer of the declaration."""
    try:
        found = reports.report(report=report, declaration=seen.id)
    except InspectionRefused:
        return None
    return found if not seen.sealed and found.status in WRITABLE else None


def _start(text: str, seen: DeclarationView) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return number if 1 <= number <= seen.summary.items else 1


def said_in(posted: Mapping[str, str], before: Said) -> Said:
    """What the form says; items that its page does not show stay as they were."""
    items = {one.item: one for one in before.items}
    for name in posted:
        kind, _, number = name.partition("/")
        if kind == "result" and number.isascii() and number.isdigit() and len(number) < 6:
            items[int(number)] = ItemResult(
                int(number), posted[name], posted.get(f"found/{number}", ""), posted.get(f"note/{number}", "")
            )
    present = posted.get("declarant_present", "")
    return Said(
        place=posted.get("place", ""),
        started_at=_moment(posted.get("started_at", "")),
        ended_at=_moment(posted.get("ended_at", "")),
        officers=_split(posted.get("officers", "")),
        declarant_present={"yes": True, "no": False}.get(present),
        items=tuple(items.values()),
        packages_opened=posted.get("packages_opened", ""),
        seals_removed=_split(posted.get("seals_removed", "")),
        seals_applied=_split(posted.get("seals_applied", "")),
        samples=posted.get("samples", ""),
        measures=tuple(name.partition("/")[2] for name in posted if name.startswith("measure/")),
        text=posted.get("text", ""),
    )


def with_rest(said: Said, items: int) -> Said:
    """Items that nothing was written about are as declared: the officer says so with one button."""
    known = {one.item for one in said.items if one.result}
    rest = tuple(ItemResult(number, "CONFORM") for number in range(1, items + 1) if number not in known)
    return replace(said, items=(*(one for one in said.items if one.result), *rest))


def _split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.replace("\n", ",").split(",") if part.strip())


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text.strip()[:16], MOMENT).replace(tzinfo=get_current_timezone())
    except ValueError:
        return None


def _page(
    request: HttpRequest,
    seen: DeclarationView,
    report: ReportView,
    start: int,
    *,
    error: str = "",
    faults: Iterable[Fault] = (),
    status: int = 200,
) -> HttpResponse:
    language, said, found = get_language() or "en", report.said, tuple(faults)
    sheet = Sheet(language)
    wrong = {fault.item: gettext(REPORT_FAULTS[fault.code]) for fault in found if fault.item}
    items = seen.content.get("items", [])
    cards = [
        {"number": number, "item": item, "said": said.of_item(number), "wrong": wrong.get(number, ""),
         "goods": sheet.name_of("goods", str(item.get("goods_code", "")))}
        for number, item in list(enumerate(items, start=1))[start - 1 : start - 1 + CARDS]
    ]  # fmt: skip
    context: dict[str, Any] = {
        "seen": seen,
        "summary": seen.summary,
        "report": worded_report(report),
        "said": said,
        "cards": cards,
        "whole": said.of_item(0),
        "start": start,
        "before": max(1, start - CARDS) if start > 1 else 0,
        "after": start + CARDS if start + CARDS <= len(items) else 0,
        "results": [("", "–"), *lawbook.codes("inspection_result", language)],
        "measures": [
            (code, name, code in said.measures) for code, name in lawbook.codes("inspection_measure", language)
        ],
        "started": localtime(said.started_at).strftime(MOMENT) if said.started_at else "",
        "ended": localtime(said.ended_at).strftime(MOMENT) if said.ended_at else "",
        "error": error,
        "faults": [(gettext(REPORT_FAULTS[fault.code]), fault.item) for fault in found],
        "versions": declarations.versions(declaration=seen.id) if report.version > 1 else (),
    }
    return render(request, "web/officer/inspection.html", context, status=status)
