"""API tokens of the signed-in person: all that were made, a new one whose secret is shown once, the end of one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from gumruk.toolkit import clock
from gumruk.toolkit.sheets import day_in
from gumruk.trust import selectors as trust
from gumruk.trust import services
from gumruk.trust.types import LABEL_LENGTH, TrustRefused
from gumruk.web.visits import person_of, refusal, signed_in


@require_http_methods(["GET", "POST"])
@signed_in
def tokens(request: HttpRequest) -> HttpResponse:
    """The list; posted, a new token with its secret, this once."""
    if request.method == "GET":
        return _page(request)
    said = {name: request.POST.get(name, "").strip() for name in ("label", "place", "until")}
    day = day_in(said["until"])
    if said["until"] and (day is None or day.year == date.max.year):
        return _page(request, said=said, error=gettext("Write the last day as 25.11.2026, or leave it empty."))
    if said["place"] not in ("sandbox", "real"):
        return _page(request, said=said, error=gettext("Choose whether the token is for trying or for real work."))
    try:
        secret = services.issue_token(
            user_id=person_of(request).id,
            label=said["label"],
            at=clock.now(),
            sandbox=said["place"] == "sandbox",
            until=_end_of(day) if day else None,
        )
    except TrustRefused as refused:
        return _page(request, said=said, error=refusal(refused))
    return _page(request, secret=secret)


def _end_of(day: date) -> datetime:
    """The moment at which a day of the office is over."""
    return datetime.combine(day + timedelta(days=1), time(), clock.OFFICE_ZONE)


def _page(
    request: HttpRequest, *, said: Mapping[str, str] | None = None, error: str = "", secret: str = ""
) -> HttpResponse:
    at = clock.now()
    context = {
        "rows": [(one, one.holds_at(at)) for one in trust.tokens_of(user_id=person_of(request).id)],
        "said": said or {"place": "sandbox"},
        "error": error,
        "secret": secret,
        "limit": LABEL_LENGTH,
        "places": (("sandbox", gettext("Sandbox: for trying")), ("real", gettext("Real work"))),
    }
    answer = render(request, "web/account/tokens.html", context, status=422 if error else 200)
    answer["Cache-Control"] = "no-store"  # a secret is in no cache, and not behind the button that goes back
    return answer


@require_POST
@signed_in
def end(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """From now on the token opens nothing."""
    try:
        services.end_token(token=token, user_id=person_of(request).id, at=clock.now())
    except TrustRefused as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, gettext("The token was ended. Programs that still show it are refused."))
    return redirect("tokens")
