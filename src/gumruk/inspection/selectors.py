"""Reads of inspection reports."""

from __future__ import annotations

import uuid

from gumruk.inspection.contents import from_json
from gumruk.inspection.models import Report
from gumruk.inspection.types import InspectionRefused, Kind, ReportView, Status

OPEN = (Status.ASSIGNED.value, Status.DRAFT.value)


def view_of(row: Report) -> ReportView:
    """A row as others see it."""
    return ReportView(
        row.id, row.root, row.office, row.number, row.version, Kind(row.kind), Status(row.status),
        from_json(row.content), row.revision, row.assigned_to, row.assigned_name, row.assigned_by, row.assigned_note,
        row.made_by_name, row.made_at, row.changed_at, row.closed_by_name, row.closed_at, row.conform, row.hash, row.reason,
    )  # fmt: skip


def of_declaration(*, declaration: uuid.UUID, sealed: bool = False) -> tuple[ReportView, ...]:
    """Every report of a declaration, the newest first; one query. `sealed` leaves out what is still being written."""
    rows = Report.objects.filter(root=declaration).order_by("-number", "-version")
    if sealed:
        rows = rows.exclude(status__in=OPEN)
    return tuple(view_of(row) for row in rows)


def report(*, report: uuid.UUID, declaration: uuid.UUID) -> ReportView:
    """One report of a declaration; one query. Raises InspectionRefused `report_unknown`."""
    row = Report.objects.filter(id=report, root=declaration).first()
    if row is None:
        raise InspectionRefused("report_unknown", report=str(report))
    return view_of(row)


def stands(*, report: uuid.UUID) -> bool:
    """Whether a closed report is the newest version of itself; one query."""
    return Report.objects.filter(id=report, status=Status.CLOSED).exists()


def assigned(*, officer: uuid.UUID, limit: int = 50) -> tuple[ReportView, ...]:
    """Controls that wait for an officer, the oldest first; one query along its index."""
    rows = Report.objects.filter(assigned_to=officer, status__in=OPEN).order_by("id")[:limit]
    return tuple(view_of(row) for row in rows)
