"""Acts on a registered declaration, each named by its button; the services decide who may and when."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gumruk.clearance import services as clearance
from gumruk.clearance.types import Acted, ClearanceRefused
from gumruk.declarations import noting
from gumruk.declarations.types import DeclarationView, Lane
from gumruk.toolkit import clock
from gumruk.trust.types import Person
from gumruk.web.shared.colleagues import receiver_of
from gumruk.web.shared.meanwhile import as_posted, happened_meanwhile, meanwhile_page
from gumruk.web.shared.seen import REFUSED, of_declaration, posted
from gumruk.web.shared.viewing import SECTIONS, section_page
from gumruk.web.visits import person_of, refusal

Act = Callable[[uuid.UUID, QueryDict, Person, datetime], object]


def _text(said: QueryDict) -> str:
    return said.get("text", "")


def _present(declaration: uuid.UUID, by: Person, at: datetime) -> None:
    """Present the goods; what keeps the declaration from being registered today is a refusal that names the findings."""
    if not clearance.present(declaration=declaration, by=by, at=at).accepted:
        raise ClearanceRefused("faults_today")


ACTS: dict[str, Act] = {
    "release": lambda d, _s, by, at: clearance.release(declaration=d, by=by, at=at),
    "ask": lambda d, s, by, at: clearance.ask(declaration=d, question=_text(s), documents=False, by=by, at=at),
    "ask_documents": lambda d, s, by, at: clearance.ask(
        declaration=d, question=_text(s), documents=True, by=by, at=at, document_kinds=s.getlist("document_kind")
    ),
    "ask_amendment": lambda d, s, by, at: clearance.ask_for_amendment(declaration=d, question=_text(s), by=by, at=at),
    "note": lambda d, s, by, at: noting.add_note(declaration=d, text=_text(s), by=by, at=at),
    "answer": lambda d, s, by, at: clearance.answer(declaration=d, text=_text(s), by=by, at=at),
    "reject": lambda d, s, by, at: clearance.reject(declaration=d, reason=_text(s), by=by, at=at),
    "conform": lambda d, s, by, at: clearance.record_control(declaration=d, conform=True, note=_text(s), by=by, at=at),
    "not_conform": lambda d, s, by, at: clearance.record_control(
        declaration=d, conform=False, note=_text(s), by=by, at=at
    ),
    "reroute": lambda d, s, by, at: clearance.reroute(
        declaration=d, lane=Lane(s.get("lane", "")), reason=_text(s), by=by, at=at
    ),
    "hold": lambda d, s, by, at: clearance.set_hold(
        declaration=d, agency=s.get("agency", "")[:60], reason=_text(s), clears=s.get("clears", ""), by=by, at=at
    ),
    "lift_hold": lambda d, s, by, at: clearance.lift_hold(
        declaration=d, hold=uuid.UUID(s.get("hold", "")), by=by, at=at
    ),
    "request_cancellation": lambda d, s, by, at: clearance.request_cancellation(
        declaration=d, reason=_text(s), by=by, at=at
    ),
    "accept_cancellation": lambda d, s, by, at: clearance.decide_cancellation(
        declaration=d, accept=True, reason=_text(s), by=by, at=at
    ),
    "refuse_cancellation": lambda d, s, by, at: clearance.decide_cancellation(
        declaration=d, accept=False, reason=_text(s), by=by, at=at
    ),
    "accept_amendment": lambda d, s, by, at: clearance.decide_amendment(
        declaration=d, accept=True, reason=_text(s), by=by, at=at
    ),
    "refuse_amendment": lambda d, s, by, at: clearance.decide_amendment(
        declaration=d, accept=False, reason=_text(s), by=by, at=at
    ),
    "present": lambda d, _s, by, at: _present(d, by, at),
    "withdraw": lambda d, _s, by, at: clearance.withdraw(declaration=d, by=by, at=at),
    "exit": lambda d, s, by, at: clearance.record_exit(declaration=d, note=_text(s), by=by, at=at),
    "open_audit": lambda d, s, by, at: clearance.open_audit(declaration=d, reason=_text(s), by=by, at=at),
    "close_audit": lambda d, s, by, at: clearance.close_audit(declaration=d, result=_text(s), by=by, at=at),
    "take": lambda d, _s, by, at: clearance.take(declaration=d, by=by, at=at),
    "assign": lambda d, s, by, at: clearance.assign(
        declaration=d, to=receiver_of(s, by), reason=_text(s), by=by, at=at
    ),
    "put_back": lambda d, s, by, at: clearance.put_back(declaration=d, reason=_text(s), by=by, at=at),
    "pay": lambda d, _s, by, at: clearance.pay_from_account(declaration=d, by=by, at=at),
}
DONE = {
    "release": _("The goods are released."), "ask": _("The question was sent to the declarant."),
    "ask_documents": _("The demand for documents was sent to the declarant."), "answer": _("The answer was sent."),
    "ask_amendment": _("The declarant is asked to amend."), "note": _("The note was added."),
    "reject": _("The declaration was rejected."), "conform": _("The control was recorded: conform."),
    "not_conform": _("The control was recorded: not conform."), "reroute": _("The lane was changed."),
    "hold": _("The hold was set."), "lift_hold": _("The hold was lifted."),
    "request_cancellation": _("Cancellation was requested. Customs will decide."),
    "accept_cancellation": _("The declaration was cancelled."), "refuse_cancellation": _("The cancellation was refused."),
    "accept_amendment": _("The amendment was accepted."), "refuse_amendment": _("The amendment was refused."),
    "present": _("The declaration is registered."), "withdraw": _("The declaration is a draft again."),
    "exit": _("The exit was recorded."), "open_audit": _("The audit was opened."), "close_audit": _("The audit was closed."),
    "take": _("The declaration is in your hands."), "assign": _("The declaration was handed on."),
    "put_back": _("The declaration is back in the queue."),
    "pay": _("Paid from the prepayment account."),
}  # fmt: skip
PROPOSED = _("Proposed. Another official has to confirm it; until then nothing changes.")


@posted
@of_declaration
def act(request: HttpRequest, seen: DeclarationView) -> HttpResponse:
    """One act; refused, the same section comes back with the reason and what was typed."""
    name, here = request.POST.get("act", ""), request.POST.get("here", "overview")
    chosen = ACTS.get(name)
    try:
        if chosen is not None:
            with as_posted(request, seen.id):
                came = chosen(seen.id, request.POST, person_of(request), clock.now())
            messages.success(request, gettext(PROPOSED if came is Acted.PROPOSED else DONE[name]))
    except (*REFUSED, ValueError) as refused:
        if happened_meanwhile(refused):
            return meanwhile_page(request, seen.id)
        section = here if here in SECTIONS else "overview"
        return section_page(request, seen, section, error=refusal(refused), status=422)
    # Officers are offered the next of their queue.
    return redirect(f"{reverse('declaration', args=[seen.id])}{'' if seen.sealed else '?acted'}")
