"""What lane selection answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Screening:
    """The lane of a declaration and why. Reasons are for officers only."""

    lane: str
    reasons: tuple[str, ...]
