"""Counts of registered declarations, for analysis: by state and lane, what happened, goods, times. Sandbox left out.

Each function answers with sums by office, law day of registration, direction and regime, in one query over those that
were registered in a time. Used by: the figures, which keep what is counted here.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Min

from gumruk.declarations.models import Declaration
from gumruk.toolkit.clock import OFFICE_ZONE, law_day
from gumruk.toolkit.rows import first_id


class Count(NamedTuple):
    """One sum: `key` says of what."""

    office: str
    day: date
    direction: str
    regime: str
    key: str
    number: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Scope:
    """Registered from `since` up to `until`, at `offices` or by the firms `parties`; None is everybody."""

    since: datetime
    until: datetime
    offices: Collection[str] | None = None
    parties: Collection[str] | None = None


_SEEN = """
seen AS (
  SELECT id, office, (registered_at AT TIME ZONE %s)::date AS day, direction, regime, state, lane, version,
    value, consignee_name
  FROM declarations_declaration
  WHERE registered_at >= %s AND registered_at < %s AND NOT sandbox
    {office} {party}
)
"""


def _read(scope: Scope, statement: str, *values: Any) -> Iterator[Count]:
    limits: list[Any] = [OFFICE_ZONE.key, scope.since, scope.until]
    parts = {"office": "", "party": ""}
    if scope.offices is not None:
        parts["office"] = "AND office = ANY(%s)"
        limits.append(sorted(scope.offices))
    if scope.parties is not None:
        parts["party"] = "AND declarant_tin = ANY(%s)"
        limits.append(sorted(scope.parties))
    with connection.cursor() as cursor:
        cursor.execute("WITH" + _SEEN.format(**parts) + statement, [*limits, *values])
        yield from map(Count._make, cursor.fetchall())


def standing(scope: Scope) -> Iterator[Count]:
    """Declarations by `state|lane`, with their customs value."""
    return _read(
        scope,
        "SELECT office, day, direction, regime, state || '|' || lane AS key, count(*), coalesce(sum(value), 0) "
        "FROM seen GROUP BY office, day, direction, regime, key",
    )


def consignees(scope: Scope) -> Iterator[Count]:
    """Declarations by the consignee's name, with their customs value."""
    return _read(
        scope,
        "SELECT office, day, direction, regime, consignee_name, count(*), coalesce(sum(value), 0) "
        "FROM seen WHERE consignee_name <> '' GROUP BY office, day, direction, regime, consignee_name",
    )


_MARKS = """
SELECT seen.office, day, direction, regime, mark, count(DISTINCT seen.id), 0::numeric
FROM seen JOIN declarations_event e ON e.root = seen.id
CROSS JOIN LATERAL (VALUES
  (CASE e.after WHEN 'UNDER_CONTROL' THEN 'inspected' WHEN 'DISCREPANCY' THEN 'discrepancy' END),
  (CASE e.name WHEN 'amendment_proposed' THEN 'amendment_asked' WHEN 'amendment_accepted' THEN 'amended'
     WHEN 'amendment_refused' THEN 'amendment_refused' WHEN 'asked' THEN 'asked' WHEN 'rejected' THEN 'rejected'
     WHEN 'cancelled' THEN 'cancelled' WHEN 'rerouted' THEN 'rerouted' WHEN 'released' THEN 'released' END)
) AS said (mark)
WHERE mark IS NOT NULL
GROUP BY seen.office, day, direction, regime, mark
"""


def marks(scope: Scope) -> Iterator[Count]:
    """Declarations to which something happened at least once: inspected, discrepancy, asked, amended, rejected and so on."""
    return _read(scope, _MARKS)


_GOODS = """
, shared AS (
  SELECT seen.office, day, direction, regime, left(i.goods_code, 4) AS heading, i.origin_country AS origin, i.procedure,
    seen.value * i.price / nullif(sum(i.price) OVER (PARTITION BY i.root), 0) AS part
  FROM seen JOIN declarations_item i ON i.root = seen.id AND i.version = seen.version
)
SELECT office, day, direction, regime,
  CASE WHEN grouping(heading) = 0 THEN 'goods|' || heading WHEN grouping(origin) = 0 THEN 'origin|' || origin
    ELSE 'procedure|' || procedure END AS key,
  count(*), round(coalesce(sum(part), 0), 2)
FROM shared
GROUP BY office, day, direction, regime, GROUPING SETS (heading, origin, procedure)
"""


def goods(scope: Scope) -> Iterator[Count]:
    """Items of the standing versions by `goods|heading`, `origin|country` and `procedure|code`.

    The customs value of a declaration is shared among its items by their prices.
    """
    return _read(scope, _GOODS)


# Which states count to which stage. What waits for the declarant is told apart from what waits for the service.
STAGES = {
    "assess": ("REGISTERED", "ASSESSED"),
    "pay": ("PAYMENT_DUE",),
    "control": ("UNDER_CONTROL", "DISCREPANCY"),
    "answer": ("QUERIED", "DOCS_REQUIRED", "REJECTED", "DRAFT", "PRELODGED"),
    "release": ("SECURED", "RELEASABLE", "CANCEL_REQUESTED"),
}
DECLARANTS = ("pay", "answer")

_PASSAGES = """
, told AS (
  SELECT seen.office, seen.day, seen.direction, seen.regime, e.root, e.number, e.at, e.after,
    min(e.number) FILTER (WHERE e.name = 'registered') OVER (PARTITION BY e.root) AS first,
    min(e.number) FILTER (WHERE e.name = 'released') OVER (PARTITION BY e.root) AS last,
    lead(e.at) OVER (PARTITION BY e.root ORDER BY e.number) AS next
  FROM seen JOIN declarations_event e ON e.root = seen.id
), spent AS (
  SELECT office, day, direction, regime, root, s.stage, greatest(floor(extract(epoch FROM sum(next - at))), 0)::bigint AS seconds
  FROM told JOIN unnest(%s::text[], %s::text[]) AS s (state, stage) ON s.state = told.after
  WHERE number >= first AND number < last
  GROUP BY office, day, direction, regime, root, s.stage
), whole AS (
  SELECT office, day, direction, regime, stage, seconds FROM spent
  UNION ALL
  SELECT office, day, direction, regime, side.name, coalesce(sum(seconds) FILTER (WHERE stage = ANY(side.stages)), 0)
  FROM spent CROSS JOIN (VALUES ('declarant', %s::text[]), ('customs', %s::text[]), ('whole', %s::text[])) AS side (name, stages)
  GROUP BY office, day, direction, regime, root, side.name
)
SELECT office, day, direction, regime,
  stage || '|' || floor(ln((1 + seconds)::float8) / ln(%s::float8))::int AS key, count(*), sum(seconds)::numeric
FROM whole GROUP BY office, day, direction, regime, key
"""


def passages(scope: Scope, *, step: float) -> Iterator[Count]:
    """Released declarations by `stage|step` with their seconds: how long each stage took, from lodging to release.

    A step is `step` times as long as the one before. Besides the stages: all time with the service (`customs`), all
    with the declarant (`declarant`), and both together (`whole`).
    """
    pairs = [(state, stage) for stage, states in STAGES.items() for state in states]
    customs = [stage for stage in STAGES if stage not in DECLARANTS]
    return _read(
        scope, _PASSAGES, [state for state, _ in pairs], [stage for _, stage in pairs],
        list(DECLARANTS), customs, list(STAGES), step,
    )  # fmt: skip


_CHANGED = """
SELECT DISTINCT office, (registered_at AT TIME ZONE %s)::date
FROM declarations_declaration
WHERE registered_at IS NOT NULL AND NOT sandbox AND id IN (SELECT root FROM declarations_event WHERE id >= %s)
"""


def changed_since(*, written: datetime) -> set[tuple[str, date]]:
    """Office and law day of registration of every declaration of which an event was written since `written`; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, [OFFICE_ZONE.key, first_id(written)])
        return set(cursor.fetchall())


def kinds_of(*, declarations: Collection[UUID]) -> dict[UUID, tuple[str, str]]:
    """Direction and regime of declarations; one query."""
    rows = Declaration.objects.filter(id__in=list(declarations)).values_list("id", "direction", "regime")
    return {declaration: (direction, regime) for declaration, direction, regime in rows}


def first_day() -> date | None:
    """The law day of the earliest registration; None when there is none; one query."""
    first = Declaration.objects.filter(registered_at__isnull=False).aggregate(first=Min("registered_at"))["first"]
    return law_day(first) if first else None
