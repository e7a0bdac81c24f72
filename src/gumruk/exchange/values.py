"""Numbers and dates as foreign files write them, turned into the form's own text. What is not understood stays as it is:
the checks then name its box.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\Z", re.ASCII)
_POWER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,60})?[eE][+-]?[0-9]{1,2}\Z", re.ASCII)
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?\Z", re.ASCII)
_PACKED = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})\Z", re.ASCII)
_SLASHED = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{2}|[0-9]{4})\Z", re.ASCII)
_DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})\Z", re.ASCII)


def number(text: str) -> str:
    """A number without thousands commas and powers of ten: `1,250.00` and `1.0623724E7`."""
    if _THOUSANDS.match(text):
        text = text.replace(",", "")
    if _POWER.match(text):
        try:
            text = f"{Decimal(text):f}"
        except InvalidOperation:
            return text
    return text.removeprefix("+")


def is_zero(text: str) -> bool:
    """True for a number that is nothing but zeros, and for nothing at all."""
    return text.strip("0.") == ""


def day(text: str) -> str:
    """A date as yyyy-MM-dd from the forms that files carry: that one, month/day/year, day.month.year, yyyyMMdd."""
    for form, order in ((_ISO, "ymd"), (_PACKED, "ymd"), (_SLASHED, "mdy"), (_DOTTED, "dmy")):
        found = form.match(text)
        if found is None:
            continue
        parts = dict(zip(order, found.groups(), strict=True))
        if form is _SLASHED and int(parts["m"]) > 12 >= int(parts["d"]):
            parts["m"], parts["d"] = parts["d"], parts["m"]
        year = parts["y"] if len(parts["y"]) == 4 else f"20{parts['y']}"
        try:
            return date(int(year), int(parts["m"]), int(parts["d"])).isoformat()
        except ValueError:
            return text
    return text
