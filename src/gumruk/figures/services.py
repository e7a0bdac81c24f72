"""Keeps the figures: counts days anew and rolls them up. Counting a day again gives the same rows, so nothing can be
counted twice, and whatever was missed is mended by counting once more.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import connection, transaction

from gumruk.declarations import counting as declarations
from gumruk.declarations.counting import Scope
from gumruk.declarations.types import SANDBOX
from gumruk.figures.counting import counted, start_of
from gumruk.figures.models import Cell, Progress
from gumruk.figures.types import WHOLE, Subject, Sum, next_month
from gumruk.payments import counting as payments
from gumruk.payments.counting import Posted
from gumruk.toolkit.clock import law_day

# What is written by a transaction that began earlier and ends later must not slip through: reads overlap by this much.
OVERLAP = timedelta(minutes=15)
Place = tuple[str, date]
_Key = tuple[str, date, str, str, str]  # office, day, subject, direction, regime


def refresh(*, at: datetime) -> int:
    """Count the days anew of which something was written since the last time; returns how many office-days.

    Used by: the task of every minute. Safe to run twice at once: the second waits for the first.
    """
    with transaction.atomic():
        _take_turns()
        progress = Progress.objects.first()
        if progress is None:
            return rebuild(at=at)
        written = progress.read_to - OVERLAP
        changed = declarations.changed_since(written=written) | payments.changed_since(written=written)
        by_day: dict[date, set[str]] = defaultdict(set)
        for office, day in changed:
            if office != SANDBOX:
                by_day[day].add(office)
        for day, offices in by_day.items():
            _count(day, day + timedelta(days=1), offices)
        _roll_up(by_day, {office for offices in by_day.values() for office in offices})
        _note(at)
    return sum(map(len, by_day.values()))


def rebuild(*, at: datetime, told: Callable[[date], object] = lambda _: None) -> int:
    """Count everything anew, month by month; `told` hears each month. Returns how many rows of days there are."""
    with transaction.atomic():
        _take_turns()
        Cell.objects.all().delete()
        starts = [day for day in (declarations.first_day(), payments.first_day()) if day]
        month = min(starts).replace(day=1) if starts else next_month(law_day(at))
        while month <= law_day(at):
            told(month)
            _count(month, next_month(month), None)
            days = [month + timedelta(days=number) for number in range((next_month(month) - month).days)]
            _roll_up(days, None)
            month = next_month(month)
        _note(at)
    return Cell.objects.filter(span=Cell.Span.DAY).exclude(office=WHOLE).count()


def _take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('figures'))")


def _note(at: datetime) -> None:
    Progress.objects.update_or_create(id=1, defaults={"read_to": at, "counted_at": at})


def _count(since: date, until: date, offices: Collection[str] | None) -> None:
    """Count the days from `since` up to `until` at these offices."""
    stale = Cell.objects.filter(span=Cell.Span.DAY, day__gte=since, day__lt=until).exclude(office=WHOLE)
    (stale if offices is None else stale.filter(office__in=offices)).delete()
    cells: dict[_Key, dict[str, Sum]] = defaultdict(dict)
    for subject, one in counted(Scope(start_of(since), start_of(until), offices)):
        cells[one.office, one.day, subject, one.direction, one.regime][one.key] = Sum(one.number, one.amount)
    for subject, found in _posted(start_of(since), start_of(until), offices):
        for place, amount in found.items():
            office, day, direction, regime, key = place
            cells[office, day, subject, direction, regime][key] = amount
    Cell.objects.bulk_create((_cell(key, sums) for key, sums in cells.items()), batch_size=1000)


_Posted = dict[tuple[str, date, str, str, str], Sum]  # office, day, direction, regime, key


def _posted(since: datetime, until: datetime, offices: Collection[str] | None) -> Iterator[tuple[Subject, _Posted]]:
    revenue = list(payments.revenue(since=since, until=until, offices=offices))
    received = list(payments.received(since=since, until=until, offices=offices))
    roots = {one.root for one in (*revenue, *received) if one.root}
    kinds = declarations.kinds_of(declarations=roots) if roots else {}
    for subject, rows in ((Subject.REVENUE, revenue), (Subject.RECEIVED, received)):
        sums: _Posted = defaultdict(Sum)
        for one in rows:
            if one.office != SANDBOX:
                direction, regime = _kind(one, kinds)
                sums[one.office, one.day, direction, regime, one.key] += Sum(one.number, one.amount)
        yield subject, sums


def _kind(one: Posted, kinds: Mapping[uuid.UUID, tuple[str, str]]) -> tuple[str, str]:
    return kinds.get(one.root, ("", "")) if one.root else ("", "")


def _cell(key: _Key, sums: dict[str, Sum]) -> Cell:
    office, day, subject, direction, regime = key
    keys = sorted(sums)
    return Cell(
        office=office, span=Cell.Span.DAY, day=day, subject=subject, direction=direction, regime=regime, keys=keys,
        counts=[sums[one].count for one in keys], amounts=[sums[one].amount.quantize(Decimal("0.01")) for one in keys],
    )  # fmt: skip


# Days into the day of the whole service, days into months, and those months into the months of the whole service.
_ROLL = """
INSERT INTO figures_cell (id, office, span, day, subject, direction, regime, keys, counts, amounts)
SELECT gen_random_uuid(), office, %(span)s, day, subject, direction, regime, array_agg(key ORDER BY key COLLATE "C"),
  array_agg(count ORDER BY key COLLATE "C"), array_agg(amount ORDER BY key COLLATE "C")
FROM (
  SELECT {office} AS office, {day} AS day, subject, direction, regime, u.key, sum(u.count)::bigint AS count,
    sum(u.amount) AS amount
  FROM figures_cell c CROSS JOIN LATERAL unnest(c.keys, c.counts, c.amounts) AS u (key, count, amount)
  WHERE c.span = %(source)s AND c.office <> '' AND c.day = ANY(%(days)s)
    AND (%(offices)s::text[] IS NULL OR c.office = ANY(%(offices)s))
  GROUP BY 1, 2, 3, 4, 5, 6
) AS summed
GROUP BY office, day, subject, direction, regime
"""


def _roll_up(days: Iterable[date], offices: Collection[str] | None) -> None:
    """Sum what was counted: the whole service for these days; their months for these offices and the whole service."""
    counted = sorted(days)
    months = sorted({day.replace(day=1) for day in counted})
    inside = [month + timedelta(days=number) for month in months for number in range((next_month(month) - month).days)]
    Cell.objects.filter(span=Cell.Span.DAY, office=WHOLE, day__in=counted).delete()
    _sum("''", "c.day", source=Cell.Span.DAY, span=Cell.Span.DAY, days=counted, offices=None)
    stale = Cell.objects.filter(span=Cell.Span.MONTH, day__in=months)
    (stale if offices is None else stale.filter(office__in=[*offices, WHOLE])).delete()
    monthly = "date_trunc('month', c.day)::date"
    _sum("c.office", monthly, source=Cell.Span.DAY, span=Cell.Span.MONTH, days=inside, offices=offices)
    _sum("''", "c.day", source=Cell.Span.MONTH, span=Cell.Span.MONTH, days=months, offices=None)


def _sum(office: str, day: str, *, source: str, span: str, days: list[date], offices: Collection[str] | None) -> None:
    values = {"source": source, "span": span, "days": days, "offices": None if offices is None else sorted(offices)}
    with connection.cursor() as cursor:
        cursor.execute(_ROLL.format(office=office, day=day), values)
