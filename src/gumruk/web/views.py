"""Pages of brokers and officers: parse, call one service, answer."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import canonical
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.selectors import Filter
from gumruk.declarations.types import DeclarationRefused, Lane, State
from gumruk.exchange import formats
from gumruk.exchange.types import FileRefused
from gumruk.payments import selectors as payments
from gumruk.payments.types import PaymentRefused
from gumruk.risk import selectors as risk
from gumruk.tariff import selectors as tariff
from gumruk.toolkit import clock
from gumruk.trust.types import Role
from gumruk.web.form_page import form_groups, posted_content
from gumruk.web.visits import person_of, refusal, signed_in

REFUSED = (ClearanceRefused, DeclarationRefused, PaymentRefused)
OFFICIALS = (Role.OFFICER, Role.SUPERVISOR, Role.CASHIER)
QUEUE = (
    State.RELEASABLE,
    State.UNDER_CONTROL,
    State.DISCREPANCY,
    State.CANCEL_REQUESTED,
    State.PAYMENT_DUE,
    State.QUERIED,
    State.DOCS_REQUIRED,
)


@require_GET
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    official = any(person.may(role) for role in OFFICIALS)
    wanted_state = request.GET.get("state", "")
    states = (State(wanted_state),) if wanted_state in State.__members__ else (QUEUE if official else ())
    wanted = Filter(states=states, lane=request.GET.get("lane", ""), text=request.GET.get("text", ""))
    after = request.GET.get("after", "")
    try:
        page = (declarations.queue if official else declarations.page)(person=person, wanted=wanted, after=after)
    except ValueError:
        return redirect("home")
    counts = declarations.counts(person=person, states=QUEUE if official else list(State))
    ways = {"page": page, "counts": counts, "official": official, "wanted": wanted, "state": wanted_state}
    return render(request, "web/home.html", ways)


@require_POST
@signed_in
def make_draft(request: HttpRequest) -> HttpResponse:
    """A new draft: from a file when one is given, else empty."""
    person, at, file = person_of(request), clock.now(), request.FILES.get("file")
    try:
        if file is None:
            day = clock.law_day(at).isoformat()
            content = {
                "direction": "IM",
                "regime": "FREE_CIRC",
                "declaration_date": day,
                "items": [{"item_number": "1"}],
            }
            draft = drafts.create_draft(content=content, by=person, at=at)
        else:
            parsed = formats.parse(file.read())
            draft = drafts.create_draft(
                content=parsed.content,
                by=person,
                at=at,
                origin="file",
                residue=parsed.residue,
                source_format=parsed.format,
            )
    except FileRefused as refused:
        messages.error(request, FileRefused.worded(refused.code, get_language() or "en", refused.values))
        return redirect("home")
    except REFUSED as refused:
        messages.error(request, refusal(refused))
        return redirect("home")
    return redirect("declaration", draft)


@require_GET
@signed_in
def declaration(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    return page_of(request, declaration)


def page_of(request: HttpRequest, declaration: uuid.UUID, *, error: str = "", status: int = 200) -> HttpResponse:
    """The page of one declaration: the form for its broker while it is a draft, else everything that is known."""
    person, at = person_of(request), clock.now()
    try:
        seen = declarations.get(declaration=declaration, person=person)
    except DeclarationRefused:
        return render(request, "web/missing.html", status=404)
    draft = seen.state in (State.DRAFT, State.REJECTED) and drafts.owned_by(
        person, seen.summary.declarant_tin, seen.owner
    )
    attempt = declarations.last_attempt(declaration=declaration)
    checked = clearance.check(content=seen.content, at=at) if draft else None
    showing = bool(request.GET.get("check") or (attempt and not attempt.passed) or status == 422)
    findings = checked.findings if checked else (attempt.findings if attempt else ())
    stored = tariff.latest(declaration=declaration)
    official = any(person.may(role, seen.summary.office) for role in OFFICIALS)
    page = {
        "amending": bool(request.GET.get("amend")) and not draft and not official and seen.proposal is None,
        "changes": canonical.difference(seen.content, seen.proposal.content) if seen.proposal else (),
        "seen": seen, "summary": seen.summary, "draft": draft, "error": error, "day": clock.law_day(at), "official": official,
        "findings": findings if showing or not draft else (), "checked": showing, "stored": stored,
        "assessment": checked.assessment if checked else (stored.result if stored else None),
        "groups": form_groups(seen.content, get_language() or "en", findings if showing else ()),
        "timeline": declarations.timeline(declaration=declaration), "queries": declarations.queries(declaration=declaration),
        "charge": payments.charge_of(declaration=declaration), "receipts": payments.receipts(declaration=declaration),
        "balance": None if official else payments.balance(party=seen.summary.declarant_tin),
        "screening": risk.latest(declaration=declaration) if official else None,
        "lanes": [lane.value for lane in Lane],
    }  # fmt: skip
    return render(request, "web/declaration.html", page, status=status)


@require_POST
@signed_in
def save(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    """Keep what was typed; then check, add an item, or lodge, as the button says."""
    person, at = person_of(request), clock.now()
    act = request.POST.get("act", "save")
    try:
        seen = declarations.get(declaration=declaration, person=person)
        content = posted_content(request.POST, seen.content)
        if act == "add_item":
            content["items"].append({"item_number": str(len(content["items"]) + 1)})
        revision = request.POST.get("revision", "")
        drafts.save_draft(
            declaration=declaration,
            content=content,
            revision=int(revision) if revision.isdigit() else -1,
            by=person,
            at=at,
        )
        if act == "lodge" and not clearance.lodge(declaration=declaration, by=person, at=at).accepted:
            return page_of(request, declaration, status=422)
    except REFUSED as refused:
        return page_of(request, declaration, error=refusal(refused), status=422)
    if act == "check":
        return HttpResponseRedirect(f"/declarations/{declaration}?check=1#summary")
    return redirect("declaration", declaration)


@require_POST
@signed_in
def act(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    """One act on a registered declaration, named by the button."""
    person, at, said = person_of(request), clock.now(), request.POST
    text = said.get("text", "")
    common: dict[str, Any] = {"declaration": declaration, "by": person, "at": at}
    acts: dict[str, Callable[[], object]] = {
        "release": lambda: clearance.release(**common),
        "ask": lambda: clearance.ask(question=text, documents=False, **common),
        "ask_documents": lambda: clearance.ask(question=text, documents=True, **common),
        "answer": lambda: clearance.answer(text=text, **common),
        "reject": lambda: clearance.reject(reason=text, **common),
        "conform": lambda: clearance.record_control(conform=True, note=text, **common),
        "not_conform": lambda: clearance.record_control(conform=False, note=text, **common),
        "reroute": lambda: clearance.reroute(lane=Lane(said.get("lane", "green")), reason=text, **common),
        "request_cancellation": lambda: clearance.request_cancellation(reason=text, **common),
        "accept_cancellation": lambda: clearance.decide_cancellation(accept=True, reason=text, **common),
        "refuse_cancellation": lambda: clearance.decide_cancellation(accept=False, reason=text, **common),
        "accept_amendment": lambda: clearance.decide_amendment(accept=True, reason=text, **common),
        "refuse_amendment": lambda: clearance.decide_amendment(accept=False, reason=text, **common),
        "pay": lambda: clearance.pay_from_account(**common),
    }
    chosen = acts.get(said.get("act", ""))
    try:
        if chosen is not None:
            chosen()
    except (*REFUSED, ValueError) as refused:
        return page_of(request, declaration, error=refusal(refused), status=422)
    return redirect("declaration", declaration)


@require_POST
@signed_in
def amend(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    """Propose a changed version of a registered declaration, with the reason."""
    person, at = person_of(request), clock.now()
    try:
        seen = declarations.get(declaration=declaration, person=person)
        content = posted_content(request.POST, seen.content)
        reason = request.POST.get("reason", "")
        clearance.propose_amendment(declaration=declaration, content=content, reason=reason, by=person, at=at)
    except REFUSED as refused:
        return page_of(request, declaration, error=refusal(refused), status=422)
    return redirect("declaration", declaration)


@require_POST
@signed_in
def copy(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    try:
        made = drafts.copy(declaration=declaration, by=person_of(request), at=clock.now())
    except DeclarationRefused:
        return render(request, "web/missing.html", status=404)
    return redirect("declaration", made)


@require_GET
@signed_in
def replay(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    """Compute the stored assessment again and show both."""
    try:
        declarations.get(declaration=declaration, person=person_of(request))
        answer = clearance.replay(declaration=declaration)
    except (DeclarationRefused, ClearanceRefused):
        return render(request, "web/missing.html", status=404)
    return render(request, "web/replay.html", {"answer": answer, "id": declaration})
