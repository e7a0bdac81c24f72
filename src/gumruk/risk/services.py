"""Chooses a lane. For now by a random share of the office; profiles and models come behind the same call."""

from __future__ import annotations

import secrets
import uuid
from datetime import date, datetime

from gumruk.risk.models import LaneShare
from gumruk.risk.models import Screening as ScreeningRow
from gumruk.risk.types import Screening
from gumruk.toolkit import rows
from gumruk.toolkit.clock import law_day

ALL = 10_000


def screen(*, declaration: uuid.UUID, office: str, month: date, at: datetime) -> Screening:
    """The lane of a declaration: red and yellow by draw against the office's share, else green; the draw is kept."""
    day = law_day(at)
    share = LaneShare.objects.filter(office__in=["", office], valid__contains=day).order_by("-office").first()
    draw = secrets.randbelow(ALL)
    lane, reason = "green", "no_share_set" if share is None else "not_drawn"
    if share is not None and draw < share.red:
        lane, reason = "red", "drawn_at_random"
    elif share is not None and draw < share.red + share.yellow:
        lane, reason = "yellow", "drawn_at_random"
    row = ScreeningRow(root=declaration, office=office, month=month, lane=lane, reasons=[reason], draw=draw, at=at)
    rows.add(row)
    return Screening(lane, (reason,))


def record_reroute(
    *, declaration: uuid.UUID, office: str, month: date, lane: str, reason: str, by: uuid.UUID, at: datetime
) -> None:
    """Keep an officer's change of lane with its reason."""
    ScreeningRow.objects.create(
        root=declaration, office=office, month=month, lane=lane, reasons=["rerouted", reason], by=by, at=at
    )


def set_share(*, office: str, yellow: int, red: int, since: date, reason: str) -> None:
    """Set an office's shares (of 10,000) from a day on; the share before it ends there. Empty office: everywhere."""
    standing = LaneShare.objects.filter(office=office, valid__contains=since).first()
    if standing is not None:
        standing.valid = (standing.valid.lower, since)
        standing.save()
    LaneShare.objects.create(office=office, yellow=yellow, red=red, valid=(since, None), reason=reason)
