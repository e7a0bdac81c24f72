"""A notice as others see it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Notice:
    """What happened (`declaration.released`), to which declaration, when, and when the firm's inbox had it."""

    id: uuid.UUID
    party: str
    name: str
    root: uuid.UUID
    subject: str
    happened_at: datetime
    delivered_at: datetime
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Some notices, newest first, and the cursor of those before them."""

    rows: tuple[Notice, ...]
    next: str
