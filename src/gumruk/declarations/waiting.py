"""The clock of officers: what waits for them, since when, and how long it waited when something ended that."""

from __future__ import annotations

from datetime import datetime

from gumruk.declarations.models import Declaration, Version
from gumruk.declarations.types import Stage, State

S = State
_STAGES = {
    S.REGISTERED: Stage.INTAKE, S.ASSESSED: Stage.INTAKE, S.SECURED: Stage.INTAKE, S.UNDER_CONTROL: Stage.CONTROL,
    S.DISCREPANCY: Stage.DISCREPANCY, S.RELEASABLE: Stage.RELEASE, S.CANCEL_REQUESTED: Stage.CANCELLATION,
}  # fmt: skip
# While one of these stands, only an officer's word on an amendment may be waited for.
_AMENDED = frozenset({*_STAGES, S.PAYMENT_DUE} - {S.CANCEL_REQUESTED})
_DECIDED = frozenset({"amendment_accepted", "amendment_refused"})
_BACK = frozenset({"answered", "cancellation_refused"})
_ANEW = frozenset({S.DRAFT, S.PRELODGED, S.REJECTED})


def stage_of(state: State, *, amending: bool = False) -> Stage | None:
    """What an officer has to do in a state; None while the declarant has it. A proposed amendment is decided first."""
    if amending and state in _AMENDED:
        return Stage.AMENDMENT
    return _STAGES.get(state)


def turn(row: Declaration, event: str, at: datetime) -> int | None:
    """Set the stage that `event` leads to; when it ends another, its seconds. Within a stage the clock goes on.

    What is lodged anew belongs to nobody.
    """
    stage = stage_of(State(row.state), amending=_amending(row, event)) or ""
    if row.state in _ANEW:
        row.officer, row.officer_name, row.taken_at = None, "", None
    if stage == row.stage:
        return None
    waited = None if row.waits_since is None else max(0, int((at - row.waits_since).total_seconds()))
    row.stage, row.waits_since = stage, at if stage else None
    return waited


def _amending(row: Declaration, event: str) -> bool:
    """Whether an amendment waits for a decision after `event`."""
    if event in _DECIDED:
        return False
    if event == "amendment_proposed" or row.stage == Stage.AMENDMENT:
        return True
    return event in _BACK and Version.objects.filter(root=row.id, status=Version.Status.PROPOSED).exists()
