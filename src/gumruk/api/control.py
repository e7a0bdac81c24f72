"""The officer's side: the queue and every act on a registered declaration."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Query, Router, Schema

from gumruk.api import schemas, showing
from gumruk.api.access import in_sandbox, person_of, sandbox_officer
from gumruk.api.declarations import REFUSALS, ListQuery, seen_by, state_after
from gumruk.api.idempotency import once
from gumruk.api.problems import problem
from gumruk.clearance import services as clearance
from gumruk.declarations import selectors as declarations
from gumruk.toolkit import clock

router = Router(tags=["control"])
STATE = {200: schemas.StateOut, **REFUSALS}


def _acted(request: HttpRequest, declaration: uuid.UUID, service: Callable[..., object], **said: Any) -> HttpResponse:
    """Call one service once, and answer with the state after it. In the sandbox the client plays the officer too."""
    by = sandbox_officer(person_of(request)) if in_sandbox(request) else person_of(request)

    def act() -> tuple[int, Schema]:
        seen_by(request, declaration)
        service(declaration=declaration, by=by, at=clock.now(), **said)
        return state_after(request, declaration)

    return once(request, act)


@router.get(
    "/queue",
    response={200: schemas.PageOut, **REFUSALS},
    summary=_("Declarations of the officer's offices, oldest first"),
)
def queue(request: HttpRequest, asked: Query[ListQuery]) -> Any:
    states = (asked.state,) if asked.state else ()
    wanted = declarations.Filter(states=states, text=asked.text, sandbox=in_sandbox(request))
    try:
        page = declarations.queue(person=person_of(request), wanted=wanted, after=asked.after)
    except ValueError:
        return problem(request, 422, "cursor_unknown")
    return schemas.PageOut(rows=[showing.summary(row) for row in page.rows], next=page.next)


@router.post("/declarations/{declaration}/questions", response=STATE, summary=_("Ask a question or for documents"))
def ask(request: HttpRequest, declaration: uuid.UUID, said: schemas.QuestionIn) -> HttpResponse:
    return _acted(request, declaration, clearance.ask, question=said.question, documents=said.documents,
                  document_kinds=said.document_kinds)  # fmt: skip


@router.post("/declarations/{declaration}/control", response=STATE, summary=_("Record what control found"))
def control(request: HttpRequest, declaration: uuid.UUID, said: schemas.ControlIn) -> HttpResponse:
    return _acted(request, declaration, clearance.record_control, conform=said.conform, note=said.note)


@router.post("/declarations/{declaration}/lane", response=STATE, summary=_("Put into another lane, with the reason"))
def lane(request: HttpRequest, declaration: uuid.UUID, said: schemas.LaneIn) -> HttpResponse:
    return _acted(request, declaration, clearance.reroute, lane=said.lane, reason=said.reason)


@router.post("/declarations/{declaration}/release", response=STATE, summary=_("Release the goods"))
def release(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    return _acted(request, declaration, clearance.release)


@router.post("/declarations/{declaration}/rejection", response=STATE, summary=_("Refuse the declaration by decision"))
def reject(request: HttpRequest, declaration: uuid.UUID, said: schemas.ReasonIn) -> HttpResponse:
    return _acted(request, declaration, clearance.reject, reason=said.reason)


@router.post("/declarations/{declaration}/exit", response=STATE, summary=_("Record that the goods left the territory"))
def leave(request: HttpRequest, declaration: uuid.UUID, said: schemas.ReasonIn) -> HttpResponse:
    return _acted(request, declaration, clearance.record_exit, note=said.reason)


@router.post(
    "/declarations/{declaration}/amendments/decision", response=STATE, summary=_("Decide a proposed amendment")
)
def decide_amendment(request: HttpRequest, declaration: uuid.UUID, said: schemas.DecisionIn) -> HttpResponse:
    return _acted(request, declaration, clearance.decide_amendment, accept=said.accept, reason=said.reason)


@router.post("/declarations/{declaration}/cancellation/decision", response=STATE, summary=_("Decide a cancellation"))
def decide_cancellation(request: HttpRequest, declaration: uuid.UUID, said: schemas.DecisionIn) -> HttpResponse:
    return _acted(request, declaration, clearance.decide_cancellation, accept=said.accept, reason=said.reason)
