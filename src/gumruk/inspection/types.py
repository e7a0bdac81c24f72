"""What an inspection report says, how others see it, and why one is refused."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """What is looked at."""

    DOCUMENTS = "documents"
    GOODS = "goods"
    SCAN = "scan"


class Status(StrEnum):
    """ASSIGNED waits for its officer, DRAFT is being written, CLOSED stands for ever, SUPERSEDED was corrected by a newer one."""

    ASSIGNED = "assigned"
    DRAFT = "draft"
    CLOSED = "closed"
    SUPERSEDED = "superseded"


WRITABLE = frozenset({Status.ASSIGNED, Status.DRAFT})


@dataclass(frozen=True, slots=True)
class ItemResult:
    """What was found at one item: a code of the list `inspection_result`, the value that was found, a remark.

    Item 0 is the consignment as a whole.
    """

    item: int
    result: str
    found: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """Everything that a report says. Times are moments; what was not said is empty or None."""

    place: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    officers: tuple[str, ...] = ()
    declarant_present: bool | None = None
    items: tuple[ItemResult, ...] = ()
    packages_opened: str = ""
    seals_removed: tuple[str, ...] = ()
    seals_applied: tuple[str, ...] = ()
    samples: str = ""
    measures: tuple[str, ...] = ()
    text: str = ""

    def of_item(self, item: int) -> ItemResult | None:
        """What was found at an item; None when it was not looked at."""
        return next((one for one in self.items if one.item == item), None)


@dataclass(frozen=True, slots=True)
class ReportView:
    """One version of a report. `conform` is None until it is closed; `revision` counts what was saved while writing."""

    id: uuid.UUID
    root: uuid.UUID
    office: str
    number: int
    version: int
    kind: Kind
    status: Status
    said: Said
    revision: int
    assigned_to: uuid.UUID | None
    assigned_name: str
    assigned_by: str
    assigned_note: str
    made_by: str
    made_at: datetime
    changed_at: datetime
    closed_by: str
    closed_at: datetime | None
    conform: bool | None
    hash: str
    reason: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a report cannot be closed yet: a code, and the item it is about (0: the report itself)."""

    code: str
    item: int = 0


class InspectionRefused(Exception):
    """A change to a report was refused. `code` names the reason, `values` fill its message; `faults` name each gap."""

    def __init__(self, code: str, *, faults: tuple[Fault, ...] = (), **values: str) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values
        self.faults = faults
