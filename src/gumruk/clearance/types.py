"""Steps of a declaration's life, what they answer, and why they are refused."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from gumruk.declarations.types import State
from gumruk.rules.duty import Assessment
from gumruk.rules.types import Finding


@dataclass(frozen=True, slots=True)
class Statement:
    """What the declarant agrees to: the canonical text, its hash, and the version that it freezes."""

    declaration: uuid.UUID
    version: int
    text: str
    hash: str


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a declaration and what it would owe, before it is lodged."""

    findings: tuple[Finding, ...]
    assessment: Assessment
    blocking: bool


@dataclass(frozen=True, slots=True)
class Lodged:
    """The answer to an attempt to lodge. When not accepted, the draft stays and `findings` say why.

    `unexplained` are the warnings among them that want a reason of the declarant.
    """

    declaration: uuid.UUID
    accepted: bool
    state: State
    registration: str
    findings: tuple[Finding, ...]
    unexplained: tuple[Finding, ...]
    assessment: Assessment


class Acted(StrEnum):
    """What came of an act: it was done, or it waits for a second person."""

    DONE = "done"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class ProposedView:
    """An act that waits for a second person: what, on which declaration, by whom, why."""

    id: uuid.UUID
    declaration: uuid.UUID
    office: str
    registration: str
    act: str
    said: dict[str, Any]
    reason: str
    by: uuid.UUID
    by_name: str
    at: datetime


def reason_key(finding: Finding) -> str:
    """What a reason for a warning is filed under: its rule and its place."""
    return f"{finding.code}@{finding.path}"


class ClearanceRefused(Exception):
    """A step was refused. `code` names the reason, `values` fill its message; nothing moved."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(f"{code} {values}" if values else code)
        self.code = code
        self.values = values
