"""One demonstration declaration and who acts on it, and its first steps: lodged, put into a lane, paid, under control."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from gumruk.clearance import selectors as waiting
from gumruk.clearance import services as clearance
from gumruk.declarations import selectors as declarations
from gumruk.declarations import services as drafts
from gumruk.declarations.types import Lane, State
from gumruk.rules.form import Content
from gumruk.trust.types import Person


@dataclass(slots=True)
class Life:
    """One declaration and who acts on it; `at` is its present moment, which never passes `end`."""

    declaration: uuid.UUID
    said: Content
    broker: Person
    head: Person
    deputy: Person
    at: datetime
    end: datetime
    chance: random.Random

    def later(self, minutes: int) -> datetime:
        """Let about so many minutes pass: mostly a little less, seldom much more."""
        passed = timedelta(seconds=round(60 * minutes * self.chance.lognormvariate(-0.2, 0.7)))
        self.at = min(self.at + passed, self.end)
        return self.at

    def state(self) -> State:
        return declarations.get(declaration=self.declaration, person=self.broker).state


def lodged(life: Life) -> None:
    """Lodged; the lane is drawn."""
    answer = clearance.lodge(declaration=life.declaration, by=life.broker, at=life.at)
    if not answer.accepted:
        codes = ", ".join(finding.code for finding in answer.findings)
        raise ValueError(f"the demonstration content has faults: {codes}")


def in_lane(lane: Lane, life: Life) -> None:
    """Lodged, and put into `lane` when it was not drawn."""
    lodged(life)
    summary = declarations.get(declaration=life.declaration, person=life.broker).summary
    if summary.lane is not lane:
        clearance.reroute(
            declaration=life.declaration, lane=lane, reason="Демо: намуна", by=life.head, at=life.later(4)
        )
        confirmed(life)


def confirmed(life: Life) -> None:
    """What waits for a second person is confirmed by one."""
    for one in waiting.waiting_on(declaration=life.declaration):
        clearance.confirm(proposal=one.id, by=life.deputy, at=life.later(20))


def paid(life: Life, lane: Lane = Lane.GREEN) -> None:
    in_lane(lane, life)
    if life.state() is State.PAYMENT_DUE:
        clearance.pay_from_account(declaration=life.declaration, by=life.broker, at=life.later(100))


def under_control(life: Life) -> None:
    paid(life, Lane.RED)


def looked_through(life: Life) -> None:
    paid(life, Lane.YELLOW)
    clearance.record_control(
        declaration=life.declaration, conform=True, note="Демо: ҳуҷҷатҳо дурустанд", by=life.head, at=life.later(70)
    )


def prelodged(life: Life) -> None:
    statement = clearance.prepare(declaration=life.declaration, by=life.broker, at=life.at)
    clearance.prelodge(declaration=life.declaration, statement_hash=statement.hash, by=life.broker, at=life.at)


def template(life: Life) -> None:
    drafts.name_template(declaration=life.declaration, name="Демо: намуна", by=life.broker, at=life.at)


def refused(life: Life) -> None:
    """Its lodging was tried and found faulty: it waits to be mended."""
    clearance.lodge(declaration=life.declaration, by=life.broker, at=life.at)


def rejected(life: Life) -> None:
    lodged(life)
    clearance.reject(declaration=life.declaration, reason="Демо: не тот орган", by=life.head, at=life.later(60))


def draft(_: Life) -> None:
    """Left as it was made."""
