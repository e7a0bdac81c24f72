"""Amendment of a registered declaration: the form with what stands, the reason, and a proposal that customs decides."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations.types import DeclarationView
from gumruk.documents.files.types import FileNotTaken
from gumruk.rules.form import Content
from gumruk.toolkit import clock
from gumruk.web.broker.drafting import Draft
from gumruk.web.broker.files import stage_posted
from gumruk.web.shared.layout import SHEET_AFTER, SHEET_BEFORE
from gumruk.web.shared.posting import posted_content, reasons_in
from gumruk.web.shared.seen import REFUSED, of_declaration
from gumruk.web.visits import person_of, refusal


@require_http_methods(["GET", "POST"])
@of_declaration
def amend(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """The form on GET; a proposal on POST. Refused, everything typed stays and the faults are named."""
    if seen.summary.declarant_tin not in person_of(request).parties:
        return redirect("declaration", seen.id)
    if request.method == "GET":
        return _page(request, seen, seen.content)
    content, reason = posted_content(request.POST, seen.content), request.POST.get("reason", "")
    by, at = person_of(request), clock.now()
    try:
        with transaction.atomic():  # what is refused leaves no file behind
            staged = stage_posted(request, seen, by, at)
            clearance.propose_amendment(
                declaration=seen.id, content=content, reason=reason, by=by, at=at, files=staged,
                reasons=reasons_in(request.POST),
            )  # fmt: skip
    except (*REFUSED, FileNotTaken) as refused:
        showing = isinstance(refused, ClearanceRefused) and refused.code in ("not_clean", "reasons_missing")
        return _page(request, seen, content, error=refusal(refused), showing=showing, status=422)
    return redirect("declaration", seen.id)


def _page(
    request: HttpRequest,
    seen: DeclarationView,
    content: Content,
    *,
    error: str = "",
    showing: bool = False,
    status: int = 200,
) -> HttpResponse:
    draft = Draft.of(seen.id, content, clock.now(), showing=showing)
    items = [(row, draft.item_groups(row.number), draft.item_tables(row.number)) for row in draft.grid()]
    context = {
        "seen": seen,
        "summary": seen.summary,
        "error": error,
        "reason": request.POST.get("reason", ""),
        "findings": draft.checked.findings if showing else (),
        "asking": True,
        "places": {},
        "reasons": {f"reason/{key}": text for key, text in reasons_in(request.POST).items()},
        "day": clock.law_day(clock.now()),
        "before": draft.boxes(SHEET_BEFORE),
        "after": draft.boxes(SHEET_AFTER),
        "items": items,
    }
    return render(request, "web/broker/amend.html", context, status=status)
