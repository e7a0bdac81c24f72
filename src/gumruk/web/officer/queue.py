"""The officer's queue: what waits at the officer's offices, oldest first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from gumruk.declarations import selectors as declarations
from gumruk.declarations.types import State
from gumruk.trust.types import Person, Role
from gumruk.web.shared.lists import Asked, code_options, group_links, lane_options, rows, state_options
from gumruk.web.visits import person_of, signed_in

S = State
WAITING = (S.RELEASABLE, S.UNDER_CONTROL, S.DISCREPANCY, S.CANCEL_REQUESTED, S.REGISTERED, S.ASSESSED, S.SECURED,
           S.PAYMENT_DUE, S.QUERIED, S.DOCS_REQUIRED)  # fmt: skip
GROUPS = {
    "waiting": (_("All open"), WAITING),
    "control": (_("To control"), (S.UNDER_CONTROL, S.DISCREPANCY)),
    "release": (_("To release"), (S.RELEASABLE,)),
    "decide": (_("Cancellations"), (S.CANCEL_REQUESTED,)),
    "declarant": (_("Waiting for the declarant"), (S.PAYMENT_DUE, S.QUERIED, S.DOCS_REQUIRED)),
    "done": (_("Released"), (S.RELEASED, S.AWAITING_EXIT, S.EXITED)),
    "closed": (_("Rejected and cancelled"), (S.REJECTED, S.CANCELLED)),
}  # fmt: skip


@require_GET
@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    person, asked, language = person_of(request), Asked.of(request.GET), get_language() or "en"
    states = GROUPS.get(asked.get("group"), GROUPS["waiting"])[1]
    try:
        page = rows(person, asked, asked.filter(states), oldest=asked.get("order") != "newest")
    except ValueError:
        return redirect("home")
    counts = declarations.counts(person=person, states=list(State))
    context = {
        "page": page,
        "asked": asked.said,
        "groups": group_links(asked, counts, GROUPS),
        "states": state_options(states),
        "lanes": lane_options(),
        "offices": code_options("office", language) if many_offices(person) else (),
        "directions": code_options("direction", language),
        "next": asked.address(after=page.next) if page.next else "",
        "first": asked.address() if asked.get("after") else "",
        "order": asked.address(order="" if asked.get("order") == "newest" else "newest"),
    }
    return render(request, "web/officer/queue.html", context)


def many_offices(person: Person) -> bool:
    """True when the person sees more than one office: then the list shows and filters it."""
    offices = person.offices(Role.OFFICER) | person.offices(Role.SUPERVISOR)
    return "" in offices or len(offices) > 1
