"""The day of an office at a glance: what waits and how long, who has it, what is overdue, whose shift ended."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from gumruk.declarations import selectors as declarations
from gumruk.declarations import workload
from gumruk.declarations.selectors import Filter
from gumruk.declarations.types import Order
from gumruk.toolkit import clock
from gumruk.trust.types import Person, Role
from gumruk.web.office.loads import officer_lines, stage_lines
from gumruk.web.officer.asking import targets_at
from gumruk.web.officer.times import lasting, wait_of
from gumruk.web.shared.lists import code_options
from gumruk.web.visits import person_of, signed_in
from gumruk.work import selectors as work

OVERDUE_SHOWN = 20


@require_GET
@signed_in
def office(request: HttpRequest) -> HttpResponse:
    person, at, language = person_of(request), clock.now(), get_language() or "en"
    if not person.may(Role.SUPERVISOR):
        return redirect("home")
    offices, chosen = offices_asked(person, request.GET.get("office", ""))
    targets, since = targets_at(at), start_of_day(at)
    rows = workload.by_stage(offices=offices, cutoffs=targets.cutoffs(at))
    people = officer_lines(offices, targets, since=since, until=at)
    late = declarations.ordered(
        person=person,
        wanted=Filter(late=targets.cutoffs(at), office=chosen),
        order=Order.WAITING,
        size=OVERDUE_SHOWN,
    )
    stages = stage_lines(rows, targets, at)
    context = {
        "day": clock.law_day(at),
        "stages": stages,
        "confidences": sorted({sure for one in stages for sure in one.confidences}),
        "officers": people,
        "rows": [(row, wait_of(row, targets, at)) for row in late.rows],
        "more": bool(late.next),
        "hand_overs": work.hand_overs(offices=offices, since=since),
        "open": sum(row.count for row in rows),
        "free": sum(row.free for row in rows),
        "late": sum(row.late for row in rows),
        "oldest": lasting(at - min(row.oldest for row in rows)) if rows else "–",
        "decided": sum(one.decided.count for one in people if one.decided),
        "offices": code_options("office", language) if len(offices) != 1 or chosen else (),
        "chosen": chosen,
        "me": person.id,
        "many": not chosen and len(offices) != 1,
    }
    return render(request, "web/office/office.html", context)


def offices_asked(person: Person, asked: str) -> tuple[tuple[str, ...], str]:
    """The offices of the page (none named: every one), and the one that was asked for and may be looked at."""
    own = person.offices(Role.SUPERVISOR)
    if asked and person.may(Role.SUPERVISOR, asked):
        return (asked,), asked
    return () if "" in own else tuple(sorted(own)), ""


def start_of_day(at: datetime) -> datetime:
    """Midnight before a moment, in the office's zone."""
    here = localtime(at)
    return here - timedelta(hours=here.hour, minutes=here.minute, seconds=here.second, microseconds=here.microsecond)
