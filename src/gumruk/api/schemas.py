"""What the API says and hears, typed: the source of its OpenAPI description. Amounts, masses and rates are text."""

from __future__ import annotations

from typing import Any, Self

from ninja import Field, Schema
from pydantic import model_validator

from gumruk.declarations.types import Lane, State
from gumruk.toolkit.text import is_plain


class Heard(Schema):
    """What a client sends: no text in it holds what no database and no page can."""

    @model_validator(mode="after")
    def _plain(self) -> Self:
        if not is_plain(self.model_dump()):
            raise ValueError("text holds a NUL or half a character")
        return self


class Problem(Schema):
    """A refusal (RFC 9457). `code` is stable; `detail` is a sentence in the language asked for."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
    code: str
    values: dict[str, Any]


class FindingOut(Schema):
    """One fault: the rule, the box and path, what stands there, what should, on what ground, and a sentence."""

    code: str
    severity: str = Field(description="error stops lodging; warning wants a reason; notice informs")
    path: str
    box: str
    found: str
    expected: str
    cites: str
    message: str
    reason_key: str = Field(description="file a reason for a warning under this key")


class RejectedOut(Schema):
    """A measure that was considered and not applied."""

    measure: str
    reason: str


class PaymentLineOut(Schema):
    """One computed amount of an item (0: of the declaration as a whole), with its working."""

    item: int
    kind: str
    base: str
    rate: str
    amount: str
    payable: bool
    working: str
    cites: list[str]
    measure: str
    rejected: list[RejectedOut]


class AssessmentOut(Schema):
    """All payments under the law of `day`, with the keys that replay needs."""

    day: str
    change_set: int
    ruleset: str
    value: str
    lines: list[PaymentLineOut]
    total: str
    guaranteed: str
    currency: str


class SummaryOut(Schema):
    """One declaration as a line of a list."""

    id: str
    office: str
    state: State
    lane: Lane | None
    registration: str
    reference: str
    consignee: str
    due: str | None
    changed_at: str


class PageOut(Schema):
    """A page of a list. `next` is the cursor for `after`; empty at the end."""

    rows: list[SummaryOut]
    next: str


class ChargeOut(Schema):
    """What a declaration owes."""

    reference: str
    due: str
    paid: str
    left: str


class EventOut(Schema):
    """One thing that happened."""

    name: str
    at: str
    before: str
    after: str
    reason: str


class QuestionOut(Schema):
    """A question of an officer and its answer."""

    kind: str
    question: str
    asked_at: str
    answer: str


class DeclarationOut(SummaryOut):
    """One declaration with all that the caller may know."""

    content: dict[str, Any]
    revision: int
    version: int
    assessment: AssessmentOut | None
    charge: ChargeOut | None
    questions: list[QuestionOut]
    timeline: list[EventOut]


class DraftOut(Schema):
    """A draft as it stands after a change."""

    id: str
    state: State
    revision: int


class CheckOut(Schema):
    """What is wrong with content and what it would owe."""

    blocking: bool
    findings: list[FindingOut]
    assessment: AssessmentOut


class PrepareIn(Heard):
    """Reasons for warnings, by the `reason_key` of the finding."""

    reasons: dict[str, str] = {}


class StatementOut(Schema):
    """The canonical text to agree to or sign, and its hash."""

    version: int
    statement: str
    hash: str


class SubmitIn(Heard):
    """The hash of the statement that was agreed to."""

    hash: str = Field(max_length=64)


class LodgedOut(Schema):
    """The answer to an attempt to lodge. Not accepted: the draft stays, nothing else was written."""

    id: str
    accepted: bool
    state: State
    registration: str
    findings: list[FindingOut]
    unexplained: list[FindingOut]
    assessment: AssessmentOut


class ReceiptOut(Schema):
    """Proof of money received."""

    receipt: str
    amount: str


class StateOut(Schema):
    """Where a declaration stands after an act."""

    id: str
    state: State


class ReasonIn(Heard):
    """Why."""

    reason: str = Field(max_length=1000)


class AnswerIn(Heard):
    """An answer to the open question."""

    answer: str = Field(max_length=4000)


class AmendIn(Heard):
    """The whole content as it should be, and why."""

    content: dict[str, Any]
    reason: str = Field(max_length=500)


class QuestionIn(Heard):
    """A question, or a demand for documents."""

    question: str = Field(max_length=4000)
    documents: bool = False


class ControlIn(Heard):
    """What control found."""

    conform: bool
    note: str = Field(max_length=1000)


class LaneIn(Heard):
    """Another lane, with the reason."""

    lane: Lane
    reason: str = Field(max_length=1000)


class DecisionIn(Heard):
    """Accept or refuse, with the reason."""

    accept: bool
    reason: str = Field(max_length=1000)


class CodeOut(Schema):
    """One row of a code list."""

    code: str
    name: str


class RateOut(Schema):
    """The official rate of a currency for one day: `rate` TJS for `per` units."""

    currency: str
    day: str
    per: int
    rate: str
    source: str
    confidence: str
