"""The officer's queue: what waits at the officer's offices, against its targets, and what is new in it since."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from gumruk.declarations import selectors as declarations
from gumruk.declarations.listing import NOBODY
from gumruk.declarations.types import Order, State
from gumruk.toolkit import clock
from gumruk.trust.types import Person, Role
from gumruk.web.officer.asking import (
    GROUPS,
    ME,
    Queue,
    many_offices,
    queue_of,
    remember,
    targets_at,
)
from gumruk.web.officer.times import wait_of
from gumruk.web.officer.views import start_view, view_links
from gumruk.web.shared.colleagues import colleagues
from gumruk.web.shared.lists import Asked, code_options, group_links, lane_options, state_options
from gumruk.web.visits import person_of, signed_in
from gumruk.work import selectors as work

SIZE = 50
KNOWN = 200  # so many rows of a list are watched for what is new and changed


@require_GET
@signed_in
def queue(request: HttpRequest) -> HttpResponse:
    person, at, language = person_of(request), clock.now(), get_language() or "en"
    if start_view(request, person):
        return redirect(f"/queue?{start_view(request, person)}")
    here = queue_of(request.GET, person, at)
    try:
        page = declarations.ordered(
            person=person, wanted=here.wanted, order=here.order, after=here.asked.get("after"), size=SIZE
        )
        known = marks_of(person, here)
    except ValueError:
        return redirect("queue")
    targets = targets_at(at)
    counts = declarations.counts(person=person, states=list(State))
    context = {
        "page": page,
        "rows": [(row, wait_of(row, targets, at)) for row in page.rows],
        "asked": here.asked.said,
        "groups": group_links(here.asked, counts, GROUPS),
        "next": here.asked.address(after=page.next) if page.next else "",
        "first": here.asked.address() if here.asked.get("after") else "",
        "orders": orders_of(here.asked, here.order),
        "known": known,
        "news": f"/queue/news{here.asked.address(after=here.asked.get('after'))}",
        "again": here.asked.address(after=here.asked.get("after")),
        "views": view_links(person, here),
        "arrived": work.unseen(receiver=person.id),
        "me": person.id,
        "supervises": person.may(Role.SUPERVISOR),
        **options_of(person, here, language),
    }
    return remember(render(request, "web/officer/queue.html", context), here)


def options_of(person: Person, here: Queue, language: str) -> dict[str, object]:
    """What each field of the filter offers."""
    people = colleagues(person)
    return {
        "states": state_options(here.states),
        "lanes": lane_options(),
        "offices": code_options("office", language) if many_offices(person) else (),
        "directions": code_options("direction", language),
        "regimes": code_options("regime", language),
        "officers": (
            ("", gettext("Anybody")),
            (ME, gettext("Me")),
            (NOBODY, gettext("Nobody")),
            *((str(one.id), one.name) for one in people if one.id != person.id),
        ),
        "lateness": (("", gettext("Any")), ("1", gettext("Overdue only"))),
    }


def orders_of(asked: Asked, now: Order) -> dict[str, tuple[str, str]]:
    """For the two columns that sort: where a click leads, and how the list is sorted by it now."""
    oldest = "oldest" if asked.get("overdue") else ""
    lodged = "ascending" if now == Order.OLDEST else "descending" if now == Order.NEWEST else ""
    return {
        "lodged": (asked.address(order="newest" if now is Order.OLDEST else oldest), lodged),
        "waits": (asked.address(order="waiting"), "descending" if now == Order.WAITING else ""),
    }


def marks_of(person: Person, here: Queue) -> str:
    """What a list holds, short enough to be asked for every few seconds: the end of each id and how much happened to it."""
    found = declarations.marks(
        person=person, wanted=here.wanted, order=here.order, after=here.asked.get("after"), size=KNOWN
    )
    return marked(found)


def marked(found: Iterable[tuple[object, int]]) -> str:
    return " ".join(f"{str(name)[-12:]}:{events}" for name, events in found)


@require_GET
@signed_in
def news(request: HttpRequest) -> HttpResponse:
    """The same list as it is now, for the page to compare with what it shows; 304 while nothing changed."""
    person = person_of(request)
    try:
        text = marks_of(person, queue_of(request.GET, person, clock.now()))
    except ValueError:
        return HttpResponse(status=404)
    tag = f'"{hashlib.sha256(text.encode()).hexdigest()[:20]}"'
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    if request.headers.get("If-None-Match", "").removeprefix("W/") == tag:  # compressed on its way, it is weak
        answer = HttpResponse(status=304)
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer
