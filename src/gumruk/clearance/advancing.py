"""The one function that looks at what is true and moves a declaration on: paid, controlled, nothing open."""

from __future__ import annotations

from datetime import datetime

from gumruk.clearance.selecting import choose_lane
from gumruk.clearance.steps import require
from gumruk.declarations import moves
from gumruk.declarations.moves import Declaration
from gumruk.declarations.types import Lane, State
from gumruk.payments import selectors as payments
from gumruk.payments.types import ChargeView

# Lanes whose goods need no look before release; blue is looked at afterwards.
FREE_LANES = (Lane.GREEN, Lane.BLUE)


def advance(row: Declaration, *, at: datetime, charge: ChargeView | None = None) -> None:
    """Move on as far as the facts allow. The row is locked by the caller; each step is an event of the system.

    `charge` is what is owed now, when the caller has just been told.
    """
    charge = charge or payments.charge_of(declaration=row.id)
    settled = charge is None or charge.settled
    while (step := _next(row, settled=settled)) is not None:
        moves.move(row, require(State(row.state), step), step, by=None, at=at)
        if step == "secure":
            choose_lane(row, at=at)


def _next(row: Declaration, *, settled: bool) -> str | None:
    state = State(row.state)
    if state is State.ASSESSED:
        return "secure" if settled else "demand_payment"
    if state is State.PAYMENT_DUE and settled:
        return "secure"
    if state in (State.RELEASABLE, State.UNDER_CONTROL, State.SECURED) and not settled:
        return "demand_payment"
    if state is State.SECURED:
        return "make_releasable" if row.lane in FREE_LANES or row.controlled else "take_under_control"
    if state is State.UNDER_CONTROL and row.lane in FREE_LANES:
        return "make_releasable"  # an officer put it into a lane that needs no look
    if state is State.RELEASABLE and row.lane not in FREE_LANES and not row.controlled:
        return "take_under_control"
    return None
