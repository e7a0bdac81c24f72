"""Reads of figures. Whole months come from their months' rows, the days around them from theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from gumruk.declarations.counting import Scope
from gumruk.figures.counting import counted, start_of
from gumruk.figures.models import Progress
from gumruk.figures.types import WHOLE, Plan, Subject, Sum, Sums, Totals, Wanted, next_month
from gumruk.lawbook import selectors as lawbook
from gumruk.lawbook.types import Entry

PARAMETER, PLAN = "parameter", "revenue_plan"

_READ = """
SELECT {columns}, u.key, sum(u.count)::bigint, sum(u.amount)
FROM figures_cell c CROSS JOIN LATERAL unnest(c.keys, c.counts, c.amounts) AS u (key, count, amount)
WHERE ((c.span = 'month' AND c.day = ANY(%(months)s)) OR (c.span = 'day' AND c.day = ANY(%(days)s)))
  AND c.office {office} AND c.subject = ANY(%(subjects)s)
  AND (%(direction)s = '' OR c.direction = %(direction)s) AND (%(regime)s = '' OR c.regime = %(regime)s)
GROUP BY {columns}, u.key
"""


def _rows(
    wanted: Wanted, columns: str, subjects: Iterable[Subject], *, each_office: bool = False
) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "months": wanted.months(),
        "days": wanted.days(),
        "offices": list(wanted.offices),
        "subjects": [str(subject) for subject in subjects],
        "direction": wanted.direction,
        "regime": wanted.regime,
    }
    every = each_office and wanted.offices == (WHOLE,)
    statement = _READ.format(columns=columns, office="<> ''" if every else "= ANY(%(offices)s)")
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def totals(wanted: Wanted, subjects: Collection[Subject] = tuple(Subject)) -> Totals:
    """Everything that is kept of these days, by subject and key; one query."""
    found: dict[str, dict[str, Sum]] = defaultdict(dict)
    for subject, key, count, amount in _rows(wanted, "c.subject", subjects):
        found[subject][key] = Sum(count, amount)
    return Totals(found)


def by_kind(wanted: Wanted) -> dict[tuple[str, str], Sum]:
    """Declarations by direction and regime; one query."""
    found: dict[tuple[str, str], Sum] = defaultdict(Sum)
    for direction, regime, _, count, amount in _rows(wanted, "c.direction, c.regime", [Subject.STANDING]):
        found[direction, regime] += Sum(count, amount)
    return found


def by_office(wanted: Wanted) -> dict[str, Totals]:
    """Declarations and revenue of each office; one query."""
    found: dict[str, dict[str, dict[str, Sum]]] = defaultdict(lambda: defaultdict(dict))
    subjects = (Subject.STANDING, Subject.REVENUE)
    for office, subject, key, count, amount in _rows(wanted, "c.office, c.subject", subjects, each_office=True):
        found[office][subject][key] = Sum(count, amount)
    return {office: Totals(sums) for office, sums in found.items()}


def by_day(wanted: Wanted, subject: Subject) -> dict[date, Sums]:
    """Sums of one subject day by day; one query."""
    return _periods(wanted, subject, months=[], days=[*_each_day(wanted)])


def by_month(wanted: Wanted, subject: Subject) -> dict[date, Sums]:
    """Sums of one subject month by month, the first and the last as far as they are inside; one query."""
    found: dict[date, dict[str, Sum]] = defaultdict(lambda: defaultdict(Sum))
    for day, sums in _periods(wanted, subject, months=wanted.months(), days=wanted.days()).items():
        for key, one in sums.items():
            found[day.replace(day=1)][key] += one
    return dict(found)


def _each_day(wanted: Wanted) -> Iterable[date]:
    return (date.fromordinal(number) for number in range(wanted.since.toordinal(), wanted.until.toordinal()))


def _periods(wanted: Wanted, subject: Subject, *, months: list[date], days: list[date]) -> dict[date, Sums]:
    found: dict[date, dict[str, Sum]] = defaultdict(dict)
    statement = _READ.format(columns="c.day", office="= ANY(%(offices)s)")
    values: dict[str, Any] = {
        "months": months, "days": days, "offices": list(wanted.offices), "subjects": [subject], "direction": wanted.direction,
        "regime": wanted.regime,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for day, key, count, amount in cursor.fetchall():
            found[day][key] = Sum(count, amount)
    return dict(found)


def counted_at() -> datetime | None:
    """The moment up to which everything written is counted; None before the first count; one query."""
    return Progress.objects.values_list("counted_at", flat=True).first()


def regimes(wanted: Wanted) -> list[str]:
    """The regimes that occur in these days; one query."""
    return sorted({regime for (_, regime), one in by_kind(replace(wanted, regime="")).items() if regime and one.count})


def own(wanted: Wanted, parties: Collection[str]) -> Totals:
    """The same sums of what some firms declared, counted at once from their declarations; five queries."""
    scope = Scope(start_of(wanted.since), start_of(wanted.until), None, parties)
    found: dict[str, dict[str, Sum]] = defaultdict(lambda: defaultdict(Sum))
    for subject, one in counted(scope):
        if wanted.direction in ("", one.direction) and wanted.regime in ("", one.regime):
            found[subject][one.key] += Sum(one.number, one.amount)
    return Totals({subject: dict(sums) for subject, sums in found.items()})


def plan(wanted: Wanted) -> Plan:
    """The plan of revenue of these days; nothing where none is set. One query for each month."""
    amounts: dict[tuple[date, str], Decimal] = defaultdict(Decimal)
    confidences: set[str] = set()
    first = wanted.since.replace(day=1)
    while first < wanted.until:
        after = next_month(first)
        entry = lawbook.entry(PARAMETER, PLAN, max(first, wanted.since))
        inside = (min(after, wanted.until) - max(first, wanted.since)).days
        for office, kinds in _planned(entry).items():
            if wanted.offices == (WHOLE,) or office in wanted.offices:
                for kind, amount in kinds.items():
                    amounts[first, kind] += Decimal(str(amount)) * inside / (after - first).days
        if entry and entry.body.get("value"):
            confidences.add(entry.confidence)
        first = after
    return Plan({place: amount.quantize(Decimal("0.01")) for place, amount in amounts.items()}, "demo" in confidences)


def _planned(entry: Entry | None) -> Mapping[str, Mapping[str, object]]:
    """Office → kind → amount, as far as the entry says it in that shape."""
    said = entry.body.get("value") if entry else None
    if not isinstance(said, Mapping):
        return {}
    return {str(office): kinds for office, kinds in said.items() if isinstance(kinds, Mapping)}
