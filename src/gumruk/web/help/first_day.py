"""The guided first day of a broker and of an officer on demonstration data."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import yaml
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from gumruk.declarations import services as drafts
from gumruk.declarations.types import DeclarationRefused
from gumruk.guidance import selectors as guidance
from gumruk.guidance import services as walks
from gumruk.lawbook.helping import HELP
from gumruk.rules.form import Content
from gumruk.toolkit import clock
from gumruk.trust.types import Person
from gumruk.web.help.first_steps import kind_for, past_of, ticked
from gumruk.web.visits import person_of, refusal, signed_in

ACTS: dict[str, Callable[..., None]] = {"begin": walks.begin, "again": walks.begin, "dismiss": walks.dismiss}


@require_GET
@signed_in
def first_day(request: HttpRequest) -> HttpResponse:
    """The steps with their ticks."""
    person, at = person_of(request), clock.now()
    kind = kind_for(person)
    if not kind:
        return render(request, "web/help/no_first_day.html")
    walk = guidance.walk_of(user=person.id, kind=kind)
    past = past_of(person, walk.begun_at, at)
    steps = ticked(kind, past)
    done = all(one.done for one in steps)
    if done and walk.done_at is None:
        walks.finish(user=person.id, kind=kind, at=at)
    following = next((one.step.name for one in steps if not one.done), "")
    context = {"kind": kind, "walk": walk, "steps": steps, "past": past, "done": done, "following": following}
    return render(request, "web/help/first_day.html", context)


@require_POST
@signed_in
def change(request: HttpRequest, act: str) -> HttpResponse:
    """Begin, begin again, put aside."""
    person = person_of(request)
    kind = kind_for(person)
    if act not in ACTS or not kind:
        raise Http404
    ACTS[act](user=person.id, kind=kind, at=clock.now())
    return redirect("home" if act == "dismiss" else "first-day")


@require_POST
@signed_in
def draft(request: HttpRequest) -> HttpResponse:
    """The demonstration draft with its two faults, for the firm of the person."""
    person, at = person_of(request), clock.now()
    if kind_for(person) != "broker":
        raise Http404
    try:
        made = drafts.create_draft(content=demonstration(person, clock.law_day(at)), by=person, at=at)
    except DeclarationRefused as refused:
        messages.error(request, refusal(refused))
        return redirect("first-day")
    return redirect("declaration", made)


def demonstration(person: Person, day: date) -> Content:
    """The content of the draft as of a day."""
    said: Content = yaml.safe_load((HELP / "first_day.yaml").read_text(encoding="utf-8"))
    mine = {"declarant_tin": min(person.parties, default=""), "declarant_name": person.name}
    return {**said, **mine, "declaration_date": day.isoformat(), "reference": f"DEMO-{day.isoformat()}"}
