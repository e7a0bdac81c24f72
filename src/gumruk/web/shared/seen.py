"""The declaration that a page is about: found for the person, or a page that says it is not there."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.types import DeclarationRefused, DeclarationView
from gumruk.inspection.types import InspectionRefused
from gumruk.payments.types import PaymentRefused
from gumruk.trust.types import Person, Role
from gumruk.web.visits import person_of, signed_in

REFUSED = (ClearanceRefused, DeclarationRefused, InspectionRefused, PaymentRefused)
OFFICIALS = (Role.OFFICER, Role.SUPERVISOR, Role.CASHIER)


def missing(request: HttpRequest) -> HttpResponse:
    return render(request, "web/shared/missing.html", status=404)


def of_declaration(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Gives the view the declaration itself; who may not see it learns only that there is none."""

    @signed_in
    @wraps(view)
    def found(request: HttpRequest, declaration: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            seen = declarations.get(declaration=declaration, person=person_of(request))
        except DeclarationRefused:
            return missing(request)
        return view(request, seen, *args, **kwargs)

    return found


def posted(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For addresses that only take what is sent: read (reload, change of language), they lead back to the declaration."""

    @wraps(view)
    def taken(request: HttpRequest, declaration: uuid.UUID, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return redirect("declaration", declaration)
        return view(request, declaration, *args, **kwargs)

    return require_http_methods(["GET", "HEAD", "POST"])(taken)


def editable(seen: DeclarationView, person: Person) -> bool:
    """True while the person may still type into it."""
    return seen.state in drafts.EDITABLE and drafts.owned_by(person, seen.summary.declarant_tin, seen.owner)


def official_for(seen: DeclarationView, person: Person) -> bool:
    """True when the person works at the office of the declaration."""
    return any(person.may(role, seen.summary.office) for role in OFFICIALS)
