"""The end of a shift: the open work in one's hands goes to a colleague or back to the queue, with a note."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gumruk.clearance import services as clearance
from gumruk.clearance.assigning import MOST
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import selectors as declarations
from gumruk.declarations import workload
from gumruk.toolkit import clock
from gumruk.trust.types import Person, Role
from gumruk.web.office.glance import start_of_day
from gumruk.web.officer.asking import targets_at
from gumruk.web.officer.times import wait_of
from gumruk.web.shared.colleagues import colleagues, receiver_of
from gumruk.web.visits import person_of, refusal, signed_in
from gumruk.work import services as work

QUEUE = "queue"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def shift(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    if not (person.may(Role.OFFICER) or person.may(Role.SUPERVISOR)):
        return redirect("home")
    if request.method != "POST":
        return _page(request, person)
    said, at = request.POST, clock.now()
    try:
        to = None if said.get("receiver") == QUEUE else receiver_of(said, person)
        clearance.end_shift(to=to, note=said.get("text", ""), by=person, at=at)
    except ClearanceRefused as refused:
        return _page(request, person, error=refusal(refused))
    messages.success(request, gettext("The shift was handed over."))
    return redirect("shift")


def _page(request: HttpRequest, person: Person, *, error: str = "") -> HttpResponse:
    at = clock.now()
    targets = targets_at(at)
    held = declarations.in_hands(officer=person.id, limit=MOST)
    done = workload.decided(officers=[person.id], since=start_of_day(at), until=at).get(person.id)
    context = {
        "error": error,
        "rows": [(row, wait_of(row, targets, at)) for row in held],
        "done": done,
        "receivers": [
            ("", ""),
            (QUEUE, gettext("Back to the queue")),
            *((str(one.id), one.name) for one in colleagues(person) if one.id != person.id),
        ],
        "receiver": request.POST.get("receiver", ""),
        "typed": request.POST.get("text", ""),
        "me": person.id,
    }
    return render(request, "web/office/shift.html", context, status=422 if error else 200)


@require_POST
@signed_in
def seen(request: HttpRequest) -> HttpResponse:
    """The receiver looked at a hand-over."""
    person = person_of(request)
    try:
        work.see_hand_over(hand_over=uuid.UUID(request.POST.get("hand_over", "")), by=person, at=clock.now())
    except ValueError:
        return redirect("queue")
    return redirect("/queue?officer=me" if request.POST.get("then") == "work" else "queue")
