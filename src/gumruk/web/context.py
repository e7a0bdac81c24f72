"""What every page knows: who is signed in, the bar on top, the theme, and whether single-letter keys are on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gumruk.web.navigation import links_for, official


def page(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "person", None) or None
    dense = person is not None and official(person)
    return {
        "person": person,
        "navigation": links_for(person, request.path) if person else [],
        "theme_styles": f"vendor/{'officer' if dense else 'broker'}.css",
        "keys": "off" if request.COOKIES.get("gumruk_keys") == "off" else "on",
    }
