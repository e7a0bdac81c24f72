"""From draft to a registered, assessed declaration: prepare, submit, and the checks between them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gumruk.clearance import papers
from gumruk.clearance.advancing import advance
from gumruk.clearance.judging import Judgement, judge, judge_rows
from gumruk.clearance.selecting import choose_lane, selects_after_payment
from gumruk.clearance.steps import require, require_act
from gumruk.clearance.telling import tell
from gumruk.clearance.types import Checked, ClearanceRefused, Lodged, Statement, reason_key
from gumruk.declarations import moves
from gumruk.declarations.moves import Declaration, Version
from gumruk.declarations.types import State
from gumruk.payments import services as payments
from gumruk.payments.types import ChargeView
from gumruk.rules.form import Content
from gumruk.rules.types import Finding, Severity
from gumruk.tariff import services as tariff
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.serials import next_serial
from gumruk.trust.types import FirmAct, Person


def check(*, content: Content, at: datetime) -> Checked:
    """All findings and the payments of content as it stands, under the law of the day. Writes nothing."""
    judgement = judge(content, law_day(at))
    return Checked(judgement.findings, judgement.assessment, judgement.blocking)


def check_rows(*, content: Content, rows: Sequence[int], at: datetime) -> tuple[Finding, ...]:
    """What the rules of a single item say about these items alone: quick, however many others there are."""
    return judge_rows(content, rows, law_day(at))


def prepare(*, declaration: uuid.UUID, by: Person, at: datetime, reasons: Mapping[str, str] | None = None) -> Statement:
    """Freeze the draft as its next version and give the statement to sign.

    `reasons` answer the warnings, by `reason_key` of the finding: they are part of what is signed.
    Raises ClearanceRefused, DeclarationRefused.
    """
    with _own(declaration, by) as row:
        require(State(row.state), "lodge")
        if not row.draft.get("office"):
            raise ClearanceRefused("office_missing")
        owner = moves.owner_of(row, row.draft)
        if row.registration_number is not None and owner != row.office:
            raise ClearanceRefused("key_field_changed", field="office")  # the serial belongs to its office
        row.office = owner
        said = {**row.draft_reasons, **(reasons or {})}
        answers = {key: text.strip() for key, text in said.items() if text.strip()}
        files = papers.stated(row)
        version = moves.freeze(row, row.draft, by=by, at=at, reasons=answers, files=files)
        return Statement(row.id, version.number, version.statement, version.statement_hash)


def submit(*, declaration: uuid.UUID, statement_hash: str, by: Person, at: datetime) -> Lodged:
    """Lodge the version whose statement was agreed to.

    A blocking finding, or a warning without a reason, leaves the draft as it is: no serial, no charge, no event to
    others; the attempt is kept. Otherwise the declaration is registered, assessed, screened and charged in this one
    transaction. Used by: every door.
    """
    with _own(declaration, by) as row:
        require(State(row.state), "lodge")
        version = moves.version_to_lodge(row, statement_hash)
        papers.require_unchanged(row, version)
        judgement, unexplained = _attempt(row, version, by, at)
        if not judgement.blocking and not unexplained:
            _register(row, version, judgement, by, at)
        return _answer(row, judgement, unexplained)


def prelodge(*, declaration: uuid.UUID, statement_hash: str, by: Person, at: datetime) -> Lodged:
    """Lodge before the goods arrive: judged and frozen, without serial and charge until they are presented.

    Source: prior lodging, Revised Kyoto Convention, General Annex, standard 3.25.
    """
    with _own(declaration, by) as row:
        target = require(State(row.state), "prelodge")
        version = moves.version_to_lodge(row, statement_hash)
        papers.require_unchanged(row, version)
        judgement, unexplained = _attempt(row, version, by, at)
        if not judgement.blocking and not unexplained:
            moves.make_standing(row, version)
            papers.seal(row, version)
            row.template_name = ""
            moves.move(row, target, "prelodged", by=by, at=at, details={"version": version.number})
            tell(row, "prelodged", at=at)
        return _answer(row, judgement, unexplained)


def present(*, declaration: uuid.UUID, by: Person, at: datetime) -> Lodged:
    """Say that the goods of a declaration lodged before arrival are here: it is judged by the law of this day and registered."""
    with _own(declaration, by) as row:
        require(State(row.state), "present")
        version = moves.version_of(row, row.version)
        judgement, unexplained = _attempt(row, version, by, at)
        if not judgement.blocking and not unexplained:
            _register(row, version, judgement, by, at)
        return _answer(row, judgement, unexplained)


def withdraw(*, declaration: uuid.UUID, by: Person, at: datetime) -> None:
    """Take a declaration lodged before arrival back into a draft, to change it."""
    with _own(declaration, by) as row:
        moves.move(row, require(State(row.state), "withdraw"), "withdrawn", by=by, at=at)


def lodge(*, declaration: uuid.UUID, by: Person, at: datetime, reasons: Mapping[str, str] | None = None) -> Lodged:
    """Prepare and submit in one step, for doors where the statement was agreed to by the same act."""
    with transaction.atomic():
        statement = prepare(declaration=declaration, by=by, at=at, reasons=reasons)
        return submit(declaration=declaration, statement_hash=statement.hash, by=by, at=at)


@contextmanager
def _own(declaration: uuid.UUID, by: Person) -> Iterator[Declaration]:
    with moves.changing(declaration) as row:
        require_act(row.declarant_tin, by, FirmAct.LODGE, declaration)
        yield row


def _attempt(row: Declaration, version: Version, by: Person, at: datetime) -> tuple[Judgement, tuple[Finding, ...]]:
    """Judge a version and keep the attempt; also the warnings that have no reason yet."""
    judgement = judge(moves.content_of(version), law_day(at), declaration=row.id, hold=True)
    unexplained = unanswered(judgement.findings, moves.reasons_of(version))
    moves.record_attempt(
        row,
        version.number,
        findings=judgement.findings,
        not_evaluated=judgement.not_evaluated,
        passed=not judgement.blocking and not unexplained,
        legal_date=judgement.law.day,
        change_set=judgement.law.change_set,
        ruleset=judgement.law.ruleset,
        by=by,
        at=at,
    )
    return judgement, unexplained


def unanswered(findings: Iterable[Finding], reasons: Mapping[str, str]) -> tuple[Finding, ...]:
    """The warnings that have no reason yet."""
    warnings = (finding for finding in findings if finding.severity is Severity.WARNING)
    return tuple(finding for finding in warnings if reason_key(finding) not in reasons)


def _answer(row: Declaration, judgement: Judgement, unexplained: tuple[Finding, ...]) -> Lodged:
    accepted = not judgement.blocking and not unexplained
    return Lodged(
        row.id, accepted, State(row.state), row.registration, judgement.findings, unexplained, judgement.assessment
    )


def _register(row: Declaration, version: Version, judgement: Judgement, by: Person, at: datetime) -> None:
    """Give the serial and everything that follows from it."""
    year = law_day(at).year
    if row.registration_number is None:
        row.registration_number = next_serial(kind="registration", office=row.office, year=year)
        row.registration_year = year
        row.registration = f"{row.office}/{law_day(at):%d%m%y}/{row.registration_number:07d}"
        row.registered_at = at
    moves.make_standing(row, version)
    papers.seal(row, version)
    row.template_name = ""  # what is lodged is no template any more
    details = {"registration": row.registration, "version": version.number, "sha256": version.hash}
    act = "present" if row.state == State.PRELODGED else "lodge"
    moves.move(row, require(State(row.state), act), "registered", by=by, at=at, details=details)
    tell(row, "registered", at=at, registration=row.registration)
    advance(row, at=at, charge=assess_and_charge(row, version.number, judgement, by=by, at=at))


def assess_and_charge(row: Declaration, version: int, judgement: Judgement, *, by: Person, at: datetime) -> ChargeView:
    """Store the assessment, choose the lane when none stands, and post what changed to the ledger."""
    result, assessed_before = judgement.assessment, row.due is not None
    stored = tariff.store(
        declaration=row.id, office=row.office, month=row.month, version=version, result=result, by=by.id, at=at
    )
    # What is tried out takes nothing from a quota; what was assessed before may hold some to give back.
    if not row.sandbox and (result.quotas or assessed_before):
        tariff.reserve_quotas(
            declaration=row.id,
            office=row.office,
            month=row.month,
            quotas=judgement.law.quotas(use.quota for use in result.quotas),
            result=result,
            assessment=stored.id,
            by=by.id,
            at=at,
        )
    moves.set_amounts(row, value=result.value, due=result.total)
    details = {"assessment": stored.number, "total": str(result.total), "change_set": result.change_set}
    state = State(row.state)
    target = require(state, "assess") if state is State.REGISTERED else state
    moves.move(row, target, "assessed", by=None, at=at, details=details)
    if not selects_after_payment(judgement.law):
        choose_lane(row, at=at)
    amounts: dict[str, Decimal] = dict(result.totals)
    return payments.raise_charges(
        declaration=row.id,
        office=row.office,
        payer=moves.payer_of(row),
        reference=row.registration,
        amounts=amounts,
        assessment=stored.id,
        at=at,
        by=by.id,
    )
