"""The working of a payment: one step for each part of the rate, in neutral text that a page words in any language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gumruk.law.types import RateComponent
from gumruk.rules.duty.types import Step
from gumruk.rules.formula.reading import SMALLER_UNIT


def steps_of(components: Sequence[RateComponent], base: Decimal, used: Mapping[str, Decimal]) -> tuple[Step, ...]:
    """What each part of the rate comes to, and how the parts are joined."""
    steps: list[Step] = []
    standing = Decimal(0)
    for part in components:
        if part.percent:
            value = base * part.amount / 100
            steps.append(Step("percent", (_plain(part.amount), _plain(base)), _plain(value)))
        else:
            value, step = _specific(part, used)
            steps.append(step)
        if part.op == "first":
            standing = value
            continue
        standing = {
            "+": standing + value,
            "-": standing - value,
            "min": max(standing, value),
            "max": min(standing, value),
        }[part.op]
        word = {"+": "sum", "-": "difference", "min": "at_least", "max": "at_most"}[part.op]
        steps.append(Step(word, (), _plain(standing)))
    return tuple(steps)


def _specific(part: RateComponent, used: Mapping[str, Decimal]) -> tuple[Decimal, Step]:
    exchange = used.get(f"exchange_{part.currency}", Decimal(1))
    money = [_plain(part.amount), str(part.currency), _plain(exchange)]
    if part.unit is None or part.per is None:
        value = part.amount * exchange
        return value, Step("amount", tuple(money), _plain(value))
    unit, times = SMALLER_UNIT.get(part.unit, (part.unit, Decimal(1)))
    quantity = used[f"quantity_{unit}"] / times
    # Shown to six decimals: the amount itself is computed on whole numbers, not from this text.
    value = quantity * part.amount * exchange / part.per
    args = (*money, _plain(quantity), part.unit, _plain(part.per))
    return value, Step("per_unit", args, _plain(round(value, 6)))


def one_line(steps: Sequence[Step], amount: Decimal) -> str:
    """The working as one neutral line: `10% x 100000 = 10000; = 10000.00`."""
    parts = []
    for step in steps:
        match step.op, step.args:
            case "percent", (rate, base):
                parts.append(f"{rate}% x {base} = {step.result}")
            case "per_unit", (rate, currency, exchange, quantity, unit, per):
                parts.append(f"{quantity} {unit} / {per} x {rate} {currency} x {exchange} = {step.result}")
            case "amount", (rate, currency, exchange):
                parts.append(f"{rate} {currency} x {exchange} = {step.result}")
            case op, _:
                parts.append(f"{op.replace('_', ' ')}: {step.result}")
    return "; ".join([*parts, f"= {amount}"])


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
