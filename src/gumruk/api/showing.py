"""From what services answer to what the API says."""

from __future__ import annotations

from collections.abc import Iterable

from gumruk.api.schemas import (
    AssessmentOut,
    ChargeOut,
    DeclarationOut,
    EventOut,
    FileOut,
    FindingOut,
    LodgedOut,
    PaymentLineOut,
    QuestionOut,
    RejectedOut,
    SummaryOut,
)
from gumruk.clearance.types import Lodged, reason_key
from gumruk.declarations.types import DeclarationView, EventView, QueryView, Summary
from gumruk.documents.files.types import FileView
from gumruk.exchange.wording import sentence
from gumruk.payments.types import ChargeView
from gumruk.rules.duty import Assessment
from gumruk.rules.types import Finding


def findings(found: Iterable[Finding], language: str, assessment: Assessment) -> list[FindingOut]:
    """Findings with their sentences, worded by the rules of the assessment's day."""
    return [
        FindingOut(
            code=one.code,
            severity=one.severity.value,
            path=one.path,
            box=one.box,
            found=one.found,
            expected=one.expected,
            cites=one.cites,
            message=sentence(one, language, assessment.day),
            reason_key=reason_key(one),
        )
        for one in found
    ]


def assessment(result: Assessment) -> AssessmentOut:
    """An assessment with every payment line."""
    lines = [
        PaymentLineOut(
            item=line.item,
            kind=line.kind,
            base=str(line.base),
            rate=line.rate,
            amount=str(line.amount),
            payable=line.payable,
            working=line.text,
            cites=list(line.cites),
            measure=line.measure,
            rejected=[RejectedOut(measure=put.measure, reason=put.reason) for put in line.rejected],
        )
        for line in result.lines
    ]
    return AssessmentOut(
        day=result.day.isoformat(),
        change_set=result.change_set,
        ruleset=result.ruleset,
        value=str(result.value),
        lines=lines,
        total=str(result.total),
        guaranteed=str(result.guaranteed),
        currency=result.currency,
    )


def lodged(answer: Lodged, language: str) -> LodgedOut:
    """The answer to an attempt to lodge."""
    return LodgedOut(
        id=str(answer.declaration),
        accepted=answer.accepted,
        state=answer.state,
        registration=answer.registration,
        findings=findings(answer.findings, language, answer.assessment),
        unexplained=findings(answer.unexplained, language, answer.assessment),
        assessment=assessment(answer.assessment),
    )


def summary(row: Summary) -> SummaryOut:
    """One declaration as a line of a list."""
    return SummaryOut(
        id=str(row.id),
        office=row.office,
        state=row.state,
        lane=row.lane,
        registration=row.registration,
        reference=row.reference,
        consignee=row.consignee_name,
        due=None if row.due is None else str(row.due),
        changed_at=row.changed_at.isoformat(),
    )


def charge(row: ChargeView) -> ChargeOut:
    """What a declaration owes."""
    return ChargeOut(reference=row.reference, due=str(row.due), paid=str(row.paid), left=str(row.left))


def declaration(
    seen: DeclarationView,
    *,
    result: Assessment | None,
    owed: ChargeView | None,
    questions: Iterable[QueryView],
    timeline: Iterable[EventView],
) -> DeclarationOut:
    """One declaration with all that the caller may know."""
    return DeclarationOut(
        **summary(seen.summary).model_dump(),
        content=seen.content,
        revision=seen.revision,
        version=seen.version,
        assessment=assessment(result) if result else None,
        charge=charge(owed) if owed else None,
        questions=[
            QuestionOut(
                kind=q.kind,
                question=q.question,
                asked_at=q.asked_at.isoformat(),
                answer=q.answer,
                document_kinds=list(q.document_kinds),
            )
            for q in questions
        ],
        timeline=[
            EventOut(name=e.name, at=e.at.isoformat(), before=e.before, after=e.after, reason=e.reason)
            for e in timeline
        ],
    )


def file(one: FileView) -> FileOut:
    """One file of a declaration."""
    return FileOut(
        id=str(one.id),
        use=one.use.value,
        kind=one.paper.kind,
        number=one.paper.number,
        date=one.paper.dated.isoformat() if one.paper.dated else "",
        name=one.name,
        media_type=one.media_type,
        size=one.size,
        sha256=one.sha256,
        cautions=[caution.value for caution in one.cautions],
        at=one.at.isoformat(),
        withdrawn_at=one.withdrawn_at.isoformat() if one.withdrawn_at else "",
        version=one.version,
        query=one.query,
    )
