"""One canonical text for a rate, which reads back as the same components."""

from __future__ import annotations

from collections.abc import Iterable

from gumruk.law.types import RateComponent

_WORDS = {"first": "", "+": " + ", "-": " - ", "min": " MIN ", "max": " MAX "}


def write_rate(components: Iterable[RateComponent]) -> str:
    """For example `10% MIN 0.02 EUR / 1 KGM`."""
    return "".join(_WORDS[part.op] + _amount(part) for part in components)


def _amount(part: RateComponent) -> str:
    amount = format(part.amount, "f")
    if part.percent:
        return f"{amount}%"
    text = f"{amount} {part.currency}"
    return f"{text} / {format(part.per, 'f')} {part.unit}" if part.per is not None and part.unit else text
