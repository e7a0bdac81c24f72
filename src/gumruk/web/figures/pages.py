"""The page of figures and the downloads of its tables."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET

from gumruk.figures import selectors as figures
from gumruk.figures.types import Subject
from gumruk.toolkit import clock
from gumruk.web.figures import asking, charts
from gumruk.web.figures.asking import DEFAULT, SPANS, Asked, offices_of, place_options
from gumruk.web.figures.files import chart_file
from gumruk.web.figures.seen import Seen, named, read
from gumruk.web.navigation import Link
from gumruk.web.shared.lists import code_options
from gumruk.web.visits import person_of, signed_in


def for_leaders_and_firms(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Shows figures to who leads an office or declares for a firm; others learn only that there is no such page."""

    @signed_in
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        person = person_of(request)
        if not offices_of(person) and not person.parties:
            return render(request, "web/shared/missing.html", status=404)
        return view(request, *args, **kwargs)

    return guarded


def _asked(request: HttpRequest) -> Asked:
    query = {name: request.GET.get(name, "") for name in asking.KEPT}
    return asking.read(query, person_of(request), clock.law_day(clock.now()))


@require_GET
@for_leaders_and_firms
def page(request: HttpRequest) -> HttpResponse:
    """All charts of what was asked for."""
    asked, person, language = _asked(request), person_of(request), get_language() or "en"
    seen = read(asked)
    context = {
        "seen": seen,
        "asked": asked,
        "charts": [chart(seen) for chart in charts.of(seen).values()] if seen.declarations or seen.revenue else [],
        "spans": span_links(asked),
        "places": () if asked.parties else place_options(person, language),
        "directions": code_options("direction", language),
        "regimes": _regime_options(asked),
        "figures": _head(seen),
        "query": asked.address(),
    }
    return render(request, "web/figures/page.html", context)


def span_links(asked: Asked) -> list[Link]:
    """The named spans; none is current when days were typed."""
    current = asked.said.get("span") or ("" if asked.said.get("since") else DEFAULT)
    return [
        Link(gettext(word), asked.address(span="" if name == DEFAULT else name, since="", until=""), name == current)
        for name, word in SPANS.items()
    ]


def _regime_options(asked: Asked) -> list[tuple[str, str]]:
    codes = [] if asked.parties else figures.regimes(asked.wanted)
    words = named("regime", codes)
    return [("", gettext("Any")), *((code, words[code]) for code in codes)]


def _head(seen: Seen) -> list[tuple[str, str, str]]:
    """The few figures that matter: word, number, note."""
    whole, inspected = seen.totals.stage("whole"), seen.marked("inspected")
    customs = seen.totals.stage("customs")
    found = [
        (gettext("Declarations"), charts.shown(seen.declarations, "count"), ""),
        (gettext("Released"), charts.shown(seen.marked("released"), "count"), ""),
        (gettext("Customs value, TJS"), charts.short_money(seen.value), ""),
    ]
    if not seen.asked.parties:
        found.append((gettext("Revenue, TJS"), charts.short_money(seen.sum_of(Subject.REVENUE)), ""))
    share = charts.shown(inspected / seen.declarations if seen.declarations else None, "share")
    found.append((gettext("Inspected"), share, charts.shown(inspected, "count")))
    if whole.count:
        note = gettext("with the service %(time)s") % {"time": charts.shown(customs.p50, "time")}
        found.append((gettext("Half released within"), charts.shown(whole.p50, "time"), note))
    return found


@require_GET
@for_leaders_and_firms
def download(request: HttpRequest, name: str, kind: str) -> HttpResponse:
    """The table of one chart as a file."""
    asked = _asked(request)
    seen = Seen(asked, figures.own(asked.wanted, asked.parties)) if asked.parties else read(asked)
    chart = charts.of(seen).get(name)
    if chart is None or kind not in ("csv", "xlsx"):
        return render(request, "web/shared/missing.html", status=404)
    return chart_file(chart(seen), kind, f"{asked.wanted.since}-{asked.last}")
