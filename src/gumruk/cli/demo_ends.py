"""Demonstration declarations that come to their end: released, opened again by audit, gone out of the territory."""

from __future__ import annotations

from gumruk.clearance import services as clearance
from gumruk.cli.demo_life import Life, paid, under_control
from gumruk.cli.demo_talk import answered
from gumruk.declarations.types import Lane


def released(life: Life) -> None:
    paid(life)
    clearance.release(declaration=life.declaration, by=life.head, at=life.later(20))


def released_after_control(life: Life) -> None:
    under_control(life)
    clearance.record_control(declaration=life.declaration, conform=True, note="Demo", by=life.head, at=life.later(160))
    clearance.release(declaration=life.declaration, by=life.head, at=life.later(20))


def released_after_an_answer(life: Life) -> None:
    answered(life)
    clearance.release(declaration=life.declaration, by=life.head, at=life.later(30))


def blue(life: Life) -> None:
    paid(life, Lane.BLUE)
    clearance.release(declaration=life.declaration, by=life.head, at=life.later(20))


def audited(life: Life) -> None:
    blue(life)
    clearance.open_audit(declaration=life.declaration, reason="Демо: роҳрави кабуд", by=life.head, at=life.later(4000))


def exited(life: Life) -> None:
    released(life)
    clearance.record_exit(declaration=life.declaration, note="Демо: ворота 1", by=life.head, at=life.later(300))
