"""What every page knows: who is signed in, the bar on top, the theme, and whether single-letter keys are on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gumruk.guidance import selectors as guidance
from gumruk.toolkit import clock
from gumruk.trust import sessions
from gumruk.trust.types import Person
from gumruk.web.help.first_steps import kind_for
from gumruk.web.navigation import divided, links_for, official, own_links


def _offered(person: Person) -> bool:
    """Whether the first page speaks of the guided first day: to demonstration people, until it is done or put aside."""
    kind = kind_for(person)
    return bool(kind) and guidance.walk_of(user=person.id, kind=kind).offered


def page(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "person", None) or None
    dense = person is not None and official(person)
    shown, more = divided(links_for(person, request.path) if person else [], 5 if dense else 3)
    return {
        "person": person,
        "navigation": shown,
        "more_pages": more,
        "own_pages": own_links(person, request.path) if person else [],
        "theme_styles": f"vendor/{'officer' if dense else 'broker'}.css",
        "offer": person is not None and request.path == "/" and _offered(person),
        "session_left": sessions.left(request.session, clock.now()) if person else None,
        "session_warning": sessions.minutes("session_warning_minutes", clock.now()) * 60 if person else 0,
        "keys": "off" if request.COOKIES.get("gumruk_keys") == "off" else "on",
    }
