"""Writes of the inbox."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from gumruk.notices.models import Notice
from gumruk.toolkit.rows import month_of


def tell(
    *,
    party: str,
    name: str,
    root: uuid.UUID,
    office: str,
    subject: str,
    event: uuid.UUID,
    happened_at: datetime,
    at: datetime,
) -> uuid.UUID | None:
    """Put a notice into a firm's inbox. Used by: the listeners of clearance. An event is told once to a firm.

    Returns the notice, or None when the firm was told before.
    """
    row = Notice(
        root=root, office=office, month=month_of(happened_at), party=party, name=name, subject=subject, event=event,
        happened_at=happened_at, delivered_at=at,
    )  # fmt: skip
    Notice.objects.bulk_create([row], ignore_conflicts=True)
    return row.id if Notice.objects.filter(id=row.id).exists() else None


def mark_read(*, notices: Collection[uuid.UUID], parties: Collection[str], at: datetime) -> int:
    """Remember that these were read, those that belong to one of `parties`; returns how many were new."""
    rows = Notice.objects.filter(id__in=list(notices), party__in=sorted(parties), read_at__isnull=True)
    return rows.update(read_at=at)
