"""One act on rows that were chosen in the queue: first a page that says what will happen, then what happened to each."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import selectors as declarations
from gumruk.declarations.types import Lane, Summary
from gumruk.toolkit import clock
from gumruk.trust.types import Person
from gumruk.web.officer.asking import remembered
from gumruk.web.shared.colleagues import colleagues, receiver_of
from gumruk.web.shared.lists import lane_options
from gumruk.web.visits import person_of, refusal, signed_in

MOST = 200


@dataclass(frozen=True, slots=True)
class Many:
    """An act on many: its button, the question of its page, what it will do, what it did; whether it names a receiver."""

    button: str
    question: str
    will: str
    done: str
    receiver: bool = False
    reason: bool = False
    lane: bool = False


MANY = {
    "take": Many(_("Take"), _("Take these declarations?"), _("Comes into your hands"), _("In your hands")),
    "release": Many(
        _("Release"), _("Release the goods of these declarations?"), _("The goods are released"), _("Released")
    ),
    "assign": Many(
        _("Hand on"), _("Hand these declarations on?"), _("Goes to the officer you choose"), _("Handed on"),
        receiver=True, reason=True,
    ),
    "put_back": Many(
        _("Put back"), _("Put these declarations back to the queue?"), _("Goes back to the queue"), _("Back in the queue"),
        reason=True,
    ),
    "reroute": Many(
        _("Change lane"), _("Put these declarations into another lane?"), _("Goes into the lane you choose"),
        _("In the new lane"), reason=True, lane=True,
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One chosen declaration: its row, what was seen of it, and the sentence that keeps it from being done."""

    row: Summary
    events: int
    refused: str

    @property
    def said(self) -> str:
        """What the form sends back: which declaration, as it was seen."""
        return f"{self.row.id}:{self.events}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def bulk(request: HttpRequest) -> HttpResponse:
    """What will happen to each of the chosen rows; nothing happens yet."""
    person = person_of(request)
    if request.method != "POST":
        return redirect(remembered(request, person, clock.now()).address)
    name = request.POST.get("act", "")
    rows = _rows(person, _ids(request.POST.getlist("chosen")))
    if name not in MANY or not rows:
        messages.error(request, refusal(ClearanceRefused("nothing_chosen")))
        return redirect(remembered(request, person, clock.now()).address)
    return _ask(request, name, [(row, row.events) for row in rows])


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def bulk_done(request: HttpRequest) -> HttpResponse:
    """Do it, each row on its own, and say of each what happened."""
    person, at = person_of(request), clock.now()
    name, many = request.POST.get("act", ""), MANY.get(request.POST.get("act", ""))
    seen = dict(_seen(request.POST.getlist("row")))
    rows = _rows(person, seen)
    if many is None or not rows:
        return redirect(remembered(request, person, at).address)
    try:
        act = _act(name, request.POST, person, at)
    except ClearanceRefused as refused:
        return _ask(request, name, [(row, seen[row.id]) for row in rows], error=refusal(refused))
    lines = _lines(rows, seen, act)
    context = {
        "many": many,
        "lines": lines,
        "done": sum(not one.refused for one in lines),
        "left": sum(bool(one.refused) for one in lines),
        "queue": remembered(request, person, at),
    }
    return render(request, "web/officer/bulk_done.html", context)


def _ask(request: HttpRequest, name: str, seen: list[tuple[Summary, int]], *, error: str = "") -> HttpResponse:
    person, many, at = person_of(request), MANY[name], clock.now()
    if many.receiver or many.lane:  # who gets them is chosen on the page: only then it is known whether all can go
        lines = [Line(row, events, "") for row, events in seen]
    else:
        act = _act(name, request.POST, person, at, rehearsing=True)
        lines = _lines([row for row, _ in seen], {row.id: events for row, events in seen}, act, rehearse=True)
    context = {
        "act": name,
        "many": many,
        "lines": lines,
        "possible": any(not one.refused for one in lines),
        "error": error,
        "receivers": [("", ""), *((str(one.id), one.name) for one in colleagues(person) if one.id != person.id)],
        "receiver": request.POST.get("receiver", ""),
        "reason": request.POST.get("text", ""),
        "lanes": lane_options()[1:],
        "lane": request.POST.get("lane", ""),
        "queue": remembered(request, person, at),
    }
    return render(request, "web/officer/bulk.html", context, status=422 if error else 200)


def _lines(
    rows: Iterable[Summary], seen: dict[uuid.UUID, int], act: Callable[[uuid.UUID], object], *, rehearse: bool = False
) -> list[Line]:
    known = list(rows)
    outcomes = clearance.each(seen=[(row.id, seen[row.id]) for row in known], act=act, rehearse=rehearse)
    return [
        Line(row, seen[row.id], refusal(one.refused) if one.refused else "")
        for row, one in zip(known, outcomes, strict=True)
    ]


def _act(
    name: str, said: QueryDict, by: Person, at: datetime, *, rehearsing: bool = False
) -> Callable[[uuid.UUID], object]:
    """What is done to each. Raises ClearanceRefused `receiver_unknown` when it goes to nobody."""
    # A reason is typed on the page that asks; the rehearsal before it goes without.
    reason = said.get("text", "") or ("–" if rehearsing else "")
    if name == "assign":
        to = receiver_of(said, by)
        return lambda one: clearance.assign(declaration=one, to=to, reason=reason, by=by, at=at)
    if name == "reroute":
        chosen = said.get("lane", "")
        if chosen not in list(Lane):
            raise ClearanceRefused("lane_missing")
        lane = Lane(chosen)
        return lambda one: clearance.reroute(declaration=one, lane=lane, reason=reason, by=by, at=at)
    acts: dict[str, Callable[[uuid.UUID], object]] = {
        "take": lambda one: clearance.take(declaration=one, by=by, at=at),
        "put_back": lambda one: clearance.put_back(declaration=one, reason=reason, by=by, at=at),
        "release": lambda one: clearance.release(declaration=one, by=by, at=at),
    }
    return acts[name]


def _rows(person: Person, ids: Iterable[uuid.UUID]) -> tuple[Summary, ...]:
    return declarations.summaries(person=person, ids=list(ids)[:MOST])


def _ids(texts: Iterable[str]) -> list[uuid.UUID]:
    return [one for one, _ in _seen(f"{text}:0" for text in texts)]


def _seen(texts: Iterable[str]) -> list[tuple[uuid.UUID, int]]:
    """Which declarations, and how much had happened to each; what is neither is left out."""
    found = []
    for text in texts:
        name, _, events = text.partition(":")
        try:
            found.append((uuid.UUID(name), int(events)))
        except ValueError:
            continue
    return found
