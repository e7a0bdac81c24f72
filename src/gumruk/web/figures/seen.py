"""What a page of figures shows, read in a handful of queries, and the tables that are made of it."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language

from gumruk.figures import selectors as figures
from gumruk.figures.types import Plan, Subject, Sum, Sums, Totals
from gumruk.lawbook import selectors as lawbook
from gumruk.web.figures.asking import Asked

LONG_SPAN = 62  # days: longer spans are shown month by month
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything that was read for what was asked."""

    asked: Asked
    totals: Totals
    kinds: Mapping[tuple[str, str], Sum] = field(default_factory=dict)
    offices: Mapping[str, Totals] = field(default_factory=dict)
    flow: Mapping[date, Sums] = field(default_factory=dict)
    revenue: Mapping[date, Sums] = field(default_factory=dict)
    plan: Plan = field(default_factory=Plan)
    counted_at: datetime | None = None

    @property
    def monthly(self) -> bool:
        return (self.asked.wanted.until - self.asked.wanted.since).days > LONG_SPAN

    @property
    def declarations(self) -> int:
        return sum(one.count for one in self.totals.of(Subject.STANDING).values())

    @property
    def value(self) -> Decimal:
        return sum((one.amount for one in self.totals.of(Subject.STANDING).values()), ZERO)

    def marked(self, mark: str) -> int:
        return self.totals.of(Subject.MARK).get(mark, Sum()).count

    def sum_of(self, subject: Subject) -> Decimal:
        return sum((one.amount for one in self.totals.of(subject).values()), ZERO)


def read(asked: Asked) -> Seen:
    """Read what was asked for. A firm's own figures are counted from its declarations."""
    if asked.parties:
        return Seen(asked, figures.own(asked.wanted, asked.parties))
    wanted = asked.wanted
    over_time = figures.by_month if (wanted.until - wanted.since).days > LONG_SPAN else figures.by_day
    return Seen(
        asked,
        figures.totals(wanted),
        figures.by_kind(wanted),
        figures.by_office(wanted),
        over_time(wanted, Subject.STANDING),
        over_time(wanted, Subject.REVENUE),
        figures.plan(wanted),
        figures.counted_at(),
    )


def parted(sums: Sums, place: int) -> dict[str, Sum]:
    """Sums by one part of keys of two parts: of state and lane, the state (0) or the lane (1)."""
    found: dict[str, Sum] = {}
    for key, one in sums.items():
        part = key.split("|")[place]
        found[part] = found.get(part, Sum()) + one
    return found


def largest(sums: Sums, *, by_amount: bool, most: int) -> list[tuple[str, Sum]]:
    """The largest, and the rest as one under the empty key."""

    def size(row: tuple[str, Sum]) -> tuple[Decimal, int]:
        return (row[1].amount if by_amount else Decimal(row[1].count)), row[1].count

    first = heapq.nlargest(most, sorted(sums.items()) if len(sums) <= most else sums.items(), key=size)
    whole = sum((one for _, one in first), Sum())
    count = sum(one.count for one in sums.values()) - whole.count
    amount = sum((one.amount for one in sums.values()), ZERO) - whole.amount
    return [*first, *([("", Sum(count, amount))] if count else [])]


def periods(seen: Seen) -> list[date]:
    """Every day or month inside, also those on which nothing happened."""
    wanted = seen.asked.wanted
    days = [date.fromordinal(number) for number in range(wanted.since.toordinal(), wanted.until.toordinal())]
    return sorted({day.replace(day=1) for day in days}) if seen.monthly else days


def named(list_name: str, codes: Iterable[str]) -> dict[str, str]:
    """Names of codes in the page's language; a code without a name stays as it is."""
    rows, language = lawbook.code_rows(list_name), get_language() or "en"
    return {code: _name(rows.get(code, {}), language) or code for code in codes}


def _name(row: Mapping[str, Any], language: str) -> str:
    return str(row.get(language) or row.get("en") or "")
