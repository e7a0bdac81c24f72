"""Control of documents and goods: the report that `inspection` keeps, and what its result does to the declaration.

Every control leaves a report. `record_control` is its short form for a look that needs no more than a sentence.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from gumruk.clearance.advancing import advance
from gumruk.clearance.steps import require
from gumruk.clearance.telling import tell
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import moves
from gumruk.declarations.moves import Declaration
from gumruk.declarations.types import Lane, State
from gumruk.inspection import selectors as reports
from gumruk.inspection import services as inspection
from gumruk.inspection.types import ItemResult, Kind, ReportView, Said
from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit.clock import law_day
from gumruk.trust.types import Person, Role


@contextmanager
def _under_control(declaration: uuid.UUID, by: Person) -> Iterator[Declaration]:
    """The declaration, locked, when it is under control and the person may control it."""
    with moves.changing(declaration) as row:
        if not (by.may(Role.OFFICER, row.office) or by.may(Role.SUPERVISOR, row.office)):
            raise ClearanceRefused("no_right", role=Role.OFFICER.value, office=row.office)
        require(State(row.state), "inspect")
        yield row


def assign_control(
    *, declaration: uuid.UUID, kind: Kind, to: Person, note: str, by: Person, at: datetime
) -> ReportView:
    """Give a control to an officer. Raises ClearanceRefused `no_right`, `not_now`; InspectionRefused `no_right` for `to`."""
    with _under_control(declaration, by) as row:
        made = inspection.make(
            declaration=row.id, office=row.office, month=row.month, kind=kind, by=by, at=at, to=to, note=note
        )
        details = {"report": made.number, "kind": kind.value, "to": to.name}
        moves.move(row, State(row.state), "control_assigned", by=by, at=at, reason=note.strip(), details=details)
        return made


def begin_inspection(*, declaration: uuid.UUID, kind: Kind, by: Person, at: datetime) -> ReportView:
    """Begin a report. Raises ClearanceRefused `no_right`, `not_now`."""
    with _under_control(declaration, by) as row:
        return inspection.make(declaration=row.id, office=row.office, month=row.month, kind=kind, by=by, at=at)


def save_inspection(*, report: uuid.UUID, said: Said, revision: int, by: Person, at: datetime) -> ReportView:
    """Keep what is written so far; see `inspection.services.save`."""
    return inspection.save(report=report, said=said, revision=revision, by=by, at=at)


def correct_inspection(
    *, declaration: uuid.UUID, report: uuid.UUID, reason: str, by: Person, at: datetime
) -> ReportView:
    """Begin the next version of a closed report. Raises ClearanceRefused `no_right`, `not_now`; InspectionRefused."""
    with _under_control(declaration, by) as row:
        reports.report(report=report, declaration=row.id)
        return inspection.correct(report=report, reason=reason, by=by, at=at)


def record_inspection(*, declaration: uuid.UUID, report: uuid.UUID, by: Person, at: datetime) -> ReportView:
    """Close a report; what it found decides where the declaration stands.

    As declared: it may be released. Otherwise it is a discrepancy, until that is settled or another report finds the goods
    as declared. Raises ClearanceRefused `no_right`, `not_now`; InspectionRefused `report_incomplete` and others.
    """
    with _under_control(declaration, by) as row:
        reports.report(report=report, declaration=row.id)
        return _closed(row, report, by, at)


def record_control(*, declaration: uuid.UUID, conform: bool, note: str, by: Person, at: datetime) -> None:
    """Record in one sentence what control found, or (`conform` at a discrepancy) that it is settled.

    Raises ClearanceRefused `no_right`, `reason_missing`, `not_now`.
    """
    with _under_control(declaration, by) as row:
        if not note.strip():
            raise ClearanceRefused("reason_missing", act="inspect")
        if row.state == State.DISCREPANCY:
            if not conform:  # that it still stands is no act
                raise ClearanceRefused("not_now", act="find_discrepancy", state=row.state)
            _settle(row, note, by, at)
            return
        kind = Kind.GOODS if row.lane == Lane.RED else Kind.DOCUMENTS
        made = inspection.make(declaration=row.id, office=row.office, month=row.month, kind=kind, by=by, at=at)
        said = Said(
            place=row.office, started_at=at, ended_at=at, officers=(by.name,), declarant_present=False, text=note,
            items=(ItemResult(0, "CONFORM" if conform else "OTHER", note=note),),
        )  # fmt: skip
        inspection.save(report=made.id, said=said, revision=made.revision, by=by, at=at)
        _closed(row, made.id, by, at)


def _settle(row: Declaration, note: str, by: Person, at: datetime) -> None:
    """A discrepancy is settled: amended, paid, explained."""
    row.controlled = True
    target = require(State(row.state), "make_releasable")
    moves.move(row, target, "controlled", by=by, at=at, reason=note, details={"conform": True})
    advance(row, at=at)


def _closed(row: Declaration, report: uuid.UUID, by: Person, at: datetime) -> ReportView:
    results = lawbook.code_rows("inspection_result", law_day(at))
    closed = inspection.close(report=report, items=row.items, results=results, by=by, at=at)
    conform = bool(closed.conform)
    if not conform and row.state != State.DISCREPANCY:
        row.discrepancies += 1
    act = "make_releasable" if conform else "find_discrepancy"
    row.controlled = conform
    details = {"conform": conform, "report": closed.number, "version": closed.version, "kind": closed.kind.value}
    moves.move(
        row, require(State(row.state), act), "controlled", by=by, at=at, reason=closed.said.text, details=details
    )
    _outcome(row, closed, at)
    advance(row, at=at)  # what was found may have raised what is owed
    return closed


def _outcome(row: Declaration, closed: ReportView, at: datetime) -> None:
    """Say what an inspection found to those who learn from it.

    The seam for risk: when `risk.record_outcome` exists it is called here, in the same transaction, with the lane and these
    results; until then the event is all that leaves.
    """
    results = sorted({one.result for one in closed.said.items})
    tell(row, "inspected", at=at, report=closed.number, version=closed.version, conform=closed.conform,
         lane=row.lane, results=results)  # fmt: skip
