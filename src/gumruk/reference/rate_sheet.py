"""A table of official rates, as the National Bank publishes it, to rates of a day; pure.

Columns: a letter or numeric code of the currency, for how many units, the rate in somoni; the day in a column, in a line
above the table, or said by the caller. Headings in Tajik, Russian or English. Every fault of every row is found in one
pass; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from gumruk.law.types import Confidence, ExchangeRate
from gumruk.reference.types import DIGITS, PER, SCALE
from gumruk.toolkit.sheets import Row, SheetRefused, day_in, heading_in, number_in

HEADINGS = {
    "code": ("рамз", "рамзи асъор", "рамзи ҳарфӣ", "код", "код валюты", "буквенный код", "букв. код", "symbol", "char code",
             "currency", "currency code", "letter code", "алфавитный код"),
    "numeric": ("рақам", "рамзи рақамӣ", "цифровой код", "цифр. код", "num code", "numeric code", "number"),
    "per": ("воҳид", "миқдор", "адад", "номинал", "единиц", "кол-во", "количество", "единица", "units", "unit", "nominal",
            "quantity", "за"),
    "rate": ("қурб", "қурби расмӣ", "қурби асъор", "қурби сомонӣ", "курс", "официальный курс", "курс сомони", "курс валюты",
             "value", "official rate", "exchange rate", "rate tjs"),
    "day": ("сана", "рӯз", "дата", "день", "date"),
}  # fmt: skip
OWN = "TJS"
NO_CURRENCY = frozenset({"XXX", "XTS"})


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong in a row (1 is the first line of the file), in which column."""

    row: int
    column: str
    code: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RateSheet:
    """The rates that a table says, and what is wrong with it. With any fault nothing is entered."""

    rates: tuple[ExchangeRate, ...]
    faults: tuple[Fault, ...]


_WITHIN = re.compile(
    r"(?<![0-9])(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4})(?![0-9])", re.ASCII
)


def read_rates(
    rows: Sequence[Row], *, currencies: Mapping[str, str], source: str, day: date | None = None
) -> RateSheet:
    """Rates from the rows of a sheet. `currencies` are the letter codes with their numeric ones.

    Raises SheetRefused `no_heading`, `heading_twice`, `no_rows`, `day_missing`, `day_differs`.
    """
    place, columns = heading_in(rows, HEADINGS, ("per", "rate"))
    if "code" not in columns and "numeric" not in columns:
        raise SheetRefused("no_heading", columns="code")
    written = _day_above(rows[:place])
    if day and written and day != written:
        raise SheetRefused("day_differs", day=day.isoformat(), found=written.isoformat())
    reading = _Reading(columns, currencies, source, day or written)
    for number, row in enumerate(rows[place + 1 :], start=place + 2):
        if any(row):
            reading.take(number, row)
    if not reading.rates and not reading.faults:
        raise SheetRefused("no_rows")
    return RateSheet(tuple(reading.rates), tuple(reading.faults))


def _day_above(rows: Sequence[Row]) -> date | None:
    """The one day that the lines above the table say. Raises SheetRefused `day_differs` for two."""
    days = {day for row in rows for cell in row for text in _WITHIN.findall(cell) if (day := day_in(text))}
    if len(days) > 1:
        first, second = sorted(days)[:2]
        raise SheetRefused("day_differs", day=first.isoformat(), found=second.isoformat())
    return next(iter(days), None)


class _Wrong(Exception):
    """A cell that cannot be read."""

    def __init__(self, column: str, code: str, **values: str) -> None:
        super().__init__(code)
        self.column, self.code, self.values = column, code, values


class _Reading:
    """Takes row after row; keeps rates and faults."""

    def __init__(
        self, columns: Mapping[str, int], currencies: Mapping[str, str], source: str, day: date | None
    ) -> None:
        if day is None and "day" not in columns:
            raise SheetRefused("day_missing")
        self.columns, self.currencies, self.source, self.day = columns, currencies, source, day
        self.by_number = {numeric: code for code, numeric in currencies.items()}
        self.rates: list[ExchangeRate] = []
        self.faults: list[Fault] = []
        self.seen: dict[tuple[str, date], int] = {}

    def cell(self, row: Row, name: str) -> str:
        place = self.columns.get(name)
        return row[place] if place is not None and place < len(row) else ""

    def take(self, number: int, row: Row) -> None:
        said: list[Any] = []
        for reader in (self._currency, self._day, self._per, self._rate):
            try:
                said.append(reader(row))
            except _Wrong as wrong:
                self.faults.append(Fault(number, wrong.column, wrong.code, wrong.values))
        if len(said) < 4:
            return
        currency, day, per, rate = said
        first = self.seen.setdefault((currency, day), number)
        if first != number:
            self.faults.append(Fault(number, "code", "twice", {"found": currency, "first": str(first)}))
            return
        self.rates.append(ExchangeRate(currency, day, per, rate, self.source, Confidence.CONFIRMED))

    def _currency(self, row: Row) -> str:
        letters, digits = self.cell(row, "code").upper(), self.cell(row, "numeric")
        if letters.isascii() and letters.isdigit():  # one column may hold the numeric codes
            letters, digits = "", letters
        if not letters and not digits:
            raise _Wrong("code", "code_missing")
        # A spreadsheet turns 036 into 36: a numeric code always has three digits.
        by_number = self.by_number.get(digits.zfill(3)) if digits else None
        currency = letters or by_number or digits
        if currency not in self.currencies or currency in NO_CURRENCY:
            raise _Wrong("code", "currency_unknown", found=letters or digits)
        if digits and by_number != currency:
            raise _Wrong("code", "codes_differ", found=currency, other=digits)
        if currency == OWN:
            raise _Wrong("code", "own_currency", found=currency)
        return currency

    def _day(self, row: Row) -> date:
        said = self.cell(row, "day")
        if not said:
            if self.day is None:
                raise _Wrong("day", "day_missing")
            return self.day
        day = day_in(said)
        if day is None:
            raise _Wrong("day", "not_a_day", found=said)
        if self.day is not None and day != self.day:
            raise _Wrong("day", "day_differs", found=said, day=self.day.isoformat())
        return day

    def _per(self, row: Row) -> int:
        said = self.cell(row, "per")
        per = number_in(said)
        if per is None or per not in PER:
            raise _Wrong("per", "per_unknown", found=said)
        return int(per)

    def _rate(self, row: Row) -> Decimal:
        said = self.cell(row, "rate")
        rate = number_in(said)
        if rate is None:
            raise _Wrong("rate", "not_a_number", found=said)
        if rate <= 0:
            raise _Wrong("rate", "not_positive", found=said)
        if rate >= 10**DIGITS or rate != round(rate, SCALE):
            raise _Wrong("rate", "too_fine", found=said)
        return rate
