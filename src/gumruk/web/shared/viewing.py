"""The page of one declaration, in sections: overview, items, findings, payments, documents, timeline, versions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import selectors as declarations
from gumruk.declarations.types import DeclarationView, Difference, Lane
from gumruk.inspection import selectors as reports
from gumruk.lawbook import files
from gumruk.lawbook import selectors as lawbook
from gumruk.payments import selectors as payments
from gumruk.risk import selectors as risk
from gumruk.rules.types import Severity
from gumruk.tariff import selectors as tariff
from gumruk.toolkit import clock
from gumruk.trust.types import Person
from gumruk.web.labels import LANES
from gumruk.web.navigation import Link
from gumruk.web.shared import papers
from gumruk.web.shared.changes import changes_between
from gumruk.web.shared.controls import Sheet
from gumruk.web.shared.desk import desk
from gumruk.web.shared.layout import BOXES, PARTS
from gumruk.web.shared.parties import parties
from gumruk.web.shared.reading import read, shown_value
from gumruk.web.shared.reports import control_of, inspections
from gumruk.web.shared.seen import missing, of_declaration, official_for
from gumruk.web.shared.working import explained
from gumruk.web.visits import person_of

SECTIONS = {
    "overview": _("Overview"), "form": _("Boxes"), "parties": _("Parties"), "items": _("Items"), "findings": _("Findings"),
    "payments": _("Payments"), "documents": _("Documents"), "inspections": _("Control"), "timeline": _("Timeline"),
    "versions": _("Versions"),
}  # fmt: skip
FOR_OFFICERS = frozenset({"form", "parties"})  # the declarant's overview shows the boxes itself


@require_GET
@of_declaration
def section(request: HttpRequest, seen: DeclarationView, name: str) -> HttpResponse:
    if name not in SECTIONS or (seen.sealed and name in FOR_OFFICERS):
        raise Http404
    return section_page(request, seen, name)


def section_page(
    request: HttpRequest, seen: DeclarationView, name: str, *, error: str = "", status: int = 200
) -> HttpResponse:
    """One section, with what stands beside each of them: figures, the next act, other acts."""
    person, at = person_of(request), clock.now()
    official = official_for(seen, person)
    charge = payments.charge_of(declaration=seen.id)
    context: dict[str, Any] = {
        "seen": seen,
        "summary": seen.summary,
        "section": name,
        "title": gettext(SECTIONS[name]),
        "error": error,
        "typed": request.POST.get("text", "") if error else "",
        "tried": request.POST.get("act", "") if error else "",
        "day": clock.law_day(at),
        "official": official,
        "exporter": seen.content.get("exporter_name", ""),
        "officer": not seen.sealed,
        "broker": seen.summary.declarant_tin in person.parties,
        "charge": charge,
        "kinds": in_order(charge.kinds) if charge else (),
        "queries": declarations.queries(declaration=seen.id),
        "holds": [hold for hold in seen.holds if hold.lifted_at is None],
        "lanes": [(lane.value, gettext(LANES[lane.value])) for lane in Lane if lane is not seen.summary.lane],
        "screening": None if seen.sealed else risk.latest(declaration=seen.id),
        "release_days": lawbook.on(clock.law_day(at)).parameter("limit_release"),
        "changes": seen.proposal is not None,
        "difference": changes_between(seen.content, seen.proposal.content) if seen.proposal else None,
        "proposed_files": papers.proposed(request, seen) if seen.proposal else [],
        "balance": None if official or charge is None else payments.balance(party=seen.summary.declarant_tin),
        "regime": Sheet(get_language() or "en").name_of("regime", seen.summary.regime),
        "office": Sheet(get_language() or "en").name_of("office", seen.summary.office),
    }
    if not seen.sealed:
        context |= control_of(seen.id)
    on_one_screen = name == "overview" and not seen.sealed
    context |= desk(seen, request) if on_one_screen else BUILDERS[name](seen, person)
    context["sections"] = section_links(seen, name, context)
    template = "web/officer/desk.html" if on_one_screen else f"web/shared/{name}.html"
    return render(request, template, context, status=status)


KEYS = "1234567890"  # a section of an officer is one key away


def in_order(kinds: tuple[tuple[str, Decimal], ...]) -> list[tuple[str, Decimal]]:
    """Amounts by kind, in the order of the formulas: duty before the tax that is computed on it."""
    order = {formula.kind: formula.order for formula in files.formulas()}
    return sorted(kinds, key=lambda one: order.get(one[0], 99))


def section_links(seen: DeclarationView, current: str, context: dict[str, Any]) -> list[Link]:
    """The sections as links; findings say how many stand."""
    start = reverse("declaration", args=[seen.id])
    attempt = declarations.last_attempt(declaration=seen.id)
    counts: dict[str, tuple[int | str, str]] = {"items": (seen.summary.items, "")}
    looked_at = reports.of_declaration(declaration=seen.id, sealed=seen.sealed)
    if looked_at:
        counts["inspections"] = (len(looked_at), "wrong" if looked_at[0].conform is False else "")
    names = [
        name
        for name in SECTIONS
        if (name not in FOR_OFFICERS or not seen.sealed) and (name != "inspections" or looked_at or not seen.sealed)
    ]
    if attempt and attempt.findings:
        worst = any(one.severity is Severity.ERROR for one in attempt.findings)
        counts["findings"] = (len(attempt.findings), "wrong" if worst else "care")
    if context["difference"]:
        counts["versions"] = (context["difference"].count + len(context["proposed_files"]), "care")
    return [
        Link(
            gettext(SECTIONS[name]),
            start if name == "overview" else f"{start}/{name}",
            name == current,
            count=counts.get(name, ("", ""))[0],
            tone=counts.get(name, ("", ""))[1],
            key="" if seen.sealed else KEYS[place],
        )
        for place, name in enumerate(names)
    ]


def worded_changes(changes: tuple[Difference, ...]) -> list[dict[str, str]]:
    """What changed, with the name and box of each field."""
    form, language = lawbook.form(), get_language() or "en"
    worded = []
    for one in changes:
        parts = one.path.split("/")
        item = parts[1] if parts[0] == "items" else ""
        inner = parts[2:] if item else parts
        groups = form.item_lists if item else form.header_lists
        group = groups.get(inner[0]) if len(inner) > 2 else None
        fields = group.fields if group else form.item if item else form.header
        field = fields.get(inner[-1]) if inner else None
        label = field.label.in_language(language) if field else one.path
        if group:
            label = f"{group.label.in_language(language)}, {inner[1]}: {label}"
        worded.append(
            {
                "item": item,
                "box": field.box if field else "",
                "label": label,
                "before": one.before,
                "after": one.after,
                "path": one.path,
            }
        )
    return worded


def groups_of(seen: DeclarationView) -> list[tuple[str, list[tuple[str, str, Any]]]]:
    """Every filled box, in the order of the guided way."""
    sheet, form = Sheet(get_language() or "en"), lawbook.form()
    groups = []
    for part in PARTS:
        fields = [f for box in part.boxes for f in form.header.values() if f.box == box and seen.content.get(f.name)]
        rows = [(f.box, f.label.in_language(sheet.language), read(sheet, f, str(seen.content[f.name]))) for f in fields]
        if rows:
            groups.append((gettext(part.title), rows))
    return groups


def _overview(seen: DeclarationView, _: Person) -> dict[str, Any]:
    """Every filled box and the newest events."""
    events = declarations.timeline(declaration=seen.id, sealed=seen.sealed)
    return {"groups": groups_of(seen), "events": list(reversed(events))[:5]}


def _items(seen: DeclarationView, _: Person) -> dict[str, Any]:
    sheet, form = Sheet(get_language() or "en"), lawbook.form()
    rows = []
    for number, item in enumerate(seen.content.get("items", []), start=1):
        details = [
            (f.box, f.label.in_language(sheet.language), read(sheet, f, str(item[f.name])))
            for f in form.item.values()
            if item.get(f.name)
        ]
        goods = sheet.name_of("goods", str(item.get("goods_code", "")))
        rows.append({"number": number, "item": item, "details": details, "goods": goods})
    return {"items": rows, "currency": seen.content.get("currency", "")}


def _findings(seen: DeclarationView, _: Person) -> dict[str, Any]:
    return {"attempt": declarations.last_attempt(declaration=seen.id)}


def _payments(seen: DeclarationView, _: Person) -> dict[str, Any]:
    stored = tariff.latest(declaration=seen.id)
    return {
        "stored": stored,
        "lines": explained(stored.result.lines) if stored else [],
        "earlier": tariff.assessments(declaration=seen.id)[1:],
        "receipts": payments.receipts(declaration=seen.id),
    }


def _documents(seen: DeclarationView, _: Person) -> dict[str, Any]:
    sheet = Sheet(get_language() or "en")
    rows = [
        {"item": number, "kind": shown_value(sheet, "document", "code", row.get("kind", "")), "number": row.get("number", ""),
         "date": shown_value(sheet, "", "date", row.get("date", ""))}
        for number, item in enumerate(seen.content.get("items", []), start=1) for row in item.get("documents", [])
    ]  # fmt: skip
    previous = [
        {"item": number, "kind": shown_value(sheet, "previous_document", "code", row.get("kind", "")),
         "number": row.get("reference", "")}
        for number, item in enumerate(seen.content.get("items", []), start=1)
        for row in item.get("previous_documents", [])
    ]  # fmt: skip
    return {"documents": rows, "previous": previous}


def _timeline(seen: DeclarationView, _: Person) -> dict[str, Any]:
    return {"events": list(reversed(declarations.timeline(declaration=seen.id, sealed=seen.sealed)))}


def _versions(seen: DeclarationView, _: Person) -> dict[str, Any]:
    found = declarations.versions(declaration=seen.id)
    return {
        "versions": [
            {
                "version": one,
                "difference": changes_between(before.content, one.content) if before else None,
            }
            for before, one in reversed(list(zip([None, *found], found, strict=False)))
        ]
    }


BUILDERS: dict[str, Callable[[DeclarationView, Person], dict[str, Any]]] = {
    "overview": _overview, "form": _overview, "parties": parties, "inspections": inspections, "items": _items,
    "findings": _findings, "payments": _payments, "documents": _documents, "timeline": _timeline, "versions": _versions,
}  # fmt: skip


@require_GET
@of_declaration
def replay(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """Compute the stored assessment again and show both."""
    try:
        answer = clearance.replay(declaration=seen.id)
    except ClearanceRefused:
        return missing(request)
    kinds = dict(answer.now.totals)
    rows = [(kind, amount, kinds.get(kind)) for kind, amount in answer.stored.totals]
    return render(request, "web/shared/replay.html", {"answer": answer, "seen": seen, "rows": rows})


@require_GET
@of_declaration
def printed(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """The declaration on paper: every filled box, items, payments, hash of the version."""
    versions, person = declarations.versions(declaration=seen.id), person_of(request)
    standing = next((one for one in reversed(versions) if one.number == seen.version), None)
    context = {
        "seen": seen,
        "summary": seen.summary,
        "standing": standing,
        "boxes": BOXES,
        **_overview(seen, person),
        **_items(seen, person),
    }
    return render(
        request, "web/shared/printed.html", {**context, **_payments(seen, person), **_documents(seen, person)}
    )
