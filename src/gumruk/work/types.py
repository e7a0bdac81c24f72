"""A saved view and a hand-over as others see them, and why a change to one is refused."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

NAME_LENGTH = 60
MOST_VIEWS = 30


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter and an order of the queue under a name; `start`: the person's first page."""

    id: uuid.UUID
    name: str
    asked: str  # the query of its address
    start: bool


@dataclass(frozen=True, slots=True)
class HandOver:
    """The end of a shift: who handed which open work to whom (nobody: back to the queue), with what note."""

    id: uuid.UUID
    office: str
    giver: uuid.UUID
    giver_name: str
    receiver: uuid.UUID | None
    receiver_name: str
    note: str
    declarations: tuple[uuid.UUID, ...]
    at: datetime
    seen_at: datetime | None


class WorkRefused(Exception):
    """A change was refused. `code` names the reason, `values` fill its message; nothing moved."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values
