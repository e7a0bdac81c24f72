"""The living page of components: every one of them with sample content, on demonstration sites only."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from gumruk.declarations.types import EventView, Lane, State
from gumruk.toolkit import clock
from gumruk.web.navigation import Link
from gumruk.web.visits import demo_people


@require_GET
def components(request: HttpRequest) -> HttpResponse:
    """Every component in both themes: `?theme=officer` shows the dense one."""
    if not demo_people():
        raise Http404
    at, theme = clock.now(), "officer" if request.GET.get("theme") == "officer" else "broker"
    events = (
        EventView(2, "released", at, None, "Demo", "RELEASABLE", "RELEASED", "", {}, signed=False),
        EventView(1, "registered", at - timedelta(hours=3), None, "Demo", "DRAFT", "REGISTERED", "", {}, signed=False),
    )
    context = {
        "theme_styles": f"vendor/{theme}.css",
        "states": list(State),
        "lanes": list(Lane),
        "events": events,
        "amount": Decimal("1234567.50"),
        "day": clock.law_day(at),
        "sections": [
            Link(gettext("Overview"), "#sections", current=True),
            Link(gettext("Items"), "#sections", count=14),
            Link(gettext("Findings"), "#sections", count=3, tone="wrong"),
        ],
        "chips": [Link(gettext("All"), "#chips", current=True, count=120), Link(gettext("Drafts"), "#chips", count=8)],
        "themes": [
            Link(gettext("Roomy theme"), "?theme=broker", theme == "broker"),
            Link(gettext("Dense theme"), "?theme=officer", theme == "officer"),
        ],
        "options": (("40", "40 · 4000"), ("10", "10 · 1000")),
    }
    return render(request, "web/shared/components.html", context)
