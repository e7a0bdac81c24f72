"""How long work may wait at each office, in each lane and stage: dated settings, the most particular one counts.

A setting is a parameter of the law of the day, in hours: `queue_target_release`, `queue_target_release_red`,
`queue_target_release_at_PRV-R01`, `queue_target_release_red_at_PRV-R01`. One without a value says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from gumruk.declarations.types import Cutoff, Lane, Stage
from gumruk.law.day import Law

PREFIX = "queue_target"


@dataclass(frozen=True, slots=True)
class Target:
    """One setting that has a value: for a stage, a lane (empty: any) and an office (empty: any)."""

    key: str
    stage: Stage
    lane: str
    office: str
    limit: timedelta
    confidence: str
    cites: str


@dataclass(frozen=True, slots=True)
class Targets:
    """The targets of one day, the most particular first."""

    rows: tuple[Target, ...]

    @classmethod
    def of(cls, law: Law) -> Targets:
        """The targets that the law of a day sets; read once for it."""
        if PREFIX not in law.memo:
            law.memo[PREFIX] = cls(tuple(_read(law, sorted(law.codes.get("office", frozenset())))))
        found: Targets = law.memo[PREFIX]
        return found

    def for_work(self, *, stage: str, lane: str, office: str) -> Target | None:
        """What holds for one declaration; None when no target is set."""
        return next(
            (one for one in self.rows if one.stage == stage and one.lane in ("", lane) and one.office in ("", office)),
            None,
        )

    def cutoffs(self, at: datetime) -> tuple[Cutoff, ...]:
        """What waits since before these moments is overdue at `at`."""
        return tuple(Cutoff(one.stage, one.lane, one.office, at - one.limit) for one in self.rows)


def _read(law: Law, offices: list[str]) -> Iterator[Target]:
    for at_office in (True, False):
        for in_lane in (True, False):
            for stage in Stage:
                for lane in (lane.value for lane in Lane) if in_lane else ("",):
                    for office in offices if at_office else ("",):
                        found = _target(law, stage, lane, office)
                        if found is not None:
                            yield found


def key_of(stage: str, lane: str = "", office: str = "") -> str:
    """The name of a setting."""
    return f"{PREFIX}_{stage}{f'_{lane}' if lane else ''}{f'_at_{office}' if office else ''}"


def _target(law: Law, stage: Stage, lane: str, office: str) -> Target | None:
    key = key_of(stage.value, lane, office)
    entry = law.parameter(key)
    if entry is None or entry.value is None:
        return None
    try:
        hours = Decimal(str(entry.value))
    except InvalidOperation:
        return None
    if not hours.is_finite() or not 0 < hours < 100_000:
        return None
    limit = timedelta(minutes=int(hours * 60))
    return Target(key, stage, lane, office, limit, entry.confidence.value, str(entry.cites))
