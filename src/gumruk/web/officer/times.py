"""Waiting time as people read it: how long, of how long, and whether that is too long."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gumruk.declarations.targets import Targets
from gumruk.declarations.types import Summary

SOON = 75  # percent of the target from which a wait is shown as one that ends soon


@dataclass(frozen=True, slots=True)
class Wait:
    """One row's wait: in words, its target in words (empty: none is set), how much of it is used, in percent."""

    words: str
    target: str
    used: int
    confidence: str

    @property
    def late(self) -> bool:
        return bool(self.target) and self.used > 100

    @property
    def tone(self) -> str:
        return "late" if self.late else "soon" if self.target and self.used >= SOON else "calm"

    @property
    def bar(self) -> int:
        return min(self.used, 100)


HOURS_AND_MINUTES, DAYS_AND_HOURS, MINUTES = _("{hours} h {minutes} min"), _("{days} d {hours} h"), _("{minutes} min")
HOURS, DAYS = _("{hours} h"), _("{days} d")


def lasting(time: timedelta) -> str:
    """A time in short words, in the two largest units that say anything."""
    minutes = max(0, int(time.total_seconds()) // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        text = DAYS_AND_HOURS if hours else DAYS
    elif hours:
        text = HOURS_AND_MINUTES if rest else HOURS
    else:
        text = MINUTES
    return gettext(text).format(days=days, hours=hours, minutes=rest)


def wait_of(row: Summary, targets: Targets, at: datetime) -> Wait | None:
    """How long a declaration waits for an officer; None while it does not."""
    if row.waits_since is None:
        return None
    waited = max(timedelta(), at - row.waits_since)
    target = targets.for_work(stage=row.stage, lane=row.lane or "", office=row.office)
    if target is None:
        return Wait(lasting(waited), "", 0, "")
    # A wait that is over by less than a percent is over.
    used = int(waited / target.limit * 100) + (1 if waited > target.limit else 0)
    return Wait(lasting(waited), lasting(target.limit), used, target.confidence)
