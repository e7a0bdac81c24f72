"""The customs value: the invoice, additions and deductions, each in its own currency, shared among items exactly.

Source of the build-up: the CIF basis that the service's published guidance describes (confidence secondary); each
addition is a typed row so that what the law counts in can change without code.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from gumruk.law.day import Law
from gumruk.rules.duty.types import CURRENCY, Addition, ItemValue, Problem
from gumruk.rules.form import Facts, Form
from gumruk.rules.types import Severity

CENT = Decimal("0.01")
# Field of the header, sign. Freight after the border is not part of the value at the border.
_ADDITIONS = (("external_freight", 1), ("insurance", 1), ("other_costs", 1), ("deductions", -1))


@dataclass(frozen=True, slots=True)
class Valuation:
    """The value of each item in TJS, their sum, and what kept a value from being computed."""

    items: tuple[ItemValue, ...]
    total: Decimal
    problems: tuple[Problem, ...]


def decimal_of(facts: Facts, form_scale: int, name: str) -> Decimal | None:
    """A scaled integer of the facts as its decimal."""
    number = facts.get(name)
    return None if number is None else Decimal(number).scaleb(-form_scale)


def in_national(amount: Decimal, currency: str, law: Law) -> tuple[Decimal, Decimal] | None:
    """The amount in TJS, rounded half-up to the diram, and the rate for one unit; None without a rate of the day."""
    if currency == CURRENCY:
        return amount.quantize(CENT, ROUND_HALF_UP), Decimal(1)
    rate = law.exchange(currency)
    if rate is None:
        return None
    one = rate.rate / rate.per  # `per` is a power of ten: the quotient is exact
    return (amount * one).quantize(CENT, ROUND_HALF_UP), one


def apportion(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """`total` shared by `weights`; shares add up to it exactly (largest remainder, earlier items first)."""
    whole = sum(weights)
    if not whole:
        weights, whole = [Decimal(1)] * len(weights), Decimal(len(weights))
    sign = -1 if total < 0 else 1
    dirams = int(abs(total) * 100)
    exact = [(dirams * weight, whole) for weight in weights]
    floors = [int(number // divisor) for number, divisor in exact]
    order = sorted(range(len(weights)), key=lambda place: (-(exact[place][0] - floors[place] * whole), place))
    for place in order[: dirams - sum(floors)]:
        floors[place] += 1
    return [Decimal(sign * share).scaleb(-2) for share in floors]


def value_items(facts: Facts, form: Form, law: Law) -> Valuation:
    """The customs value of every item under the rates of exchange of the law's day."""
    problems: list[Problem] = []
    items: list[Facts] = facts["items"]
    rows: list[list[Addition]] = [[] for _ in items]
    prices = _prices(items, form, str(facts.get("currency") or ""), law, rows, problems)
    weights = _weights(facts, items, form, prices)
    for name, sign in _ADDITIONS:
        amount = decimal_of(facts, form.header[name].scale, name)
        if not amount or not items:
            continue
        currency = str(facts.get(f"{name}_currency") or facts.get("currency") or "")
        converted = in_national(amount * sign, currency, law)
        if converted is None:
            problems.append(_no_rate(name, currency, law))
            continue
        for place, share in enumerate(apportion(converted[0], weights)):
            text = f"{share} of {converted[0]}"
            rows[place].append(Addition(name, amount, currency, converted[1], share, text))
    values = tuple(
        ItemValue(number, sum((row.amount for row in parts), Decimal("0.00")), tuple(parts))
        for number, parts in enumerate(rows, start=1)
    )
    return Valuation(values, sum((value.value for value in values), Decimal("0.00")), tuple(problems))


def _prices(
    items: list[Facts],
    form: Form,
    currency: str,
    law: Law,
    rows: list[list[Addition]],
    problems: list[Problem],
) -> list[Decimal]:
    prices: list[Decimal] = []
    missing = False
    for place, item in enumerate(items):
        price = decimal_of(item, form.item["price"].scale, "price")
        converted = in_national(price or Decimal(0), currency, law)
        if price is None:
            problems.append(Problem("price_missing", Severity.ERROR, f"items/{place + 1}/price"))
        elif converted is None:
            missing = True
        else:
            text = f"{price} {currency} x {converted[1]} = {converted[0]}"
            rows[place].append(Addition("invoice", price, currency, converted[1], converted[0], text))
        prices.append(price or Decimal(0))
    if missing:
        problems.append(_no_rate("currency", currency, law))
    return prices


def _weights(facts: Facts, items: list[Facts], form: Form, prices: list[Decimal]) -> list[Decimal]:
    if facts.get("apportionment") != "WEIGHT":
        return prices
    scale = form.item["gross_mass"].scale
    return [decimal_of(item, scale, "gross_mass") or Decimal(0) for item in items]


def _no_rate(path: str, currency: str, law: Law) -> Problem:
    values = (("currency", currency), ("day", law.day.isoformat()))
    return Problem("exchange_rate_missing", Severity.ERROR, path, values)
