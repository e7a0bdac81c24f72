"""Figures of an office for a page: work by stage and lane with its target, and work by officer."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from gumruk.declarations import workload
from gumruk.declarations.targets import Target, Targets
from gumruk.declarations.workload import Decided, OfficerLoad, StageLoad
from gumruk.toolkit.clock import law_day
from gumruk.trust import selectors as trust
from gumruk.web.officer.times import lasting
from gumruk.web.shared.colleagues import ROLES


@dataclass(frozen=True, slots=True)
class StageLine:
    """Work of one stage and lane, at all the offices of the page together."""

    stage: str
    lane: str
    count: int
    free: int
    late: int
    oldest: str
    targets: tuple[Target, ...]

    @property
    def target(self) -> str:
        """The target in words when it is the same everywhere; empty when none is set or offices differ."""
        limits = {one.limit for one in self.targets}
        return lasting(limits.pop()) if len(limits) == 1 else ""

    @property
    def differ(self) -> bool:
        return len({one.limit for one in self.targets}) > 1

    @property
    def confidences(self) -> tuple[str, ...]:
        return tuple(sorted({one.confidence for one in self.targets}))

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(sorted({one.key for one in self.targets}))


@dataclass(frozen=True, slots=True)
class OfficerLine:
    """One officer: what is in hand, and what was decided today."""

    id: UUID
    name: str
    load: OfficerLoad | None
    decided: Decided | None


def stage_lines(rows: Iterable[StageLoad], targets: Targets, at: datetime) -> list[StageLine]:
    """Rows of several offices as one line for each stage and lane, stages in the order of work."""
    groups: dict[tuple[str, str], list[StageLoad]] = {}
    for row in rows:
        groups.setdefault((row.stage, row.lane), []).append(row)
    lines = []
    for (stage, lane), found in groups.items():
        set_targets = (targets.for_work(stage=stage, lane=lane, office=row.office) for row in found)
        lines.append(
            StageLine(
                stage,
                lane,
                sum(row.count for row in found),
                sum(row.free for row in found),
                sum(row.late for row in found),
                lasting(at - min(row.oldest for row in found)),
                tuple({one.key: one for one in set_targets if one is not None}.values()),
            )
        )
    order = ("control", "discrepancy", "amendment", "release", "cancellation", "intake")
    lanes = ("red", "yellow", "green", "blue", "")
    return sorted(lines, key=lambda one: (order.index(one.stage), lanes.index(one.lane)))


def officer_lines(offices: Collection[str], targets: Targets, *, since: datetime, until: datetime) -> list[OfficerLine]:
    """Everybody who works at the offices, with what each has in hand and decided in a time."""
    loads = {one.officer: one for one in workload.by_officer(offices=offices, cutoffs=targets.cutoffs(until))}
    people = {one.id: one.name for one in trust.working_at(offices=offices, roles=ROLES, day=law_day(until))}
    names = {**{one.officer: one.name for one in loads.values()}, **people}
    decided = workload.decided(officers=names, since=since, until=until)
    lines = [OfficerLine(one, name, loads.get(one), decided.get(one)) for one, name in names.items()]
    return sorted(lines, key=lambda one: (-(one.load.late if one.load else 0), one.name))
