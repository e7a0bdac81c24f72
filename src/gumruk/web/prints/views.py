"""Addresses of the printed forms, and the page where anybody sees whether a print is genuine."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from gumruk.declarations import selectors as declarations
from gumruk.declarations.types import DeclarationRefused, DeclarationView, State
from gumruk.documents import selectors as documents
from gumruk.documents import services
from gumruk.documents.types import LANGUAGES, Form, PrintView, Sheet
from gumruk.inspection import selectors as reports
from gumruk.payments import selectors as payments
from gumruk.payments.types import ReceiptView
from gumruk.tariff import selectors as tariff
from gumruk.tariff.types import StoredAssessment
from gumruk.toolkit import clock
from gumruk.trust.types import Person, Role
from gumruk.web.prints.control_sheets import inspection_sheet, release_sheet
from gumruk.web.prints.sheets import assessment_sheet, declaration_sheet, receipt_sheet
from gumruk.web.visits import person_of, signed_in

# What ended without release, and what left customs: the states that tell what a paper is worth.
ENDED = frozenset({State.DRAFT, State.REJECTED, State.CANCELLED})
LEFT = frozenset({State.RELEASED, State.AWAITING_EXIT, State.EXITED})


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("language", get_language() or "en")
    return wanted if wanted in LANGUAGES else "en"


def _missing(request: HttpRequest) -> HttpResponse:
    return render(request, "web/shared/missing.html", status=404)


def _printed(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The PDF; every answer is a print of its own and is never taken from a cache."""
    address = request.build_absolute_uri(reverse("verify"))
    made = services.print_sheet(sheet=sheet, address=address, by=person_of(request).id, at=clock.now())
    answer = HttpResponse(made.pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{made.file_name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _registered(declaration: uuid.UUID, person: Person) -> DeclarationView | None:
    """The declaration when the person may see it and it has a number."""
    try:
        seen = declarations.get(declaration=declaration, person=person)
    except DeclarationRefused:
        return None
    return seen if seen.summary.registration else None


def _assessment_of(declaration: uuid.UUID, version: int) -> StoredAssessment | None:
    found = tariff.assessments(declaration=declaration)
    return next((one for one in found if one.version == version), found[0] if found else None)


@require_GET
@signed_in
def declaration(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    """The cargo customs declaration as it stands."""
    seen = _registered(declaration, person_of(request))
    if seen is None:
        return _missing(request)
    sheet = declaration_sheet(
        summary=seen.summary,
        version=declarations.version(declaration=declaration, number=seen.version),
        stored=_assessment_of(declaration, seen.version),
        charge=payments.charge_of(declaration=declaration),
        timeline=declarations.timeline(declaration=declaration),
        language=_language(request),
    )
    return _printed(request, sheet)


@require_GET
@signed_in
def assessment(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    """The notice of the newest assessment."""
    seen = _registered(declaration, person_of(request))
    stored = tariff.latest(declaration=declaration) if seen else None
    if seen is None or stored is None:
        return _missing(request)
    charge = payments.charge_of(declaration=declaration)
    sheet = assessment_sheet(summary=seen.summary, stored=stored, charge=charge, language=_language(request))
    return _printed(request, sheet)


@require_GET
@signed_in
def inspection(request: HttpRequest, declaration: uuid.UUID, report: uuid.UUID) -> HttpResponse:
    """A closed inspection report; what is still being written is no document."""
    seen = _registered(declaration, person_of(request))
    found = next(
        (one for one in reports.of_declaration(declaration=declaration, sealed=True) if one.id == report), None
    )
    if seen is None or found is None:
        return _missing(request)
    return _printed(request, inspection_sheet(seen=seen, report=found, language=_language(request)))


@require_GET
@signed_in
def release(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    """The release note of goods that were released."""
    seen = _registered(declaration, person_of(request))
    if seen is None or seen.state not in LEFT:
        return _missing(request)
    sheet = release_sheet(
        seen=seen,
        timeline=declarations.timeline(declaration=declaration),
        reports=reports.of_declaration(declaration=declaration, sealed=True),
        language=_language(request),
    )
    return _printed(request, sheet)


def may_see(receipt: ReceiptView, person: Person) -> bool:
    """The office's people see its receipts, a firm sees its own."""
    officials = (Role.CASHIER, Role.SUPERVISOR, Role.OFFICER)
    return any(person.may(role, receipt.office) for role in officials) or receipt.payer in person.parties


@require_GET
@signed_in
def receipt(request: HttpRequest, receipt: uuid.UUID) -> HttpResponse:
    """One receipt."""
    found = payments.receipt(receipt=receipt)
    if found is None or not may_see(found, person_of(request)):
        return _missing(request)
    charge = payments.charge_of(declaration=found.declaration) if found.declaration else None
    stored = tariff.latest(declaration=found.declaration) if found.declaration else None
    demo = stored is not None and any("demo" in line.cites for line in stored.result.lines)
    return _printed(request, receipt_sheet(receipt=found, charge=charge, demo=demo, language=_language(request)))


def _state(found: PrintView) -> State | None:
    """Where the declaration of a print stands, as far as a stranger with the paper should know it."""
    if found.form in (Form.RECEIPT, Form.INSPECTION, Form.STATEMENT, Form.REGISTER):
        return None
    state = declarations.state_of(declaration=found.root)
    return state if state in ENDED | LEFT else None


def _stands(found: PrintView) -> bool:
    """Whether what the print says still stands: no newer version, not rejected or cancelled, no receipt taken back."""
    if found.form in (Form.REGISTER, Form.STATEMENT):
        return True  # of a period that it names; nothing takes that back
    if found.form is Form.RECEIPT:
        made = payments.receipt(receipt=found.root)
        return made is not None and not payments.reversed_ids(receipts=(made,))
    if found.form is Form.INSPECTION:
        return reports.stands(report=found.root)
    if declarations.state_of(declaration=found.root) in (None, *ENDED):
        return False
    if found.form is Form.ASSESSMENT:
        stored = tariff.latest(declaration=found.root)
        return stored is not None and stored.number == found.number
    standing = [one.number for one in declarations.versions(declaration=found.root) if one.status == "standing"]
    return found.version in standing


@require_GET
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Whether a print is genuine. Without sign-in: names and amounts are masked, so a code tells nothing to a stranger."""
    typed = request.GET.get("code", "")
    if typed and not code:
        return redirect("verify-code", typed[:40].replace("/", "-") or "-")
    found = documents.print_known_by(code=code) if code else None
    page = {
        "code": code,
        "found": found,
        "stands": found is not None and _stands(found),
        "state": found and _state(found),
    }
    return render(request, "web/prints/verify.html", page, status=404 if code and found is None else 200)
