"""What the API says and hears, typed: the source of its OpenAPI description. Amounts, masses and rates are text."""

from __future__ import annotations

import uuid
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

    type: str = Field(description="stable address of the kind of refusal")
    title: str = Field(description="the code in words")
    status: int = Field(description="the HTTP status")
    detail: str = Field(description="what was refused and what to do, in the language asked for")
    instance: str = Field(description="the address that was called")
    code: str = Field(description="stable code of the refusal")
    values: dict[str, Any] = Field(description="values that the sentence was filled with")


class FindingOut(Schema):
    """One fault: the rule, the box and path, what stands there, what should, on what ground, and a sentence."""

    code: str = Field(description="code of the rule")
    severity: str = Field(description="error stops lodging; warning wants a reason; notice informs")
    path: str = Field(description="place in the content, such as items/2/net_mass")
    box: str = Field(description="box of the form")
    found: str = Field(description="what stands there")
    expected: str = Field(description="what should stand there; empty when no single value is right")
    cites: str = Field(description="act and article")
    message: str = Field(description="sentence in the language asked for: what is wrong, where, what to do")
    reason_key: str = Field(description="file a reason for a warning under this key")


class RejectedOut(Schema):
    """A measure that was considered and not applied."""

    measure: str = Field(description="code of the measure in the law data")
    reason: str = Field(description="why it was not applied")


class PaymentLineOut(Schema):
    """One computed amount of an item (0: of the declaration as a whole), with its working."""

    item: int = Field(description="number of the item; 0: the declaration as a whole")
    kind: str = Field(description="kind of payment")
    base: str = Field(description="what the rate was applied to")
    rate: str = Field(description="the rate in words")
    amount: str = Field(description="amount in the currency of the result")
    payable: bool = Field(description="false: to be guaranteed, not paid")
    working: str = Field(description="how the amount came about, step by step")
    cites: list[str] = Field(description="act and article")
    measure: str = Field(description="code of the measure in the law data")
    rejected: list[RejectedOut] = Field(description="measures considered and not applied")


class AssessmentOut(Schema):
    """All payments under the law of `day`, with the keys that replay needs."""

    day: str = Field(description="the day whose law was applied")
    change_set: int = Field(description="number of the state of the law")
    ruleset: str = Field(description="hash of the rules")
    value: str = Field(description="customs value of the declaration")
    lines: list[PaymentLineOut] = Field(description="every computed amount")
    total: str = Field(description="sum of what is to be paid")
    guaranteed: str = Field(description="sum of what is to be guaranteed")
    currency: str = Field(description="currency of all amounts")


class SummaryOut(Schema):
    """One declaration as a line of a list."""

    id: str = Field(description="id of the declaration")
    office: str = Field(description="code of the customs office")
    state: State = Field(description="where the declaration stands")
    lane: Lane | None = Field(description="control lane; null before it is known")
    registration: str = Field(description="registration number; empty before registration")
    reference: str = Field(description="the declarant's own reference")
    consignee: str = Field(description="name of the consignee")
    due: str | None = Field(description="what is owed; null before assessment")
    changed_at: str = Field(description="moment of the last change")


class PageOut(Schema):
    """A page of a list. `next` is the cursor for `after`; empty at the end."""

    rows: list[SummaryOut] = Field(description="the declarations of this page")
    next: str = Field(description="cursor for `after`; empty at the end")


class ChargeOut(Schema):
    """What a declaration owes."""

    reference: str = Field(description="number to name when paying")
    due: str = Field(description="what is owed")
    paid: str = Field(description="what was paid")
    left: str = Field(description="what is still to be paid")


class EventOut(Schema):
    """One thing that happened."""

    name: str = Field(description="what happened")
    at: str = Field(description="moment")
    before: str = Field(description="state before")
    after: str = Field(description="state after")
    reason: str = Field(description="reason that was given")


class QuestionOut(Schema):
    """A question of an officer and its answer."""

    kind: str = Field(description="question or demand for documents")
    question: str = Field(description="the question")
    asked_at: str = Field(description="moment of the question")
    answer: str = Field(description="the answer; empty while it is open")
    document_kinds: list[str] = Field(default=[], description="codes of the kinds of documents that are asked for")


class DeclarationOut(SummaryOut):
    """One declaration with all that the caller may know."""

    content: dict[str, Any] = Field(description="the boxes of the declaration by name")
    revision: int = Field(description="counts the changes of the draft; name it when saving")
    version: int = Field(description="number of the frozen version")
    assessment: AssessmentOut | None = Field(description="computed payments")
    charge: ChargeOut | None = Field(description="what is owed and paid; null before assessment")
    questions: list[QuestionOut] = Field(description="questions of officers and their answers")
    timeline: list[EventOut] = Field(description="what happened, oldest first")


class DraftOut(Schema):
    """A draft as it stands after a change."""

    id: str = Field(description="id of the declaration")
    state: State = Field(description="where the declaration stands")
    revision: int = Field(description="counts the changes of the draft; name it when saving")


class CheckOut(Schema):
    """What is wrong with content and what it would owe."""

    blocking: bool = Field(description="whether an error stops lodging")
    findings: list[FindingOut] = Field(description="every fault found")
    assessment: AssessmentOut = Field(description="computed payments")


class PrepareIn(Heard):
    """Reasons for warnings, by the `reason_key` of the finding."""

    reasons: dict[str, str] = Field({}, description="reason by `reason_key`")


class StatementOut(Schema):
    """The canonical text to agree to or sign, and its hash."""

    version: int = Field(description="number of the frozen version")
    statement: str = Field(description="canonical text to agree to")
    hash: str = Field(description="hash of the statement, for submit")


class SubmitIn(Heard):
    """The hash of the statement that was agreed to."""

    hash: str = Field(max_length=64, description="hash of the statement that was agreed to")


class LodgedOut(Schema):
    """The answer to an attempt to lodge. Not accepted: the draft stays, nothing else was written."""

    id: str = Field(description="id of the declaration")
    accepted: bool = Field(description="whether it was lodged")
    state: State = Field(description="where the declaration stands")
    registration: str = Field(description="registration number; empty before registration")
    findings: list[FindingOut] = Field(description="every fault found")
    unexplained: list[FindingOut] = Field(description="warnings among the findings that still want a reason")
    assessment: AssessmentOut = Field(description="computed payments")


class ReceiptOut(Schema):
    """Proof of money received."""

    receipt: str = Field(description="number of the receipt")
    amount: str = Field(description="amount in the currency of the result")


class StateOut(Schema):
    """Where a declaration stands after an act."""

    id: str = Field(description="id of the declaration")
    state: State = Field(description="where the declaration stands")


class ReasonIn(Heard):
    """Why."""

    reason: str = Field(max_length=1000, description="why")


class AnswerIn(Heard):
    """An answer to the open question."""

    answer: str = Field(max_length=4000, description="answer to the open question")
    files: list[uuid.UUID] = Field(default=[], max_length=200, description="ids of staged files that it brings")


class AmendIn(Heard):
    """The whole content as it should be, and why."""

    content: dict[str, Any] = Field(description="the boxes of the declaration by name")
    reason: str = Field(max_length=500, description="why it is amended")
    reasons: dict[str, str] = Field({}, description="why a warning may stand, by `reason_key`")
    files: list[uuid.UUID] = Field(default=[], max_length=200, description="ids of staged files that it brings")


class CancelIn(Heard):
    """Why it is to be cancelled, with files that show it."""

    reason: str = Field(max_length=1000, description="why")
    files: list[uuid.UUID] = Field(default=[], max_length=200, description="ids of staged files that it brings")


class FileOut(Schema):
    """A file of a declaration."""

    id: str = Field(description="id of the file")
    use: str = Field(description="what it was handed in with: draft, staged, answer, amendment, cancellation")
    kind: str = Field(description="kind of the document, as box 44 has it; empty when not said")
    number: str = Field(description="number of the document")
    date: str = Field(description="date of the document, ISO; empty when not said")
    name: str = Field(description="name of the file, cleaned")
    media_type: str = Field(description="what the content is, found from the content")
    size: int = Field(description="bytes")
    sha256: str = Field(description="SHA-256 of the bytes")
    cautions: list[str] = Field(description="what to know before it is opened: encrypted, script, attachment, broken")
    at: str = Field(description="moment at which it was handed in")
    withdrawn_at: str = Field(description="moment at which it was withdrawn; empty while it stands")
    version: int | None = Field(description="first version that carried it")
    query: int | None = Field(description="number of the question that it answers")


class QuestionIn(Heard):
    """A question, or a demand for documents."""

    question: str = Field(max_length=4000, description="the question")
    documents: bool = Field(default=False, description="true: documents are demanded")
    document_kinds: list[str] = Field(
        default=[], max_length=100, description="codes of the kinds of documents that are demanded"
    )


class ControlIn(Heard):
    """What control found."""

    conform: bool = Field(description="true: control found nothing amiss")
    note: str = Field(max_length=1000, description="what was found")


class LaneIn(Heard):
    """Another lane, with the reason."""

    lane: Lane = Field(description="control lane; null before it is known")
    reason: str = Field(max_length=1000, description="why another lane")


class DecisionIn(Heard):
    """Accept or refuse, with the reason."""

    accept: bool = Field(description="true: accept; false: refuse")
    reason: str = Field(max_length=1000, description="why it was decided so")


class CodeOut(Schema):
    """One row of a code list."""

    code: str = Field(description="code as it is written in a declaration")
    name: str = Field(description="name in the language asked for")


class RateOut(Schema):
    """The official rate of a currency for one day: `rate` TJS for `per` units."""

    currency: str = Field(description="the foreign currency")
    day: str = Field(description="the day of the rate")
    per: int = Field(description="units of the foreign currency")
    rate: str = Field(description="TJS for `per` units")
    source: str = Field(description="who published the rate")
    confidence: str = Field(description="how sure the source is")
