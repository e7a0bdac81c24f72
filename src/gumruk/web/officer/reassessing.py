"""Payments assessed again by an officer: stored and new side by side, line by line, then confirmed with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from gumruk.clearance import services as clearance
from gumruk.declarations.types import DeclarationView
from gumruk.toolkit import clock
from gumruk.web.shared.meanwhile import as_posted, happened_meanwhile, meanwhile_page
from gumruk.web.shared.seen import REFUSED, missing, of_declaration
from gumruk.web.visits import person_of, refusal


@require_http_methods(["GET", "POST"])
@of_declaration
def reassess(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """The comparison; on POST the new assessment is stored when it is still the one that was shown."""
    if seen.sealed or seen.summary.registered_at is None:
        return missing(request)
    error = ""
    if request.method == "POST":
        try:
            with as_posted(request, seen.id):
                clearance.reassess(
                    declaration=seen.id, seal=request.POST.get("seal", ""), reason=request.POST.get("text", ""),
                    by=person_of(request), at=clock.now(),
                )  # fmt: skip
        except REFUSED as refused:
            if happened_meanwhile(refused):
                return meanwhile_page(request, seen.id)
            error = refusal(refused)
        else:
            messages.success(request, gettext("The payments were assessed again. The difference is in the ledger."))
            return redirect("section", seen.id, "payments")
    try:
        found = clearance.reassessment(declaration=seen.id, registered_at=seen.summary.registered_at)
    except REFUSED:
        return missing(request)
    kinds, now = dict(found.stored.result.totals), dict(found.now.totals)
    context = {
        "seen": seen,
        "summary": seen.summary,
        "found": found,
        "delta": found.now.total - found.stored.result.total,
        "kinds": [(kind, kinds.get(kind), now.get(kind)) for kind in dict.fromkeys([*kinds, *now])],
        "error": error,
        "typed": request.POST.get("text", ""),
    }
    return render(request, "web/officer/reassess.html", context, status=422 if error else 200)
