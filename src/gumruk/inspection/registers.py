"""The register of inspections: reports that were closed in a time, in order, a page at a time.

Used by: the pages and prints of registers.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet

from gumruk.inspection.models import Report
from gumruk.inspection.selectors import view_of
from gumruk.inspection.types import ReportView


def _inside(since: datetime, until: datetime, offices: Collection[str] | None, apart: str) -> QuerySet[Report]:
    rows = Report.objects.filter(closed_at__gte=since, closed_at__lt=until)
    if offices is None:
        return rows.exclude(office=apart) if apart else rows
    return rows.filter(office=next(iter(offices))) if len(offices) == 1 else rows.filter(office__in=sorted(offices))


def entries(
    *,
    since: datetime,
    until: datetime,
    offices: Collection[str] | None,
    after: tuple[datetime, uuid.UUID] | None,
    size: int,
    apart: str = "",
) -> list[ReportView]:
    """Up to `size` closed reports in order of closing, those behind `after`; one query. `offices` None: all but `apart`."""
    rows = _inside(since, until, offices, apart)
    if after is not None:
        moment, last = after
        rows = rows.filter(closed_at__gte=moment).filter(Q(closed_at__gt=moment) | Q(closed_at=moment, id__gt=last))
    return [view_of(row) for row in rows.order_by("closed_at", "id")[:size]]


def count(*, since: datetime, until: datetime, offices: Collection[str] | None, apart: str = "") -> int:
    """How many reports were closed; one query."""
    return _inside(since, until, offices, apart).count()
