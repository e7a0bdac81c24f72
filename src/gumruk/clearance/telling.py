"""Tells others what happened to a declaration. Nobody outside hears of sandbox declarations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from gumruk.declarations.moves import Declaration
from gumruk.toolkit import outbox


def tell(row: Declaration, name: str, *, at: datetime, **payload: Any) -> None:
    """Record the event `declaration.NAME`; of a sandbox declaration nothing is told."""
    if not row.sandbox:
        outbox.add(f"declaration.{name}", office=row.office, at=at, root=row.id, **payload)
