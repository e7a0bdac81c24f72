"""The record of administration: who did what to whom, before and after, and why; filtered, newest first."""

from __future__ import annotations

import uuid
from datetime import datetime, time, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from gumruk.toolkit import audit, clock
from gumruk.toolkit.sheets import day_in
from gumruk.trust import accounts
from gumruk.trust.types import Role
from gumruk.web.admin_labels import ACTS
from gumruk.web.cashier.reading import for_roles
from gumruk.web.visits import person_of


def _moment(text: str, *, end: bool = False) -> datetime | None:
    day = day_in(text)
    if day is None or day.year in (1, 9999):
        return None
    return datetime.combine(day + timedelta(days=int(end)), time(), clock.OFFICE_ZONE)


def _who(username: str) -> uuid.UUID | None:
    """The person of a sign-in name; a name that nobody has finds nothing."""
    found, _more = accounts.page(wanted=accounts.Wanted(text=username), day=clock.law_day(clock.now()), size=20)
    return next((one.id for one in found if one.username == username), uuid.UUID(int=0))


@require_GET
@for_roles(Role.ADMINISTRATOR)
def record(request: HttpRequest) -> HttpResponse:
    """Acts of administration; an administrator of an office sees those of that office."""
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("act", "who", "subject", "since", "until")}
    mine = person_of(request).offices(Role.ADMINISTRATOR)
    wanted = audit.Wanted(
        name=asked["act"], subject=asked["subject"], by=_who(asked["who"]) if asked["who"] else None,
        since=_moment(asked["since"]), until=_moment(asked["until"], end=True), offices=None if "" in mine else mine,
    )  # fmt: skip
    after = request.GET.get("after", "")
    try:
        rows, more = audit.page(wanted=wanted, after=after)
    except ValueError:
        rows, more, after = (), "", ""
    kept = {name: said for name, said in asked.items() if said}
    context = {
        "rows": rows, "asked": asked, "next": "?" + urlencode({**kept, "after": more}) if more else "",
        "first": "?" + urlencode(kept) if after else "",
        "acts": [("", gettext("Any")), *((name, gettext(words)) for name, words in ACTS.items())],
    }  # fmt: skip
    return render(request, "web/admin/record.html", context)
