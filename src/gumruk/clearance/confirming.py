"""The second person's part of an act that needs two: confirm, and it is done; refuse, and nothing was."""

from __future__ import annotations

import uuid
from datetime import datetime

from gumruk.clearance import acts, changing
from gumruk.clearance.models import ProposedAct
from gumruk.clearance.second_person import CANCEL_PAID, decided, deciding
from gumruk.clearance.steps import require
from gumruk.clearance.types import ClearanceRefused
from gumruk.declarations import moves
from gumruk.declarations.types import Lane, State
from gumruk.trust.types import Person


def confirm(*, proposal: uuid.UUID, by: Person, at: datetime) -> None:
    """Do what another official proposed.

    Raises ClearanceRefused `nothing_waits`, `no_right`, `same_person`, and whatever the act itself refuses.
    """
    with deciding(proposal, by) as (row, waiting):
        if waiting.by == by.id:
            raise ClearanceRefused("same_person")
        details = {"proposed_by": waiting.by_name}
        decided(waiting, ProposedAct.Outcome.CONFIRMED, answer="", by=by, at=at)
        waiting.save()  # before the act, which ends whatever still waits
        if waiting.act == CANCEL_PAID:
            target = require(State(row.state), "cancel")
            changing.cancel(row, target, reason=waiting.reason, by=by, at=at, details=details)
        else:
            target, lane = require(State(row.state), "reroute"), Lane(waiting.said["to"])
            acts.put_into_lane(row, target, lane, reason=waiting.reason, by=by, at=at, details=details)


def refuse(*, proposal: uuid.UUID, reason: str, by: Person, at: datetime) -> None:
    """Do not do it: the second person's answer, or who proposed it takes it back.

    Raises ClearanceRefused `nothing_waits`, `no_right`, `reason_missing`.
    """
    with deciding(proposal, by) as (row, waiting):
        if not reason.strip():
            raise ClearanceRefused("reason_missing")
        decided(waiting, ProposedAct.Outcome.REFUSED, answer=reason.strip(), by=by, at=at)
        moves.move(row, State(row.state), "act_refused", by=by, at=at, reason=reason, details={"act": waiting.act})
