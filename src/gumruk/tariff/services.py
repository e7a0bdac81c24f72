"""Stores assessments."""

from __future__ import annotations

import uuid
from datetime import date, datetime

from gumruk.rules.duty import Assessment, to_json
from gumruk.tariff.models import Assessment as AssessmentRow
from gumruk.tariff.types import StoredAssessment
from gumruk.toolkit import rows
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.serials import next_serial


def store(
    *,
    declaration: uuid.UUID,
    office: str,
    month: date,
    version: int,
    result: Assessment,
    by: uuid.UUID | None,
    at: datetime,
) -> StoredAssessment:
    """Keep what was computed, with a serial of the office and year. Used by clearance, inside its transaction."""
    year = law_day(at).year
    number = f"{office}/{year}/L{next_serial(kind='assessment', office=office, year=year)}"
    row = AssessmentRow(
        root=declaration,
        office=office,
        month=month,
        number=number,
        version=version,
        day=result.day,
        change_set=result.change_set,
        ruleset=result.ruleset,
        engine=result.engine,
        result=to_json(result).decode(),
        total=result.total,
        by=by,
        at=at,
    )
    rows.add(row)
    return StoredAssessment(row.id, number, version, result.day, result.change_set, result.ruleset, at, result)
