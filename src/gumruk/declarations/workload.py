"""What the head of an office sees of a day: work by stage and by officer, what was decided, what each one did.

Asked for offices (none named: every one). Every question walks an index of open work, or of one day's events.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Aggregate, Count, FloatField, Min, Q, QuerySet

from gumruk.declarations.listing import overdue
from gumruk.declarations.models import OPEN_STATES, Declaration, Event
from gumruk.declarations.selectors import event_view
from gumruk.declarations.types import Cutoff, EventView

# Acts by which an officer brings work to an end, as opposed to those that only move it about.
DECISIONS = (
    "released", "controlled", "rejected", "cancelled", "cancellation_refused", "amendment_accepted", "amendment_refused",
    "asked",
)  # fmt: skip
MOST_ACTS = 500


class _Median(Aggregate):
    """The middle value of a group."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True, slots=True)
class StageLoad:
    """Work of one stage, lane and office: how much, how much of it in nobody's hands or overdue, the oldest."""

    stage: str
    lane: str
    office: str
    count: int
    free: int
    late: int
    oldest: datetime


@dataclass(frozen=True, slots=True)
class OfficerLoad:
    """What an officer has in hand: all that is open, of it what waits for the officer, and what of that is overdue."""

    officer: uuid.UUID
    name: str
    held: int
    open: int
    late: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What an officer decided in a time: how many declarations' turns, and the median seconds that they had waited."""

    officer: uuid.UUID
    count: int
    median: float | None


@dataclass(frozen=True, slots=True)
class Act:
    """One act of an officer, with the declaration that it was done to."""

    declaration: uuid.UUID
    registration: str
    event: EventView


def by_stage(*, offices: Collection[str], cutoffs: tuple[Cutoff, ...]) -> tuple[StageLoad, ...]:
    """What waits for officers, by stage, lane and office; one query."""
    rows = _at(Declaration.objects.filter(sandbox=False).exclude(stage=""), offices)
    found = (
        rows.order_by()
        .values("stage", "lane", "office")
        .annotate(
            count=Count("id"),
            free=Count("id", filter=Q(officer=None)),
            late=Count("id", filter=overdue(cutoffs)),
            oldest=Min("waits_since"),
        )
    )
    return tuple(StageLoad(**row) for row in found.order_by("stage", "lane", "office"))


def by_officer(*, offices: Collection[str], cutoffs: tuple[Cutoff, ...]) -> tuple[OfficerLoad, ...]:
    """What each officer has in hand; one query."""
    rows = _at(Declaration.objects.filter(officer__isnull=False, state__in=sorted(OPEN_STATES), sandbox=False), offices)
    found = (
        rows.order_by()
        .values("officer", "officer_name")
        .annotate(held=Count("id"), open=Count("id", filter=~Q(stage="")), late=Count("id", filter=overdue(cutoffs)))
    )
    return tuple(
        OfficerLoad(row["officer"], row["officer_name"], row["held"], row["open"], row["late"])
        for row in found.order_by("officer_name")
    )


def decided(*, officers: Collection[uuid.UUID], since: datetime, until: datetime) -> dict[uuid.UUID, Decided]:
    """What officers decided in a time; one query."""
    rows = Event.objects.filter(by__in=list(officers), at__gte=since, at__lt=until, name__in=DECISIONS)
    found = rows.order_by().values("by").annotate(count=Count("id"), median=_Median("waited"))
    return {row["by"]: Decided(row["by"], row["count"], row["median"]) for row in found if row["by"]}


def acts(
    *, officer: uuid.UUID, offices: Collection[str], since: datetime, until: datetime, limit: int = MOST_ACTS
) -> tuple[Act, ...]:
    """What an officer did in a time, newest first, from the events of declarations; two queries."""
    rows = list(_at(Event.objects.filter(by=officer, at__gte=since, at__lt=until), offices).order_by("-at")[:limit])
    names = dict(Declaration.objects.filter(id__in={row.root for row in rows}).values_list("id", "registration"))
    return tuple(Act(row.root, names.get(row.root, ""), event_view(row, sealed=False)) for row in rows)


def _at(rows: QuerySet[Any], offices: Collection[str]) -> QuerySet[Any]:
    return rows.filter(office__in=sorted(offices)) if offices else rows
