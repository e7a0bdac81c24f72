"""What ends by time: declarations lodged before arrival whose goods did not come."""

from __future__ import annotations

from datetime import datetime, timedelta

from gumruk.clearance.steps import require
from gumruk.clearance.telling import tell
from gumruk.declarations import moves
from gumruk.declarations import selectors as declarations
from gumruk.declarations.types import State
from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit.clock import law_day


def expire_prior_lodgings(at: datetime) -> int:
    """Give back as drafts what waited longer than the law of the day says; returns how many. Unknown: none expires.

    Used by: the hourly task. Safe to run twice at once: each row is locked and looked at again.
    """
    entry = lawbook.on(law_day(at)).parameter("prior_lodging_days")
    if entry is None or entry.value is None:
        return 0
    before, expired = at - timedelta(days=int(str(entry.value))), 0
    for declaration in declarations.waiting(state=State.PRELODGED, since_before=before):
        with moves.changing(declaration) as row:
            if row.state == State.PRELODGED and row.changed_at < before:
                moves.move(row, require(State.PRELODGED, "expire"), "prior_lodging_expired", by=None, at=at)
                tell(row, "prior_lodging_expired", at=at)
                expired += 1
    return expired
