"""What happened while somebody looked: an act on a declaration that changed since its page was opened is shown, not done.

Every form of an act says how many events its page had seen (`c-act` does it); the locked row is held against that.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from gumruk.clearance import services as clearance
from gumruk.declarations import selectors as declarations
from gumruk.web.visits import person_of

FIELD = "events"
_OWN = ("csrfmiddlewaretoken", FIELD)


@contextmanager
def as_posted(request: HttpRequest, declaration: uuid.UUID) -> Iterator[None]:
    """Acts inside are refused as `happened_meanwhile` when more happened than the posted form had seen."""
    said = request.POST.get(FIELD, "")
    if not (said.isascii() and said.isdigit()):
        yield
        return
    with clearance.as_seen(declaration, int(said[:9])):
        yield


def happened_meanwhile(refused: Exception) -> bool:
    return getattr(refused, "code", "") == "happened_meanwhile"


def meanwhile_page(
    request: HttpRequest, declaration: uuid.UUID, *, instead: Mapping[str, str] | None = None
) -> HttpResponse:
    """What happened since, and the same act once more with everything that was typed (`instead`: fields that have moved on);
    answered with 409."""
    seen = declarations.get(declaration=declaration, person=person_of(request))
    since = int(request.POST.get(FIELD, "0")[:9])
    events = declarations.timeline(declaration=seen.id, sealed=seen.sealed, since=since)
    context = {
        "seen": seen,
        "summary": seen.summary,
        "events": list(reversed(events)),
        "label": gettext("Do it all the same"),
        "typed": request.POST.get("text", ""),
        "fields": [
            (name, (instead or {}).get(name, value))
            for name, values in request.POST.lists()
            if name not in _OWN
            for value in values
        ],
    }
    return render(request, "web/shared/meanwhile.html", context, status=409)
