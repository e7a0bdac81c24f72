"""Reads screenings, for officers only."""

from __future__ import annotations

import uuid

from gumruk.risk.models import Screening as ScreeningRow
from gumruk.risk.types import Screening


def latest(*, declaration: uuid.UUID) -> Screening | None:
    """The newest screening; one query."""
    row = ScreeningRow.objects.filter(root=declaration).order_by("-id").first()
    return Screening(row.lane, tuple(row.reasons)) if row else None
