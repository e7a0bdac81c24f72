"""The declarant's side: drafts, checks, lodging, payment, answers, amendments, cancellation."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop as _
from ninja import Field, Query, Router, Schema

from gumruk.api import schemas, showing
from gumruk.api.access import in_sandbox, language_of, person_of
from gumruk.api.idempotency import once
from gumruk.api.problems import problem
from gumruk.clearance import services as clearance
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.types import DeclarationView, State
from gumruk.exchange import formats, json_files
from gumruk.payments import selectors as payments
from gumruk.rules.form import Content
from gumruk.tariff import selectors as tariff
from gumruk.toolkit import clock

router = Router(tags=["declarations"])
REFUSALS = {
    401: schemas.Problem,
    403: schemas.Problem,
    404: schemas.Problem,
    409: schemas.Problem,
    422: schemas.Problem,
}
FILE = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"type": "object"}}, "application/xml": {"schema": {"type": "string"}}},
    }
}  # fmt: skip


class ListQuery(Schema):
    """What a list shows: a state, a text to look for, the cursor of the page before."""

    state: State | None = Field(None, description="only declarations in this state")
    text: str = Field("", description="part of a registration, reference or name")
    after: str = Field("", description="the `next` of the page before")


def seen_by(request: HttpRequest, declaration: uuid.UUID) -> DeclarationView:
    """The declaration, when the caller may see it and it lies on the caller's side of the sandbox."""
    return declarations.get(declaration=declaration, person=person_of(request), sandbox=in_sandbox(request))


def guard(request: HttpRequest, declaration: uuid.UUID) -> None:
    """Refuse as `seen_by` does, without reading the whole declaration."""
    declarations.require_visible(declaration=declaration, person=person_of(request), sandbox=in_sandbox(request))


def state_after(request: HttpRequest, declaration: uuid.UUID) -> tuple[int, Schema]:
    """Where the declaration stands now."""
    return 200, schemas.StateOut(id=str(declaration), state=seen_by(request, declaration).state)


@router.post(
    "/declarations", response={201: schemas.DraftOut, **REFUSALS}, openapi_extra=FILE,
    summary=_("Make a draft from JSON content or a declaration file"),
)  # fmt: skip
def make_draft(request: HttpRequest) -> HttpResponse:
    parsed = formats.parse(request.body)

    def act() -> tuple[int, Schema]:
        made = drafts.create_draft(
            content=parsed.content, by=person_of(request), at=clock.now(), origin="api", residue=parsed.residue,
            source_format=parsed.format, sandbox=in_sandbox(request),
        )  # fmt: skip
        return 201, schemas.DraftOut(id=str(made), state=State.DRAFT, revision=0)

    return once(request, act)


@router.get(
    "/declarations", response={200: schemas.PageOut, **REFUSALS},
    summary=_("The declarations that the client may see, newest first"),
)  # fmt: skip
def list_declarations(request: HttpRequest, asked: Query[ListQuery]) -> Any:
    states = (asked.state,) if asked.state else ()
    wanted = declarations.Filter(states=states, text=asked.text, sandbox=in_sandbox(request))
    try:
        page = declarations.page(person=person_of(request), wanted=wanted, after=asked.after)
    except ValueError:
        return problem(request, 422, "cursor_unknown")
    return schemas.PageOut(rows=[showing.summary(row) for row in page.rows], next=page.next)


@router.get(
    "/declarations/{declaration}", response={200: schemas.DeclarationOut, **REFUSALS},
    summary=_("One declaration with its content, payments, questions and timeline"),
)  # fmt: skip
def get_declaration(request: HttpRequest, declaration: uuid.UUID) -> Any:
    seen = seen_by(request, declaration)
    stored = tariff.latest(declaration=declaration)
    return showing.declaration(
        seen,
        result=stored.result if stored else None,
        owed=payments.charge_of(declaration=declaration),
        questions=declarations.queries(declaration=declaration),
        timeline=declarations.timeline(declaration=declaration, sealed=seen.sealed),
    )


@router.put(
    "/declarations/{declaration}/content", response={200: schemas.DraftOut, **REFUSALS}, openapi_extra=FILE,
    summary=_("Replace the content of a draft that was read at `revision`"),
)  # fmt: skip
def save(request: HttpRequest, declaration: uuid.UUID, revision: int) -> HttpResponse:
    content = json_files.parse(request.body).content

    def act() -> tuple[int, Schema]:
        state = seen_by(request, declaration).state
        kept = drafts.save_draft(
            declaration=declaration, content=content, revision=revision, by=person_of(request), at=clock.now()
        )
        return 200, schemas.DraftOut(id=str(declaration), state=state, revision=kept)

    return once(request, act)


@router.post(
    "/check", response={200: schemas.CheckOut, **REFUSALS}, openapi_extra=FILE,
    summary=_("All findings and payments of content; nothing is stored"),
)  # fmt: skip
def check(request: HttpRequest) -> Any:
    checked = clearance.check(content=formats.parse(request.body).content, at=clock.now())
    found = showing.findings(checked.findings, language_of(request), checked.assessment)
    amounts = showing.assessment(checked.assessment)
    return schemas.CheckOut(blocking=checked.blocking, findings=found, assessment=amounts)


@router.post(
    "/declarations/{declaration}/prepare", response={200: schemas.StatementOut, **REFUSALS},
    summary=_("Freeze the draft and give the statement to agree to"),
)  # fmt: skip
def prepare(request: HttpRequest, declaration: uuid.UUID, said: schemas.PrepareIn | None = None) -> HttpResponse:
    def act() -> tuple[int, Schema]:
        guard(request, declaration)
        made = clearance.prepare(
            declaration=declaration, by=person_of(request), at=clock.now(), reasons=said.reasons if said else None
        )
        return 200, schemas.StatementOut(version=made.version, statement=made.text, hash=made.hash)

    return once(request, act)


@router.post(
    "/declarations/{declaration}/submit", response={200: schemas.LodgedOut, 422: schemas.LodgedOut | schemas.Problem},
    summary=_("Lodge the version whose statement hash is given"),
)  # fmt: skip
def submit(request: HttpRequest, declaration: uuid.UUID, said: schemas.SubmitIn) -> HttpResponse:
    def act() -> tuple[int, Schema]:
        guard(request, declaration)
        lodged = clearance.submit(
            declaration=declaration, statement_hash=said.hash, by=person_of(request), at=clock.now()
        )
        return 200 if lodged.accepted else 422, showing.lodged(lodged, language_of(request))

    return once(request, act)


@router.post(
    "/declarations/{declaration}/prelodge", response={200: schemas.LodgedOut, 422: schemas.LodgedOut | schemas.Problem},
    summary=_("Lodge before the goods arrive: no serial and no charge until they are presented"),
)  # fmt: skip
def prelodge(request: HttpRequest, declaration: uuid.UUID, said: schemas.SubmitIn) -> HttpResponse:
    def act() -> tuple[int, Schema]:
        guard(request, declaration)
        lodged = clearance.prelodge(
            declaration=declaration, statement_hash=said.hash, by=person_of(request), at=clock.now()
        )
        return 200 if lodged.accepted else 422, showing.lodged(lodged, language_of(request))

    return once(request, act)


@router.post(
    "/declarations/{declaration}/present", response={200: schemas.LodgedOut, 422: schemas.LodgedOut | schemas.Problem},
    summary=_("Say that the goods of a declaration lodged before arrival are here"),
)  # fmt: skip
def present(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    def act() -> tuple[int, Schema]:
        guard(request, declaration)
        lodged = clearance.present(declaration=declaration, by=person_of(request), at=clock.now())
        return 200 if lodged.accepted else 422, showing.lodged(lodged, language_of(request))

    return once(request, act)


@router.post(
    "/declarations/{declaration}/withdraw", response={200: schemas.StateOut, **REFUSALS},
    summary=_("Take a declaration lodged before arrival back into a draft"),
)  # fmt: skip
def withdraw(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    def act() -> tuple[int, Schema]:
        guard(request, declaration)
        clearance.withdraw(declaration=declaration, by=person_of(request), at=clock.now())
        return state_after(request, declaration)

    return once(request, act)


@router.post(
    "/declarations/{declaration}/pay", response={200: schemas.ReceiptOut, **REFUSALS},
    summary=_("Pay what is left from the prepayment account"),
)  # fmt: skip
def pay(request: HttpRequest, declaration: uuid.UUID) -> HttpResponse:
    def act() -> tuple[int, Schema]:
        guard(request, declaration)
        receipt = clearance.pay_from_account(declaration=declaration, by=person_of(request), at=clock.now())
        return 200, schemas.ReceiptOut(receipt=receipt.number, amount=str(receipt.amount))

    return once(request, act)


@router.post(
    "/declarations/{declaration}/answer", response={200: schemas.StateOut, **REFUSALS},
    summary=_("Answer the open question of an officer"),
)  # fmt: skip
def answer(request: HttpRequest, declaration: uuid.UUID, said: schemas.AnswerIn) -> HttpResponse:
    def act() -> tuple[int, Schema]:
        guard(request, declaration)
        clearance.answer(
            declaration=declaration, text=said.answer, by=person_of(request), at=clock.now(), files=said.files
        )
        return state_after(request, declaration)

    return once(request, act)


@router.post(
    "/declarations/{declaration}/amendments", response={201: schemas.StateOut, **REFUSALS},
    summary=_("Propose a changed version of a registered declaration; an officer decides"),
)  # fmt: skip
def amend(request: HttpRequest, declaration: uuid.UUID, said: schemas.AmendIn) -> HttpResponse:
    content: Content = json_files.checked(said.content)

    def act() -> tuple[int, Schema]:
        guard(request, declaration)
        clearance.propose_amendment(
            declaration=declaration,
            content=content,
            reason=said.reason,
            by=person_of(request),
            at=clock.now(),
            reasons=said.reasons,
            files=said.files,
        )
        return 201, state_after(request, declaration)[1]

    return once(request, act)


@router.post(
    "/declarations/{declaration}/cancellation", response={200: schemas.StateOut, **REFUSALS},
    summary=_("Ask to cancel a registered declaration; an officer decides"),
)  # fmt: skip
def cancel(request: HttpRequest, declaration: uuid.UUID, said: schemas.CancelIn) -> HttpResponse:
    def act() -> tuple[int, Schema]:
        guard(request, declaration)
        clearance.request_cancellation(
            declaration=declaration, reason=said.reason, by=person_of(request), at=clock.now(), files=said.files
        )
        return state_after(request, declaration)

    return once(request, act)
