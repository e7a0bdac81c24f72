"""A stored assessment as others see it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date, datetime

from gumruk.rules.duty import Assessment


@dataclass(frozen=True, slots=True)
class StoredAssessment:
    """One assessment: its serial, the three keys of replay, and what was computed."""

    id: uuid.UUID
    number: str
    version: int
    day: date
    change_set: int
    ruleset: str
    at: datetime
    result: Assessment


@dataclass(frozen=True, slots=True)
class Replay:
    """A stored assessment beside what the engine computes now. `same` is byte equality."""

    stored: Assessment
    now: Assessment
    same: bool
    same_rules: bool
