"""What an assessment is made of: payment lines with their working, item values, problems. Pure data.

Amounts are exact decimals in TJS unless a currency says otherwise. Lists are tuples, maps sorted pairs, so that
equal assessments have equal bytes (`rules.duty.wire`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gumruk.rules.types import Severity

# Raised whenever the same law and facts could give other output; stored with every assessment.
ENGINE_VERSION = "1"
CURRENCY = "TJS"

Pairs = tuple[tuple[str, str], ...]  # sorted by key: a frozen, ordered dict[str, str]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a working: `op` of a closed set (see docs/reference/formula-language.md), operands, result.

    All are neutral texts: numbers, currency and unit codes, so that a page can word them in any language.
    """

    op: str
    args: tuple[str, ...]
    result: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """A measure that was considered and not applied, with the reason in a word."""

    measure: str
    reason: str
    values: Pairs = ()


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """One computed amount. `item` counts from 1; 0 is the declaration as a whole.

    `base` is money in `base_currency`, or, when that is empty, a quantity in `base_unit`.
    `payable` is false where the regime suspends payment: then the amount is to be guaranteed.
    `level` is the goods-code prefix whose measure answered; `cites` the acts, most specific first.
    """

    item: int
    kind: str
    base: Decimal
    base_currency: str
    base_unit: str
    rate: str
    amount: Decimal
    payable: bool
    measure: str
    level: str
    text: str
    working: tuple[Step, ...]
    cites: tuple[str, ...]
    rejected: tuple[Rejected, ...] = ()


@dataclass(frozen=True, slots=True)
class Addition:
    """One typed row of a value: invoice, external_freight, insurance ...; `amount` is signed, in TJS.

    `original` is in `currency`; the share of an item keeps its working in `text`.
    """

    kind: str
    original: Decimal
    currency: str
    exchange: Decimal
    amount: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class ItemValue:
    """The customs value of one item, in TJS, and the rows it is the sum of."""

    item: int
    value: Decimal
    rows: tuple[Addition, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that kept an amount from being computed. ERROR blocks; NOTICE (an unknown fee) does not."""

    code: str
    severity: Severity
    path: str
    values: Pairs = ()


@dataclass(frozen=True, slots=True)
class QuotaBalance:
    """What is left of a quota, in `unit` (a unit code, or TJS for value)."""

    left: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """The payments of one declaration under the law of one day, with the three keys that replay needs."""

    engine: str
    day: date
    change_set: int
    ruleset: str
    currency: str
    items: tuple[ItemValue, ...]
    value: Decimal
    lines: tuple[PaymentLine, ...]
    totals: tuple[tuple[str, Decimal], ...]  # payable, by kind, in formula order
    total: Decimal  # payable
    guaranteed: Decimal  # sum of lines that are suspended
    problems: tuple[Problem, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing that must be computed is missing; notices do not count."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)
