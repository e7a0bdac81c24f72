"""What figures are asked for, what they say, and how times in stages are put into steps."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

ZERO = Decimal(0)
WHOLE = ""  # the office that stands for the whole service


class Subject(StrEnum):
    """What a sum is about. The key of a sum is in brackets."""

    STANDING = "standing"  # declarations (state|lane); amount: customs value
    MARK = "mark"  # declarations to which something happened (inspected, amended …)
    PROCEDURE = "procedure"  # items (four-digit procedure); amount: customs value
    GOODS = "goods"  # items (heading of four digits); amount: customs value
    ORIGIN = "origin"  # items (country); amount: customs value
    CONSIGNEE = "consignee"  # declarations (name); amount: customs value
    STAGE = "stage"  # released declarations (stage|step of time); amount: seconds
    REVENUE = "revenue"  # postings to revenue (kind of payment); amount: TJS
    RECEIVED = "received"  # receipts of declarations (means of payment); amount: TJS


# Times are kept in steps, each a tenth longer than the one before, so that percentiles of any span can be told.
STEP = 1.1


def step_of(seconds: int) -> int:
    """The step that a time falls in."""
    return math.floor(math.log(1 + seconds) / math.log(STEP))


def bounds_of(step: int) -> tuple[float, float]:
    """The shortest and the longest time of a step, in seconds."""
    return STEP**step - 1, STEP ** (step + 1) - 1


@dataclass(frozen=True, slots=True)
class Sum:
    """How many, and how much."""

    count: int = 0
    amount: Decimal = ZERO

    def __add__(self, other: Sum) -> Sum:
        return Sum(self.count + other.count, self.amount + other.amount)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Days from `since` up to, not including, `until`; offices (WHOLE: every one); direction and regime, empty for any."""

    since: date
    until: date
    offices: tuple[str, ...] = (WHOLE,)
    direction: str = ""
    regime: str = ""

    def months(self) -> list[date]:
        """The whole months inside, by their first day."""
        return [
            first for first, after in _months(self.since, self.until) if self.since <= first and after <= self.until
        ]

    def days(self) -> list[date]:
        """The days inside that belong to no whole month."""
        whole = set(self.months())
        count = (self.until - self.since).days
        days = (self.since + timedelta(days=number) for number in range(count))
        return [day for day in days if day.replace(day=1) not in whole]


def _months(since: date, until: date) -> Iterator[tuple[date, date]]:
    first = since.replace(day=1)
    while first < until:
        after = next_month(first)
        yield first, after
        first = after


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


@dataclass(frozen=True, slots=True)
class Percentiles:
    """How long a stage took: how many passed it, their mean, and the times that so many per cent did not exceed."""

    count: int
    mean: float
    p50: float
    p90: float
    p99: float


def percentiles(steps: Mapping[int, Sum]) -> Percentiles:
    """Percentiles, in seconds, from how many times fall in each step; inside a step times are taken as spread evenly."""
    count = sum(one.count for one in steps.values())
    if not count:
        return Percentiles(0, 0.0, 0.0, 0.0, 0.0)
    total = sum((one.amount for one in steps.values()), ZERO)
    return Percentiles(count, float(total) / count, *(_at(steps, count * share) for share in (0.5, 0.9, 0.99)))


def _at(steps: Mapping[int, Sum], rank: float) -> float:
    before = 0
    for step in sorted(steps):
        inside = steps[step].count
        if inside and before + inside >= rank:
            low, high = bounds_of(step)
            return low + (high - low) * (rank - before) / inside
        before += inside
    return 0.0  # pragma: no cover - the last step reaches every rank


Sums = Mapping[str, Sum]


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums by subject and key."""

    by_subject: Mapping[str, Sums] = field(default_factory=dict)

    def of(self, subject: Subject) -> Sums:
        return self.by_subject.get(subject, {})

    def stage(self, name: str) -> Percentiles:
        """How long one stage took."""
        said = ((*key.rpartition("|"), one) for key, one in self.of(Subject.STAGE).items())
        return percentiles({int(step): one for stage, _, step, one in said if stage == name})


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan of revenue by month (its first day) and kind of payment, and whether it is invented for demonstration."""

    amounts: Mapping[tuple[date, str], Decimal] = field(default_factory=dict)
    demo: bool = False

    def of_kind(self, kind: str) -> Decimal | None:
        """The plan of one kind over the whole span; None when nothing is set."""
        said = [amount for (_, one), amount in self.amounts.items() if one == kind]
        return sum(said, ZERO) if said else None

    def of_month(self, month: date) -> Decimal | None:
        """The plan of all kinds in one month, as far as it is inside the span."""
        said = [amount for (first, _), amount in self.amounts.items() if first == month]
        return sum(said, ZERO) if said else None
