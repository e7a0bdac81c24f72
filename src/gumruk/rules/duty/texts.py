"""Scaled integers as decimals and texts, and the working of a payment in one neutral line."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

POWERS = tuple(10**place for place in range(40))
_ONES = tuple(Decimal(1).scaleb(-place) for place in range(20))


class StepLike(Protocol):
    """What `one_line` reads of a step."""

    @property
    def op(self) -> str: ...
    @property
    def args(self) -> tuple[str, ...]: ...
    @property
    def result(self) -> str: ...


def decimal_from(number: int, scale: int) -> Decimal:
    """A scaled integer as an exact decimal with `scale` places."""
    return _ONES[scale] * number


def plain(number: int, scale: int) -> str:
    """A scaled integer as text without idle zeros: `plain(1250, 2)` is `12.5`."""
    whole, rest = divmod(number if number >= 0 else -number, POWERS[scale])
    text = f"{whole}.{rest:0{scale}d}".rstrip("0") if rest else str(whole)
    return text if number >= 0 else f"-{text}"


def shown(number: int, scale: int, divisor: int) -> str:
    """A value of a trace as text; one that is no decimal to six places, for the eye alone."""
    if divisor == 1:
        return plain(number, scale)
    by = POWERS[scale] * divisor
    size = (2 * abs(number) * 1_000_000 + by) // (2 * by)
    return plain(size if number >= 0 else -size, 6)


def row_text(original: Decimal, currency: str, exchange: Decimal, amount: Decimal, whole: Decimal | None) -> str:
    """How a row of a value came about."""
    if whole is None:
        return f"{original} {currency} x {exchange} = {amount}"
    return f"{original} {currency} x {exchange} = {whole}; share {amount}"


def one_line(steps: Sequence[StepLike], amount: Decimal) -> str:
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
            case "base", args:
                terms = [f"{name} {number}" for name, number in zip(args[::2], args[1::2], strict=True)]
                parts.append(f"{' + '.join(terms)} = {step.result}")
            case "relief", (share, normal):
                parts.append(f"{share}% of {normal} = {step.result}")
            case "round", _:
                pass
            case op, _:  # pragma: no branch - takes whatever is left
                parts.append(f"{op.replace('_', ' ')}: {step.result}")
    return "; ".join([*parts, f"= {amount}"])
