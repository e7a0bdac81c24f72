"""Writes of guided ways. Each is safe to run twice at once: one row for a person and a way."""

from __future__ import annotations

import uuid
from datetime import datetime

from gumruk.guidance.models import Walk


def begin(*, user: uuid.UUID, kind: str, at: datetime) -> None:
    """Begin a guided way, or begin it again: what was done before counts no more. Used by: the first day page."""
    _put(user, kind, begun_at=at, done_at=None, dismissed_at=None)


def finish(*, user: uuid.UUID, kind: str, at: datetime) -> None:
    """Remember that every step was done. Used by: the first day page, when it finds so."""
    Walk.objects.filter(user=user, kind=kind, done_at__isnull=True).update(done_at=at)


def dismiss(*, user: uuid.UUID, kind: str, at: datetime) -> None:
    """Put a guided way aside: it is offered no more. Used by: the first day page, the offer on the home page."""
    _put(user, kind, dismissed_at=at)


def _put(user: uuid.UUID, kind: str, **said: datetime | None) -> None:
    Walk.objects.update_or_create(user=user, kind=kind, defaults=said)
