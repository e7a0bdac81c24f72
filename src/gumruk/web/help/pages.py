"""The help page, the page of boxes, and help with one field or box: as a page, or as a part for the side panel."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from gumruk.law.day import ParameterUnknown
from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit import clock
from gumruk.toolkit.text import folded
from gumruk.web.help.first_steps import WALKS, kind_for
from gumruk.web.help.words import Box, boxes, hint_at

PART = "X-Part"  # a script asks for the words alone, to show them beside the field


def show(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page of help, or only its words when the side panel asks."""
    whole = request.headers.get(PART) != "help"
    base = "web/base.html" if whole else "web/help/part.html"
    answer = render(request, template, {**context, "base": base, "whole": whole})
    patch_vary_headers(answer, (PART,))
    return answer


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    person = getattr(request, "person", None) or None
    walk = kind_for(person) if person else ""
    return render(request, "web/help/index.html", {"contact": contact(), "walk": WALKS.get(walk)})


def contact() -> str:
    """How the help desk is reached; empty until the service has written it."""
    try:
        return str(lawbook.on(clock.law_day(clock.now())).value("help_desk_contact"))
    except ParameterUnknown:
        return ""


@require_GET
def all_boxes(request: HttpRequest) -> HttpResponse:
    """Every field of the form with its help, or those that have every word of `q`."""
    asked = request.GET.get("q", "")[:80].strip()
    found = _with_words(boxes(get_language() or "en"), folded(asked).split())
    return render(request, "web/help/boxes.html", {"boxes": found, "asked": asked})


@require_GET
def one_box(request: HttpRequest, number: str) -> HttpResponse:
    found = next((box for box in boxes(get_language() or "en") if box.number == number), None)
    if found is None:
        raise Http404
    return show(request, "web/help/box.html", {"box": found})


@require_GET
def one_field(request: HttpRequest, path: str) -> HttpResponse:
    """Help with the field at a path of content, as its input is named."""
    hint = hint_at(path, get_language() or "en")
    if hint is None:
        raise Http404
    return show(request, "web/help/box.html", {"box": Box(hint.box, (hint,))})


def _with_words(found: list[Box], words: list[str]) -> list[Box]:
    kept = []
    for box in found:
        hints = tuple(
            hint
            for hint in box.hints
            if all(word in folded(f"{hint.box} {hint.label} {hint.what} {hint.where} {hint.wrong}") for word in words)
        )
        if hints:
            kept.append(Box(box.number, hints))
    return kept
