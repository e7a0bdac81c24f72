"""The law of a day for the running program: the shipped law with the exchange rates that were entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from gumruk.law.day import Law, ParameterUnknown
from gumruk.law.types import ExchangeRate
from gumruk.lawbook import files, shipped
from gumruk.reference import selectors as reference
from gumruk.rules.checks import Checks
from gumruk.rules.form import Form
from gumruk.toolkit.text import dictionary_key


def form() -> Form:
    """The register of the declaration's fields."""
    return files.form()


def checks_on(day: date) -> Checks:
    """The format-logical rules that hold on `day`."""
    return shipped.checks_on(day)


def on(day: date) -> Law:
    """The law of `day` with the rates of exchange of that day; one query, the rest is kept in the process."""
    return _built(day, reference.rates_on(day))


@lru_cache(maxsize=64)
def _built(day: date, exchange: tuple[ExchangeRate, ...]) -> Law:
    return shipped.on(day, exchange=exchange)


def codes(name: str, language: str) -> tuple[tuple[str, str], ...]:
    """Code and name of every row of a list: numbers by number, the rest in the dictionary order of `language`."""
    rows = files.code_lists()[name]
    named = ((code, str(row.get(language) or row.get("en", ""))) for code, row in rows.items())
    if all(code.isdigit() for code in rows):
        return tuple(sorted(named))
    return tuple(sorted(named, key=lambda row: (dictionary_key(row[1]), row[0])))


def payment_label(kind: str, language: str) -> str:
    """The name of a payment kind; empty when the law has no formula for it."""
    return next((f.label.in_language(language) for f in files.formulas() if f.kind == kind), "")


def currencies() -> dict[str, str]:
    """Letter code → numeric code of every currency."""
    return {code: str(row["numeric"]) for code, row in files.code_lists()["currency"].items()}


def exchange_rate_limit(day: date) -> Decimal | None:
    """By how many percent a rate may move before it asks to be confirmed; None when the law of `day` does not say."""
    try:
        return Decimal(str(on(day).value("exchange_rate_jump_percent")))
    except ParameterUnknown:
        return None


def code_rows(name: str) -> Mapping[str, Mapping[str, Any]]:
    """Every row of a code list with its attributes, by code; empty when there is no such list."""
    return files.code_lists().get(name, {})


def code_list_names() -> tuple[str, ...]:
    """The names of all code lists."""
    return tuple(sorted(files.code_lists()))
