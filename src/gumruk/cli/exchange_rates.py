"""`gumruk exchange-rates`: enters a table of official rates from a file, or lists the rates of a day."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gumruk.law.types import ExchangeRate
    from gumruk.trust.types import Person

SOURCE = "National Bank of Tajikistan"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", type=Path, help="CSV or XLSX: code, units, rate, and the day")
    parser.add_argument("--list", dest="listed", type=date.fromisoformat, metavar="DAY", help="list the rates of a day")
    parser.add_argument("--day", type=date.fromisoformat, help="the day of the rates, when the file does not say it")
    parser.add_argument("--as", dest="username", default="", help="sign-in name of the person who enters them")
    parser.add_argument("--source", default=SOURCE, help="where the rates were published")
    parser.add_argument("--preview", action="store_true", help="read and compare, enter nothing")
    parser.add_argument("--confirm", action="store_true", help="enter rates that changed unusually much")
    parser.add_argument("--language", choices=("tg", "ru", "en"), default="en", help="language of messages")
    parser.add_argument("--json", action="store_true", help="write JSON")


def run(chosen: argparse.Namespace) -> int:
    if chosen.listed:
        return show(chosen.listed, as_json=chosen.json)
    if chosen.file is None:
        print("gumruk: name a file of rates, or a day with --list", file=sys.stderr)
        return 2
    return enter(chosen)


def show(day: date, *, as_json: bool) -> int:
    """The standing rates of a day; exit 1 when there are none."""
    from gumruk.reference import selectors

    rates = selectors.rates_on(day)
    for rate in rates:
        print(_line(rate, as_json=as_json))
    if not rates:
        print(f"No rates are published for {day.isoformat()}.", file=sys.stderr)
    return 0 if rates else 1


def _line(rate: ExchangeRate, *, as_json: bool) -> str:
    if as_json:
        said = {"currency": rate.currency, "day": rate.day.isoformat(), "per": rate.per, "rate": str(rate.rate)}
        return json.dumps({**said, "source": rate.source, "confidence": str(rate.confidence)}, ensure_ascii=False)
    return (
        f"{rate.day.isoformat()}  {rate.currency}  {rate.per:>5}  {rate.rate:>14f}  {rate.confidence:<9}  {rate.source}"
    )


def enter(chosen: argparse.Namespace) -> int:
    """Read the file, say every fault, then enter; exit 1 when anything is wrong and nothing was entered."""
    from gumruk.lawbook import selectors as lawbook
    from gumruk.reference import services
    from gumruk.reference.rate_sheet import read_rates
    from gumruk.reference.types import RateOfExchangeRefused
    from gumruk.reference.wording import refusal, row_fault
    from gumruk.toolkit import clock
    from gumruk.toolkit.sheets import SheetRefused, read_sheet

    at, language = clock.now(), chosen.language
    try:
        rows = read_sheet(chosen.file.read_bytes())
        sheet = read_rates(rows, currencies=lawbook.currencies(), source=chosen.source, day=chosen.day)
        for fault in sheet.faults:
            print(row_fault(fault.row, fault.column, fault.code, language, fault.values), file=sys.stderr)
        if sheet.faults:
            return 1
        limit = lawbook.exchange_rate_limit(clock.law_day(at))
        if chosen.preview:
            return _preview(sheet.rates, limit, as_json=chosen.json)
        person = _person(chosen.username, clock.law_day(at))
        if person is None:
            print("gumruk: say with --as who enters the rates", file=sys.stderr)
            return 2
        count = services.enter_rates(rates=sheet.rates, at=at, by=person, limit_percent=limit, confirmed=chosen.confirm)
    except OSError as missing:
        print(f"gumruk: {missing}", file=sys.stderr)
        return 2
    except (SheetRefused, RateOfExchangeRefused) as refused:
        print(refusal(refused.code, language, refused.values), file=sys.stderr)
        return 1
    print(json.dumps({"entered": count}) if chosen.json else f"Entered: {count}")
    return 0


def _preview(rates: Sequence[ExchangeRate], limit: Decimal | None, *, as_json: bool) -> int:
    from gumruk.reference.selectors import jumps

    for rate in rates:
        print(_line(rate, as_json=as_json))
    for jump in jumps(rates, limit_percent=limit) if limit is not None else ():
        print(f"! {jump.currency} {jump.percent:+f} % since {jump.before_day.isoformat()}", file=sys.stderr)
    return 0


def _person(username: str, day: date) -> Person | None:
    from gumruk.trust import selectors as trust

    return trust.person_named(username=username, day=day) if username else None
