"""The broker's list: drafts, what waits for the broker, what is at customs, what is done; and templates."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET

from gumruk.declarations import selectors as declarations
from gumruk.declarations.types import State
from gumruk.toolkit import clock
from gumruk.web.broker import waiting
from gumruk.web.shared.lists import Asked, code_options, group_links, rows, state_options
from gumruk.web.visits import person_of, signed_in

S = State
GROUPS = {
    "all": (_("All"), tuple(State)),
    "drafts": (_("Drafts"), (S.DRAFT, S.REJECTED)),
    "waiting": (_("Waiting for you"), (S.PAYMENT_DUE, S.QUERIED, S.DOCS_REQUIRED)),
    "customs": (_("At customs"), (S.PRELODGED, S.REGISTERED, S.ASSESSED, S.SECURED, S.UNDER_CONTROL, S.DISCREPANCY,
                                  S.RELEASABLE, S.CANCEL_REQUESTED)),
    "done": (_("Done"), (S.RELEASED, S.AWAITING_EXIT, S.EXITED, S.UNDER_AUDIT, S.CANCELLED)),
}  # fmt: skip
FEW = 20  # with fewer exact hits than this, what is one wrong letter away is shown after them
ACCEPTED = ".xml,.json,.xlsx,.csv"


@require_GET
@signed_in
def own_list(request: HttpRequest) -> HttpResponse:
    person, asked, at = person_of(request), Asked.of(request.GET), clock.now()
    task = waiting.groups(at).get(asked.get("group"))
    states = task.states if task else GROUPS.get(asked.get("group"), GROUPS["all"])[1]
    wanted = asked.filter(states)
    if task:
        wanted = replace(wanted, faulty=task.faulty, released_since=task.released_since)
    try:
        page = rows(person, asked, wanted, oldest=asked.get("order") == "oldest")
    except ValueError:
        return redirect("home")
    # A number that is found is the one that was meant: its neighbours differ in one digit and are others.
    number_found = bool(page.rows) and any(sign.isdigit() for sign in wanted.text)
    look = wanted.text and not asked.get("after") and len(page.rows) < FEW and not number_found
    near = declarations.near(person=person, wanted=wanted, besides=page) if look else ()
    counts = declarations.counts(person=person, states=list(State))
    context = {
        "page": page,
        "near": near,
        "tasks": waiting.tasks(person, at) if not request.headers.get("HX-Request") else [],
        "asked": asked.said,
        "groups": group_links(asked, counts, GROUPS),
        "states": state_options(states),
        "directions": code_options("direction", get_language() or "en"),
        "next": asked.address(after=page.next) if page.next else "",
        "first": asked.address() if asked.get("after") else "",
        "order": asked.address(order="" if asked.get("order") == "oldest" else "oldest"),
        "accepted": ACCEPTED,
    }
    return render(request, "web/broker/list.html", context)


@require_GET
@signed_in
def templates(request: HttpRequest) -> HttpResponse:
    """Drafts kept as templates."""
    person, asked = person_of(request), Asked.of(request.GET)
    wanted = asked.filter((), templates=True)
    try:
        page = rows(person, asked, wanted, oldest=False)
    except ValueError:  # an unknown cursor is the first page
        page = rows(person, Asked({}), wanted, oldest=False)
    return render(request, "web/broker/templates.html", {"page": page})
