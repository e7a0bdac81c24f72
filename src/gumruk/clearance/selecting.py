"""When a lane is chosen: before or after payment is a dated setting of the service."""

from __future__ import annotations

from datetime import datetime

from gumruk.declarations import moves
from gumruk.declarations.moves import Declaration
from gumruk.declarations.types import State
from gumruk.law.day import Law
from gumruk.risk import services as risk


def selects_after_payment(law: Law) -> bool:
    """Whether the lane is chosen only once payment is settled, by the setting `selection_moment` of the day."""
    entry = law.parameter("selection_moment")
    return entry is not None and entry.value == "after_payment"


def choose_lane(row: Declaration, *, at: datetime) -> None:
    """Let risk choose a lane, once; an officer's re-route stands."""
    if row.lane:
        return
    screening = risk.screen(declaration=row.id, office=row.office, month=row.month, at=at)
    row.lane = screening.lane
    moves.move(row, State(row.state), "lane_chosen", by=None, at=at, details={"lane": row.lane})
