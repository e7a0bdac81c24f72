"""Reads of saved views and hand-overs."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from datetime import datetime

from gumruk.work.models import HandOver as HandOverRow
from gumruk.work.models import SavedView as ViewRow
from gumruk.work.types import MOST_VIEWS, HandOver, SavedView


def views(*, person: uuid.UUID) -> tuple[SavedView, ...]:
    """What the person saved, by name; one query."""
    rows = ViewRow.objects.filter(person=person).order_by("name")[:MOST_VIEWS]
    return tuple(SavedView(row.id, row.name, row.asked, row.start) for row in rows)


def unseen(*, receiver: uuid.UUID) -> tuple[HandOver, ...]:
    """What was handed to the person and not looked at yet, newest first; one query."""
    return tuple(_view(row) for row in HandOverRow.objects.filter(receiver=receiver, seen_at=None).order_by("-id")[:20])


def hand_overs(*, offices: Collection[str], since: datetime, limit: int = 50) -> tuple[HandOver, ...]:
    """Shifts that ended at the offices (empty: at every office) since a moment, newest first; one query."""
    rows = HandOverRow.objects.filter(at__gte=since)
    if offices:
        rows = rows.filter(office__in=sorted(offices))
    return tuple(_view(row) for row in rows.order_by("-at")[:limit])


def _view(row: HandOverRow) -> HandOver:
    return HandOver(
        row.id, row.office, row.giver, row.giver_name, row.receiver, row.receiver_name, row.note,
        tuple(uuid.UUID(one) for one in row.declarations), row.at, row.seen_at,
    )  # fmt: skip
