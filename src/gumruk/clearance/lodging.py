"""From draft to a registered, assessed declaration: prepare, submit, and the checks between them."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from gumruk.clearance.advancing import advance
from gumruk.clearance.judging import Judgement, judge
from gumruk.clearance.steps import require
from gumruk.clearance.types import Checked, ClearanceRefused, Lodged, Statement
from gumruk.declarations import moves
from gumruk.declarations.moves import Declaration, Version
from gumruk.declarations.types import State
from gumruk.payments import services as payments
from gumruk.risk import services as risk
from gumruk.rules.form import Content
from gumruk.tariff import services as tariff
from gumruk.toolkit import outbox
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.serials import next_serial
from gumruk.trust.types import Person


def check(*, content: Content, at: datetime) -> Checked:
    """All findings and the payments of content as it stands, under the law of the day. Writes nothing."""
    judgement = judge(content, law_day(at))
    return Checked(judgement.findings, judgement.assessment, judgement.blocking)


@transaction.atomic
def prepare(*, declaration: uuid.UUID, by: Person, at: datetime) -> Statement:
    """Freeze the draft as its next version and give the statement to sign. Raises ClearanceRefused, DeclarationRefused."""
    row = _own(declaration, by)
    require(State(row.state), "lodge")
    if not row.draft.get("office"):
        raise ClearanceRefused("office_missing")
    row.office = row.draft["office"]
    row.save(update_fields=["office"])
    version = moves.freeze(row, row.draft, by=by, at=at)
    return Statement(row.id, version.number, version.statement, version.statement_hash)


@transaction.atomic
def submit(*, declaration: uuid.UUID, statement_hash: str, by: Person, at: datetime) -> Lodged:
    """Lodge the version whose statement was agreed to.

    A blocking finding leaves the draft as it is: no serial, no charge, no event to others; the attempt is kept.
    Otherwise the declaration is registered, assessed, screened and charged in this one transaction.
    Used by: every door.
    """
    row = _own(declaration, by)
    require(State(row.state), "lodge")
    version = moves.version_to_lodge(row, statement_hash)
    judgement = judge(moves.content_of(version), law_day(at))
    moves.record_attempt(
        row,
        version.number,
        findings=judgement.findings,
        not_evaluated=judgement.not_evaluated,
        passed=not judgement.blocking,
        legal_date=judgement.law.day,
        change_set=judgement.law.change_set,
        ruleset=judgement.law.ruleset,
        by=by,
        at=at,
    )
    if not judgement.blocking:
        _register(row, version, by, at)
        assess_and_charge(row, version.number, judgement, by=by, at=at)
        advance(row, at=at)
    return Lodged(
        row.id, not judgement.blocking, State(row.state), row.registration, judgement.findings, judgement.assessment
    )


def lodge(*, declaration: uuid.UUID, by: Person, at: datetime) -> Lodged:
    """Prepare and submit in one step, for doors where the statement was agreed to by the same act."""
    with transaction.atomic():
        statement = prepare(declaration=declaration, by=by, at=at)
        return submit(declaration=declaration, statement_hash=statement.hash, by=by, at=at)


def _own(declaration: uuid.UUID, by: Person) -> Declaration:
    row = moves.lock(declaration)
    if row.declarant_tin not in by.parties:
        raise ClearanceRefused("not_yours", declaration=str(declaration))
    return row


def _register(row: Declaration, version: Version, by: Person, at: datetime) -> None:
    year = law_day(at).year
    if row.registration_number is None:
        row.registration_number = next_serial(kind="registration", office=row.office, year=year)
        row.registration_year = year
        row.registration = f"{row.office}/{law_day(at):%d%m%y}/{row.registration_number:07d}"
        row.registered_at = at
    moves.make_standing(row, version)
    details = {"registration": row.registration, "version": version.number, "sha256": version.hash}
    moves.move(row, require(State(row.state), "lodge"), "registered", by=by, at=at, details=details)
    outbox.add("declaration.registered", office=row.office, at=at, root=row.id, registration=row.registration)


def assess_and_charge(row: Declaration, version: int, judgement: Judgement, *, by: Person, at: datetime) -> None:
    """Store the assessment, choose the lane when none stands, and post what changed to the ledger."""
    result = judgement.assessment
    stored = tariff.store(
        declaration=row.id, office=row.office, month=row.month, version=version, result=result, by=by.id, at=at
    )
    moves.set_amounts(row, value=result.value, due=result.total)
    details = {"assessment": stored.number, "total": str(result.total), "change_set": result.change_set}
    state = State(row.state)
    target = require(state, "assess") if state is State.REGISTERED else state
    moves.move(row, target, "assessed", by=None, at=at, details=details)
    if not row.lane:
        screening = risk.screen(declaration=row.id, office=row.office, month=row.month, at=at)
        row.lane = screening.lane
        moves.move(row, target, "lane_chosen", by=None, at=at, details={"lane": row.lane})
    amounts: dict[str, Decimal] = dict(result.totals)
    payments.raise_charges(
        declaration=row.id,
        office=row.office,
        payer=row.declarant_tin,
        reference=row.registration,
        amounts=amounts,
        assessment=stored.id,
        at=at,
        by=by.id,
    )


def findings_as_data(lodged: Lodged) -> list[dict[str, object]]:
    """The findings of an attempt as plain data, for doors."""
    return [asdict(finding) for finding in lodged.findings]
