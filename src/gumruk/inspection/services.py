"""Writes of inspection reports: assign, begin, save while writing, close, correct. Only `clearance` calls them.

A report that is closed never changes: what was wrong in it is corrected by a next version with its reason, and both stay.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from gumruk.inspection.contents import conform, faults, from_json, hash_of, to_json, trimmed
from gumruk.inspection.models import Report, Result
from gumruk.inspection.selectors import view_of
from gumruk.inspection.types import WRITABLE, InspectionRefused, Kind, ReportView, Said, Status
from gumruk.toolkit import rows
from gumruk.trust.types import Person, Role

WRITERS = (Role.OFFICER, Role.SUPERVISOR)


@transaction.atomic
def make(
    *,
    declaration: uuid.UUID,
    office: str,
    month: date,
    kind: Kind,
    by: Person,
    at: datetime,
    to: Person | None = None,
    note: str = "",
) -> ReportView:
    """A new report: assigned to an officer, or (`to` None) begun by who makes it. Raises InspectionRefused `no_right`.

    The caller holds the lock of the declaration, so that numbers are given once.
    """
    _refuse_strangers(by, office)
    if to is not None and not any(to.may(role, office) for role in WRITERS):
        raise InspectionRefused("no_right", role=Role.OFFICER.value, office=office)
    last = Report.objects.filter(root=declaration).aggregate(last=Max("number"))["last"] or 0
    officers = () if to else (by.name,)
    row = Report.objects.create(
        root=declaration, office=office, month=month, number=last + 1, version=1, kind=kind,
        status=Status.ASSIGNED if to else Status.DRAFT, content=to_json(Said(officers=officers)),
        assigned_to=to.id if to else None, assigned_name=to.name if to else "", assigned_by=by.signed(office) if to else "",
        assigned_note=note.strip()[:500], made_by=by.id, made_by_name=by.signed(office), made_at=at, changed_at=at,
    )  # fmt: skip
    return view_of(row)


@transaction.atomic
def save(*, report: uuid.UUID, said: Said, revision: int, by: Person, at: datetime) -> ReportView:
    """Keep what is written so far.

    Raises InspectionRefused `report_unknown`, `no_right`, `report_closed`, `report_changed_meanwhile`.
    """
    row = _writable(report, by)
    if row.revision != revision:
        raise InspectionRefused("report_changed_meanwhile", report=str(report))
    row.content, row.status = to_json(trimmed(said)), Status.DRAFT
    row.revision, row.changed_at = row.revision + 1, at
    row.save(update_fields=["content", "status", "revision", "changed_at"])
    return view_of(row)


@transaction.atomic
def close(
    *, report: uuid.UUID, items: int, results: Mapping[str, Mapping[str, Any]], by: Person, at: datetime
) -> ReportView:
    """Close a report for ever, with a row for each result.

    Raises InspectionRefused `report_unknown`, `no_right`, `report_closed`, or `report_incomplete` with every fault.
    """
    row = _writable(report, by)
    said, kind = from_json(row.content), Kind(row.kind)
    found = faults(said, kind=kind, items=items, results=results)
    if found:
        raise InspectionRefused("report_incomplete", faults=found)
    if row.version > 1:
        before = Report.objects.filter(root=row.root, number=row.number, version=row.version - 1)
        before.update(status=Status.SUPERSEDED)
    row.status, row.conform, row.hash = (
        Status.CLOSED,
        conform(said, results),
        hash_of(kind, row.number, row.version, said),
    )
    row.closed_by, row.closed_by_name, row.closed_at, row.changed_at = by.id, by.signed(row.office), at, at
    row.save()
    part = {"root": row.root, "office": row.office, "month": row.month, "report": row.id}
    rows.add(*(Result(**part, item=one.item, result=one.result, found=one.found, note=one.note) for one in said.items))
    return view_of(row)


@transaction.atomic
def correct(*, report: uuid.UUID, reason: str, by: Person, at: datetime) -> ReportView:
    """Begin the next version of a closed report with what it says and the reason.

    Raises InspectionRefused `report_unknown`, `no_right`, `reason_missing`, `report_open`, `report_superseded`.
    """
    row = _locked(report, by)
    if not reason.strip():
        raise InspectionRefused("reason_missing")
    if Status(row.status) in WRITABLE:
        raise InspectionRefused("report_open", report=str(report))
    if (
        row.status == Status.SUPERSEDED
        or Report.objects.filter(root=row.root, number=row.number, version__gt=row.version).exists()
    ):
        raise InspectionRefused("report_superseded", report=str(report))
    made = Report.objects.create(
        root=row.root, office=row.office, month=row.month, number=row.number, version=row.version + 1, kind=row.kind,
        status=Status.DRAFT, content=row.content, reason=reason.strip()[:500], made_by=by.id, made_by_name=by.signed(row.office),
        made_at=at, changed_at=at,
    )  # fmt: skip
    return view_of(made)


def _refuse_strangers(by: Person, office: str) -> None:
    if not any(by.may(role, office) for role in WRITERS):
        raise InspectionRefused("no_right", role=Role.OFFICER.value, office=office)


def _locked(report: uuid.UUID, by: Person) -> Report:
    row = Report.objects.select_for_update().filter(id=report).first()
    if row is None:
        raise InspectionRefused("report_unknown", report=str(report))
    _refuse_strangers(by, row.office)
    return row


def _writable(report: uuid.UUID, by: Person) -> Report:
    row = _locked(report, by)
    if Status(row.status) not in WRITABLE:
        raise InspectionRefused("report_closed", report=str(report))
    return row
