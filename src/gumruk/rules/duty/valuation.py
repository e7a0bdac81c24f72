"""The customs value: the invoice, additions and deductions, each in its own currency, shared among items exactly.

Source of the build-up: the CIF basis that the service's published guidance describes (confidence secondary); each
addition is a typed row so that what the law counts in can change without code. How an amount becomes TJS is the
law's formula of scope `value`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from gumruk.law.day import Law
from gumruk.rules.duty.lines import PlanRefused, exchange_input
from gumruk.rules.duty.texts import decimal_from
from gumruk.rules.duty.types import CURRENCY, Addition, ItemValue, Pairs, Problem
from gumruk.rules.form import Facts, Form
from gumruk.rules.formula import compile_formula, read_formula
from gumruk.rules.types import Severity

# Field of the header, sign. Freight after the border is not part of the value at the border.
_ADDITIONS = (("external_freight", 1), ("insurance", 1), ("other_costs", 1), ("deductions", -1))
TRANSACTION_VALUE = ("", "1")  # method 1 of the six; under the others the declared value of box 45 stands
GREATEST = 10**15  # ten million million in dirams: the limit of money inputs
Convert = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Valuation:
    """The value of each item in TJS, in dirams too, their sum, and what kept a value from being computed."""

    items: tuple[ItemValue, ...]
    dirams: tuple[int, ...]
    total: int
    problems: tuple[Problem, ...]


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """`total` shared by `weights`; shares add up to it exactly (largest remainder, earlier items first).

    When every weight is zero the shares are equal.
    """
    whole = sum(weights)
    if not whole:
        weights, whole = [1] * len(weights), len(weights)
    size = abs(total)
    parts = [divmod(size * weight, whole) for weight in weights]
    shares = [part[0] for part in parts]
    missing = size - sum(shares)
    if missing:
        for place in sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))[:missing]:
            shares[place] += 1
    return shares if total >= 0 else [-share for share in shares]


def value_items(facts: Facts, form: Form, law: Law) -> Valuation:
    """The customs value of every item under the rates of exchange of the law's day."""
    return _Valuing(facts, form, law).run()


class _Valuing:
    def __init__(self, facts: Facts, form: Form, law: Law) -> None:
        self.facts, self.form, self.law = facts, form, law
        self.items: list[Facts] = facts["items"]
        self.currency = str(facts.get("currency") or "")
        self.problems: list[Problem] = []
        self.rows: list[list[Addition]] = [[] for _ in self.items]
        self.sums = [0] * len(self.items)

    def run(self) -> Valuation:
        prices = self.prices()
        weights = self.weights(prices)
        for name, sign in _ADDITIONS:
            amount = self.facts.get(name)
            if amount and self.items:
                self.add(name, amount, sign, weights)
        values = []
        for place, item in enumerate(self.items):
            method = str(item.get("valuation_method") or "")
            if method not in TRANSACTION_VALUE:
                self.declared(place, item)
            if self.sums[place] < 0:
                self.problem("value_negative", f"items/{place + 1}/price")
            value = decimal_from(self.sums[place], 2)
            values.append(ItemValue(place + 1, value, tuple(self.rows[place]), method))
        total = sum(self.sums)
        if any(abs(number) > GREATEST for number in (*self.sums, total)):
            self.problem("number_too_large", "value_total", (("name", "value"), ("value", str(decimal_from(total, 2)))))
        return Valuation(tuple(values), tuple(self.sums), total, tuple(self.problems))

    def problem(self, code: str, path: str, values: Pairs = ()) -> None:
        self.problems.append(Problem(code, Severity.ERROR, path, values))

    def prices(self) -> list[int]:
        """The price of each item in the invoice's currency, and its row in TJS."""
        converted = self.converter("currency", self.currency)
        scale = self.form.item["price"].scale
        prices: list[int] = []
        for place, item in enumerate(self.items):
            price = item.get("price")
            if price is None:
                self.problem("price_missing", f"items/{place + 1}/price")
            elif price < 0:
                self.problem("number_negative", f"items/{place + 1}/price")
            elif converted is not None:
                convert, exchange = converted
                dirams = convert(price)
                self.sums[place] += dirams
                original = decimal_from(price, scale)
                self.rows[place].append(Addition("invoice", original, self.currency, exchange, decimal_from(dirams, 2)))
            prices.append(max(price or 0, 0))
        return prices

    def weights(self, prices: list[int]) -> list[int]:
        """What costs are shared by: prices, or gross masses where the declarant says so."""
        way = str(self.facts.get("apportionment") or "VALUE")
        if way == "VALUE":
            return prices
        if way != "WEIGHT":
            self.problem("apportionment_unknown", "apportionment", (("value", way),))
            return prices
        if not any(self.facts.get(name) for name, _ in _ADDITIONS):
            return prices
        masses = [item.get("gross_mass") for item in self.items]
        for place, mass in enumerate(masses):
            if mass is None:
                self.problem("quantity_missing", f"items/{place + 1}/gross_mass", (("unit", "KGM"),))
            elif mass < 0:
                self.problem("number_negative", f"items/{place + 1}/gross_mass")
        return [max(mass or 0, 0) for mass in masses]

    def add(self, name: str, amount: int, sign: int, weights: list[int]) -> None:
        """One addition or deduction of the header, shared among the items."""
        if amount < 0:
            self.problem("number_negative", name)
            return
        currency = str(self.facts.get(f"{name}_currency") or self.currency)
        converted = self.converter(name, currency)
        if converted is None:
            return
        convert, exchange = converted
        original, whole = decimal_from(amount, self.form.header[name].scale), sign * convert(amount)
        whole_text = decimal_from(whole, 2)
        for place, share in enumerate(apportion(whole, weights)):
            self.sums[place] += share
            self.rows[place].append(Addition(name, original, currency, exchange, decimal_from(share, 2), whole_text))

    def declared(self, place: int, item: Facts) -> None:
        """Methods 2 to 6: the value is found outside the invoice and declared whole, costs included."""
        value = item.get("customs_value")
        if value is None:
            self.problem("value_missing", f"items/{place + 1}/customs_value")
            return
        if value < 0:
            self.problem("number_negative", f"items/{place + 1}/customs_value")
        self.sums[place] = value
        amount = decimal_from(value, 2)
        self.rows[place] = [Addition("declared_value", amount, CURRENCY, Decimal(1), amount)]

    def converter(self, path: str, currency: str) -> tuple[Convert, Decimal] | None:
        """How an amount of a currency becomes dirams, by the law's formula; None, and said, without a rate."""
        kept = self.law.memo.get(("convert", currency))
        if kept is None:
            try:
                kept = self.law.memo[("convert", currency)] = converter(self.law, currency)
            except PlanRefused as refused:
                self.problem(refused.code, path, refused.values)
                return None
        return kept


def converter(law: Law, currency: str) -> tuple[Convert, Decimal]:
    """The conversion of one currency and the rate for one unit. Raises PlanRefused."""
    formula = next(formula for formula in law.formulas if formula.scope == "value")
    program = compile_formula(read_formula(formula.text))
    if currency == CURRENCY:
        one, exchange = Decimal(1), 10**9
    else:
        exchange = exchange_input(law, currency)
        rate = law.exchange(currency)
        one = rate.rate / rate.per if rate else Decimal(0)
    if sorted(program.inputs) != ["amount", "exchange_rate"] or program.scale != 2:
        raise PlanRefused("formulas_missing", (("day", law.day.isoformat()), ("kind", "value")))
    call, inputs = program.call, program.inputs
    if inputs[0] == "amount":
        return lambda amount: call(amount, exchange)[-1], one
    return lambda amount: call(exchange, amount)[-1], one
