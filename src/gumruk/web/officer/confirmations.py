"""What waits for a second person: the list of an official, and the answer."""

from __future__ import annotations

import uuid
from contextlib import nullcontext

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from gumruk.clearance import selectors as waiting
from gumruk.clearance import services as clearance
from gumruk.declarations import selectors as declarations
from gumruk.toolkit import clock
from gumruk.trust.types import Person
from gumruk.web.shared.meanwhile import as_posted, happened_meanwhile, meanwhile_page
from gumruk.web.shared.seen import REFUSED
from gumruk.web.visits import person_of, refusal, signed_in


def count(person: Person) -> str:
    """How many wait for the person, for the bar; nothing for none."""
    found = waiting.count_waiting_for(person=person)
    return f"{waiting.MOST}+" if found >= waiting.MOST else str(found or "")


@require_GET
@signed_in
def confirmations(request: HttpRequest) -> HttpResponse:
    """Everything that another official proposed at the person's offices."""
    return _page(request)


@require_POST
@signed_in
def decide(request: HttpRequest, proposal: uuid.UUID) -> HttpResponse:
    """Confirm or refuse; what was refused says why, and nothing moved."""
    by, at, declaration = person_of(request), clock.now(), _declaration(request)
    try:
        with as_posted(request, declaration) if declaration else nullcontext():
            if request.POST.get("act") == "confirm":
                clearance.confirm(proposal=proposal, by=by, at=at)
                messages.success(request, gettext("Confirmed and done."))
            else:
                clearance.refuse(proposal=proposal, reason=request.POST.get("text", ""), by=by, at=at)
                messages.success(request, gettext("Refused. Nothing was changed."))
    except REFUSED as refused:
        if declaration and happened_meanwhile(refused):
            return meanwhile_page(request, declaration)
        return _page(request, error=refusal(refused), status=422)
    return redirect("confirmations")


def _declaration(request: HttpRequest) -> uuid.UUID | None:
    """The declaration that the form was about; what it had seen of it is held against what happened since."""
    try:
        return uuid.UUID(request.POST.get("declaration", ""))
    except ValueError:
        return None


def _page(request: HttpRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    found = waiting.waiting_for(person=person_of(request))
    events = declarations.events_of(declarations=[one.declaration for one in found])
    rows = [(one, events.get(one.declaration, 0)) for one in found]
    return render(request, "web/officer/confirmations.html", {"rows": rows, "error": error}, status=status)
