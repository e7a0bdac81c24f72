"""Four eyes: acts that one official proposes and another confirms, where a dated setting of the service asks for it.

Each act has its setting, the parameter `second_person_ACT`; one that has no value asks for nothing. Play declarations of
API clients are left out: there is one person only.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from gumruk.clearance.models import ProposedAct
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import moves
from gumruk.declarations.moves import Declaration
from gumruk.declarations.types import State
from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit.clock import law_day
from gumruk.trust.types import Person, Role

CANCEL_PAID, REROUTE_GREEN = "cancel_paid", "reroute_green"


def is_asked(row: Declaration, act: str, *, at: datetime) -> bool:
    """Whether the setting of the day wants a second person for `act`."""
    entry = lawbook.on(law_day(at)).parameter(f"second_person_{act}")
    return not row.sandbox and entry is not None and str(entry.value) == "yes"


def propose(row: Declaration, act: str, *, said: dict[str, Any], reason: str, by: Person, at: datetime) -> None:
    """Keep an act for a second person; nothing else changes. Raises ClearanceRefused `already_proposed`."""
    if ProposedAct.objects.filter(root=row.id, act=act, outcome=ProposedAct.Outcome.WAITING).exists():
        raise ClearanceRefused("already_proposed")
    ProposedAct.objects.create(
        root=row.id, office=row.office, month=row.month, registration=row.registration, act=act, said=said,
        reason=reason[:1000], by=by.id, by_name=by.signed(row.office), at=at,
    )  # fmt: skip
    moves.move(row, State(row.state), "act_proposed", by=by, at=at, reason=reason, details={"act": act, **said})


def overtaken(row: Declaration, *, at: datetime, acts: tuple[str, ...] = (CANCEL_PAID, REROUTE_GREEN)) -> None:
    """What waits for a second person has no point any more: the declaration went on."""
    waiting = ProposedAct.objects.filter(root=row.id, act__in=acts, outcome=ProposedAct.Outcome.WAITING)
    waiting.update(outcome=ProposedAct.Outcome.OVERTAKEN, decided_at=at)


@contextmanager
def deciding(proposal: uuid.UUID, by: Person) -> Iterator[tuple[Declaration, ProposedAct]]:
    """The declaration and the proposal, both locked. Raises ClearanceRefused `nothing_waits`, `no_right`."""
    found = ProposedAct.objects.filter(id=proposal).values_list("root", flat=True).first()
    if found is None:
        raise ClearanceRefused("nothing_waits")
    with moves.changing(found) as row:
        waiting = ProposedAct.objects.select_for_update().get(id=proposal)
        if not (by.may(Role.OFFICER, row.office) or by.may(Role.SUPERVISOR, row.office)):
            raise ClearanceRefused("no_right", role=Role.OFFICER.value, office=row.office)
        if waiting.outcome != ProposedAct.Outcome.WAITING:
            raise ClearanceRefused("nothing_waits")
        yield row, waiting
        waiting.save()


def decided(waiting: ProposedAct, outcome: str, *, answer: str, by: Person, at: datetime) -> None:
    """Write who decided what; saved at the end of `deciding`."""
    waiting.outcome, waiting.answer = outcome, answer[:1000]
    waiting.decided_by, waiting.decided_by_name, waiting.decided_at = by.id, by.signed(waiting.office), at
