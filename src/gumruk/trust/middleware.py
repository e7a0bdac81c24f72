"""Puts the signed-in person on each request, with the grants that hold today."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from gumruk.toolkit import clock
from gumruk.trust import selectors, sessions
from gumruk.trust.types import Person

SESSION_KEY, OPENED = "person", "opened"
BACKGROUND = "X-Background"  # a page that asks by itself says so: that is no sign of a person


def _find(request: HttpRequest) -> Person | None:
    stored, at = request.session.get(SESSION_KEY), clock.now()
    if not stored:
        return None
    if sessions.left(request.session, at) == 0:
        request.session.flush()
        return None
    if request.headers.get(BACKGROUND) is None:
        sessions.touch(request.session, at)
    # A session older than this rule says no moment: it counts as opened at the very beginning.
    opened = datetime.fromtimestamp(float(request.session.get(OPENED, 0)), UTC)
    return selectors.person(user_id=uuid.UUID(stored), day=clock.law_day(at), opened=opened)


class SignedIn:
    """Sets `request.person`, read from the session only when a page asks for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.person = SimpleLazyObject(lambda: _find(request))  # type: ignore[attr-defined]
        return self.get_response(request)
