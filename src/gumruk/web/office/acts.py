"""What one officer did on a day, from the events of declarations: for supervisors of the office, and for oneself."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_default_timezone
from django.views.decorators.http import require_GET

from gumruk.declarations import workload
from gumruk.toolkit import clock
from gumruk.trust import selectors as trust
from gumruk.trust.types import Role
from gumruk.web.shared.seen import missing
from gumruk.web.visits import person_of, signed_in


@require_GET
@signed_in
def officer_day(request: HttpRequest, officer: uuid.UUID) -> HttpResponse:
    person, today = person_of(request), clock.law_day(clock.now())
    known = trust.person(user_id=officer, day=today)
    if known is None or (officer != person.id and not person.may(Role.SUPERVISOR)):
        return missing(request)
    day = day_asked(request.GET.get("day", ""), today)
    since, until = bounds(day)
    own = person.offices(Role.SUPERVISOR)
    offices = () if officer == person.id or "" in own else tuple(sorted(own))
    decided = workload.decided(officers=[officer], since=since, until=until).get(officer)
    context = {
        "officer": known,
        "day": day,
        "acts": workload.acts(officer=officer, offices=offices, since=since, until=until),
        "most": workload.MOST_ACTS,
        "decided": decided,
        "before": (day - timedelta(days=1)).isoformat(),
        "after": (day + timedelta(days=1)).isoformat() if day < today else "",
        "supervises": person.may(Role.SUPERVISOR),
    }
    return render(request, "web/office/officer_day.html", context)


def day_asked(text: str, today: date) -> date:
    """The day of an address; today when it names none."""
    try:
        return min(date.fromisoformat(text), today)
    except ValueError:
        return today


def bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day in the office's zone, and that of the next."""
    since = datetime.combine(day, time(), get_default_timezone())
    return since, since + timedelta(days=1)
