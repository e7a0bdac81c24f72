"""Writes what others must be told, inside the caller's transaction."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import Any

from gumruk.toolkit.models import OutboxEvent


def add(name: str, *, office: str, at: datetime, root: uuid.UUID | None = None, **payload: Any) -> None:
    """Record the event `name` (past tense, `declaration.registered`) to be sent after commit. Ids only in `payload`."""
    OutboxEvent.objects.create(name=name, office=office, root=root, payload=payload, happened_at=at)
