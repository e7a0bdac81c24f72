"""What an assessment is made of: payment lines with their working, item values, problems. Pure data.

Amounts are exact decimals in TJS unless a currency says otherwise. Lists are tuples, maps sorted pairs, so that
equal assessments have equal bytes (`rules.duty.wire`). Structs of msgspec: made eight times faster than frozen
dataclasses, which is most of the time of an assessment. Texts are made when read, from what is stored.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from gumruk.rules.duty.texts import one_line, row_text
from gumruk.rules.types import Severity

# Raised whenever the same law and facts could give other output; stored with every assessment.
ENGINE_VERSION = "2"
CURRENCY = "TJS"

Pairs = tuple[tuple[str, str], ...]  # sorted by key: a frozen, ordered dict[str, str]


class Step(msgspec.Struct, frozen=True, gc=False):
    """One step of a working: `op` of a closed set (see docs/reference/formula-language.md), operands, result.

    All are neutral texts: numbers, currency and unit codes, so that a page can word them in any language.
    """

    op: str
    args: tuple[str, ...]
    result: str


class Rejected(msgspec.Struct, frozen=True, gc=False):
    """A measure that was considered and not applied, with the reason in a word (worded in `rules.duty.words`)."""

    measure: str
    reason: str
    values: Pairs = ()


class PaymentLine(msgspec.Struct, frozen=True, gc=False):
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
    working: tuple[Step, ...]
    cites: tuple[str, ...]
    rejected: tuple[Rejected, ...] = ()

    @property
    def text(self) -> str:
        """The working as one neutral line: `10% x 100000 = 10000; = 10000.00`."""
        return one_line(self.working, self.amount)


class Addition(msgspec.Struct, frozen=True, gc=False):
    """One typed row of a value: invoice, external_freight, insurance ...; `amount` is signed, in TJS.

    `original` is in `currency`; `whole` is what the item's share was taken from, None when nothing was shared.
    """

    kind: str
    original: Decimal
    currency: str
    exchange: Decimal
    amount: Decimal
    whole: Decimal | None = None

    @property
    def text(self) -> str:
        """How the amount came about."""
        return row_text(self.original, self.currency, self.exchange, self.amount, self.whole)


class ItemValue(msgspec.Struct, frozen=True, gc=False):
    """The customs value of one item, in TJS, the rows it is the sum of, and the valuation method that was declared."""

    item: int
    value: Decimal
    rows: tuple[Addition, ...]
    method: str = ""


class Problem(msgspec.Struct, frozen=True, gc=False):
    """Something that kept an amount from being computed. ERROR blocks; NOTICE (an unknown fee) does not."""

    code: str
    severity: Severity
    path: str
    values: Pairs = ()


class QuotaBalance(msgspec.Struct, frozen=True, gc=False):
    """What is left of a quota, in `unit` (a unit code, or TJS for value)."""

    left: Decimal
    unit: str


class QuotaUse(msgspec.Struct, frozen=True, gc=False):
    """A quota that this assessment looked at: what was left before it, and what its lines use."""

    quota: str
    unit: str
    left: Decimal
    used: Decimal


class Assessment(msgspec.Struct, frozen=True, gc=False):
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
    quotas: tuple[QuotaUse, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether nothing that must be computed is missing; notices do not count."""
        return all(problem.severity is not Severity.ERROR for problem in self.problems)

    @property
    def balances(self) -> dict[str, QuotaBalance]:
        """The quota balances that it was computed with: what a replay starts from."""
        return {use.quota: QuotaBalance(use.left, use.unit) for use in self.quotas}
