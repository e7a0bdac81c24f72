"""Reads stored assessments."""

from __future__ import annotations

import uuid

from gumruk.rules.duty import from_json
from gumruk.tariff.models import Assessment as AssessmentRow
from gumruk.tariff.types import StoredAssessment


def _stored(row: AssessmentRow) -> StoredAssessment:
    return StoredAssessment(
        row.id, row.number, row.version, row.day, row.change_set, row.ruleset, row.at, from_json(row.result.encode())
    )


def assessments(*, declaration: uuid.UUID) -> tuple[StoredAssessment, ...]:
    """Every assessment of a declaration, newest first; one query."""
    return tuple(_stored(row) for row in AssessmentRow.objects.filter(root=declaration).order_by("-id"))


def latest(*, declaration: uuid.UUID) -> StoredAssessment | None:
    """The newest assessment; one query."""
    row = AssessmentRow.objects.filter(root=declaration).order_by("-id").first()
    return _stored(row) if row else None


def newest(*, limit: int) -> tuple[tuple[uuid.UUID, StoredAssessment], ...]:
    """The assessments stored last, each with its declaration; one query. Used to see what a change of law would do."""
    return tuple((row.root, _stored(row)) for row in AssessmentRow.objects.order_by("-id")[:limit])
