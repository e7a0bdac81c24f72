"""The REST interface to declarations: drafts, checks, lodging, payments, timeline. Amounts travel as text."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Query, Schema
from ninja.security import HttpBearer

from gumruk.api.idempotency import KeyReused, once
from gumruk.api.problems import problem
from gumruk.clearance import services as clearance
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.types import DeclarationRefused, State, Summary
from gumruk.exchange import formats, json_files
from gumruk.exchange.types import FileRefused
from gumruk.exchange.wording import sentence
from gumruk.payments import selectors as payments
from gumruk.payments.types import PaymentRefused
from gumruk.rules.duty import Assessment
from gumruk.rules.types import Finding
from gumruk.tariff import selectors as tariff
from gumruk.toolkit import clock
from gumruk.trust import selectors as trust
from gumruk.trust.types import Person

LANGUAGES = ("tg", "ru", "en")


class Token(HttpBearer):
    """A client program shows its secret as a bearer token."""

    def authenticate(self, request: HttpRequest, token: str) -> Person | None:
        held = trust.token_holder(secret=token, at=clock.now())
        if held is None:
            return None
        request.person, request.sandbox = held  # type: ignore[attr-defined]
        return held[0]


api = NinjaAPI(title="Gumruk", version="1", auth=Token(), description="Open interface of the customs platform.")


class ListQuery(Schema):
    """What a list shows."""

    state: str = ""
    text: str = ""
    after: str = ""


def _person(request: HttpRequest) -> Person:
    found: Person = request.person  # type: ignore[attr-defined]
    return found


@api.exception_handler(DeclarationRefused)
@api.exception_handler(ClearanceRefused)
@api.exception_handler(PaymentRefused)
def _refused(request: HttpRequest, refused: DeclarationRefused | ClearanceRefused | PaymentRefused) -> HttpResponse:
    status = (
        404
        if refused.code in ("not_found", "charge_unknown")
        else 403
        if refused.code in ("not_yours", "no_right", "not_a_broker")
        else 409
    )
    return problem(request, status, refused.code, str(refused), **refused.values)


@api.exception_handler(FileRefused)
def _file_refused(request: HttpRequest, refused: FileRefused) -> HttpResponse:
    return problem(request, 422, refused.code, str(refused), **refused.values)


@api.exception_handler(KeyReused)
def _key_reused(request: HttpRequest, _: KeyReused) -> HttpResponse:
    return problem(request, 422, "idempotency_key_reused", "This Idempotency-Key was used with another request.")


def _once(request: HttpRequest, act: Callable[[], tuple[int, dict[str, Any]]]) -> JsonResponse:
    said = f"{request.method} {request.path}\n".encode() + request.body
    key = request.headers.get("Idempotency-Key", "")
    status, body = once(client=str(_person(request).id), key=key, request=said, at=clock.now(), act=act)
    return JsonResponse(body, status=status)


def _language(request: HttpRequest) -> str:
    asked = request.headers.get("Accept-Language", "en")[:2]
    return asked if asked in LANGUAGES else "en"


def _finding(finding: Finding, language: str) -> dict[str, str]:
    message = sentence(finding, language, clock.law_day(clock.now()))
    return {
        "code": finding.code, "severity": finding.severity.value, "path": finding.path, "box": finding.box,
        "found": finding.found, "expected": finding.expected, "cites": finding.cites, "message": message,
    }  # fmt: skip


def _assessment(result: Assessment) -> dict[str, Any]:
    lines = [
        {
            "item": line.item, "kind": line.kind, "base": str(line.base), "rate": line.rate, "amount": str(line.amount),
            "payable": line.payable, "working": line.text, "cites": list(line.cites), "measure": line.measure,
            "rejected": [{"measure": put.measure, "reason": put.reason} for put in line.rejected],
        }
        for line in result.lines
    ]  # fmt: skip
    keys = {"day": result.day.isoformat(), "change_set": result.change_set, "ruleset": result.ruleset}
    return {**keys, "lines": lines, "total": str(result.total), "currency": result.currency, "value": str(result.value)}


def _summary(row: Summary) -> dict[str, Any]:
    return {
        "id": str(row.id), "office": row.office, "state": row.state.value, "lane": row.lane.value if row.lane else None,
        "registration": row.registration, "reference": row.reference, "consignee": row.consignee_name,
        "due": None if row.due is None else str(row.due), "changed_at": row.changed_at.isoformat(),
    }  # fmt: skip


@api.post("/declarations", summary="Make a draft from JSON content or an ASYCUDA World file")
def make_draft(request: HttpRequest) -> HttpResponse:
    parsed = formats.parse(request.body)
    sandbox = bool(getattr(request, "sandbox", False))

    def act() -> tuple[int, dict[str, Any]]:
        made = drafts.create_draft(content=parsed.content, by=_person(request), at=clock.now(), origin="api",
                                   residue=parsed.residue, source_format=parsed.format, sandbox=sandbox)  # fmt: skip
        return 201, {"id": str(made), "state": State.DRAFT.value, "revision": 0}

    return _once(request, act)


@api.get("/declarations", summary="The declarations that the client may see, newest first")
def list_declarations(request: HttpRequest, asked: Query[ListQuery]) -> HttpResponse:
    states = (State(asked.state),) if asked.state in State.__members__ else ()
    wanted = declarations.Filter(states=states, text=asked.text)
    try:
        page = declarations.page(person=_person(request), wanted=wanted, after=asked.after)
    except ValueError:
        return problem(request, 422, "cursor_unknown", "The cursor `after` is not one that a page gave.")
    return JsonResponse({"rows": [_summary(row) for row in page.rows], "next": page.next})


@api.get("/declarations/{declaration}", summary="One declaration with its content, payments and timeline")
def get_declaration(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    seen = declarations.get(declaration=declaration, person=_person(request))
    stored = tariff.latest(declaration=declaration)
    charge = payments.charge_of(declaration=declaration)
    return JsonResponse(
        {
            **_summary(seen.summary), "content": seen.content, "revision": seen.revision, "version": seen.version,
            "assessment": _assessment(stored.result) if stored else None,
            "charge": {"reference": charge.reference, "due": str(charge.due), "paid": str(charge.paid)} if charge else None,
            "timeline": [
                {"name": e.name, "at": e.at.isoformat(), "before": e.before, "after": e.after}
                for e in declarations.timeline(declaration=declaration)
            ],
        }
    )  # fmt: skip


@api.put("/declarations/{declaration}/content", summary="Replace the content of a draft")
def save(request: HttpRequest, declaration: uuid.UUID, revision: int) -> HttpResponse:
    content = json_files.parse(request.body).content

    def act() -> tuple[int, dict[str, Any]]:
        kept = drafts.save_draft(
            declaration=declaration, content=content, revision=revision, by=_person(request), at=clock.now()
        )
        return 200, {"id": str(declaration), "revision": kept}

    return _once(request, act)


@api.post("/check", summary="All findings and payments of content; nothing is stored")
def check(request: HttpRequest) -> HttpResponse:
    checked = clearance.check(content=formats.parse(request.body).content, at=clock.now())
    findings = [_finding(finding, _language(request)) for finding in checked.findings]
    return JsonResponse(
        {"blocking": checked.blocking, "findings": findings, "assessment": _assessment(checked.assessment)}
    )


@api.post("/declarations/{declaration}/prepare", summary="Freeze the draft and give the statement to sign")
def prepare(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    statement = clearance.prepare(declaration=declaration, by=_person(request), at=clock.now())
    return JsonResponse({"version": statement.version, "statement": statement.text, "hash": statement.hash})


@api.post("/declarations/{declaration}/submit", summary="Lodge the version whose statement hash is given")
def submit(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    try:
        said = json.loads(request.body or b"{}")
        agreed = str(said.get("hash", "")) if isinstance(said, dict) else ""
    except ValueError:
        return problem(request, 422, "not_json", 'The body must be JSON such as {"hash": "..."}.')

    def act() -> tuple[int, dict[str, Any]]:
        lodged = clearance.submit(declaration=declaration, statement_hash=agreed, by=_person(request), at=clock.now())
        body = {
            "id": str(declaration), "accepted": lodged.accepted, "state": lodged.state.value, "registration": lodged.registration,
            "findings": [_finding(finding, _language(request)) for finding in lodged.findings],
            "assessment": _assessment(lodged.assessment),
        }  # fmt: skip
        return (200 if lodged.accepted else 422), body

    return _once(request, act)


@api.post("/declarations/{declaration}/pay", summary="Pay what is left from the prepayment account")
def pay(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    def act() -> tuple[int, dict[str, Any]]:
        receipt = clearance.pay_from_account(declaration=declaration, by=_person(request), at=clock.now())
        return 200, {"receipt": receipt.number, "amount": str(receipt.amount)}

    return _once(request, act)
