"""Stored values as people read them: codes in words, numbers and days as the page's language writes them."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django.utils.formats import number_format
from django.utils.translation import gettext

from gumruk.rules.form import Field
from gumruk.web.shared.controls import Sheet


class Read(NamedTuple):
    """A value as people read it: words first; the code that stands for them, if there is one, small behind them."""

    words: str
    code: str = ""


def read(sheet: Sheet, field: Field, value: str) -> Read:
    """A stored value in words: the name of a code, yes or no, a number or day as the page's language writes it."""
    if field.kind == "flag" and value in ("0", "1"):
        return Read(sheet.name_in(field, value) or (gettext("Yes") if value == "1" else gettext("No")))
    if field.choices or field.picks:
        name = sheet.name_in(field, value)
        return Read(name, value) if name else Read(value)
    if field.kind in ("decimal", "integer"):
        return Read(_number(value, 2 if field.scale == 2 else 0))
    name = sheet.name_of(field.list, value)
    return Read(name, value) if name else Read(shown_value(sheet, "", field.kind, value))


def _number(text: str, least: int) -> str:
    """A stored number in the page's language with at least so many decimals; other text as it is."""
    try:
        exponent = Decimal(text).as_tuple().exponent
    except InvalidOperation:
        return text
    places = max(least, -exponent) if isinstance(exponent, int) else least
    return number_format(Decimal(text), places, use_l10n=True, force_grouping=True)


def shown_value(sheet: Sheet, codes: str, kind: str, value: str) -> str:
    """A value as people read it: a code with its name, a day with points."""
    if kind == "date" and len(value) == 10 and value[4:5] == "-":
        return f"{value[8:10]}.{value[5:7]}.{value[0:4]}"
    name = sheet.name_of(codes, value)
    return f"{value} · {name}" if name else value
