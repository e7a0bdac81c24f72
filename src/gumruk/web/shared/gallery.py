"""The living page of components: every one of them with sample content, on demonstration sites only."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from gumruk.declarations.types import EventView, Lane, State
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.types import Finding, Severity
from gumruk.toolkit import clock
from gumruk.web.navigation import Link
from gumruk.web.shared.controls import Control, Sheet, by_path
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
        "controls": _controls(),
        "asides": _asides(),
    }
    return render(request, "web/shared/components.html", context)


def _controls() -> list[Control]:
    """Fields of the form in each state: as they are, with a fault, with a warning; each with its help."""
    wrong = Finding("FLC-38-003", Severity.ERROR, "items/1/net_mass", "38", "11", "≤ 10", "form#box-38", {})
    doubtful = Finding("FLC-08-006", Severity.WARNING, "consignee_tin", "8", "12", "9", "form#box-8", {})
    sheet, form = Sheet(get_language() or "en", by_path((wrong, doubtful))), lawbook.form()
    said = {"consignee_tin": "12", "net_mass": "11", "financial_name": "ҶДММ «Намуна»"}
    header = [sheet.control(form.header[name], said) for name in ("financial_name", "consignee_tin")]
    return [*header, sheet.control(form.item["net_mass"], said, "items/1/")]


def _asides() -> list[Control]:
    """Fields whose help stands at the side, as in the form with boxes."""
    sheet, form = Sheet(get_language() or "en"), lawbook.form()
    return [sheet.control(form.header[name], {}) for name in ("exporter_name", "delivery_terms", "exchange_rate")]
