"""A guided way as others see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Walk:
    """When a person began a guided way (None: not yet), finished it, put it aside."""

    kind: str
    begun_at: datetime | None
    done_at: datetime | None
    dismissed_at: datetime | None

    @property
    def offered(self) -> bool:
        """Whether the first page still speaks of it."""
        return self.done_at is None and self.dismissed_at is None
