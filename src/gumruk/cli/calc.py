"""`gumruk calc`: payments of one line of goods for each JSON line, under the law of its day or under rates of its own."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, TextIO

from gumruk.law.day import Law, LawRefused
from gumruk.law.types import Citation, Confidence, ExchangeRate, Formula, Measure
from gumruk.lawbook import files, shipped
from gumruk.lawbook.wording import sentence
from gumruk.rules.duty import Assessment, assess
from gumruk.rules.form import read
from gumruk.rules.formula import FormulaRefused
from gumruk.rules.formula.tree import MODES
from gumruk.rules.rates import RateRefused, read_rate

KNOWN = {
    "date",
    "code",
    "country",
    "regime",
    "value",
    "currency",
    "quantities",
    "documents",
    "preference",
    "rates",
    "exchange",
    "round",
}


# Our field → the name that a line of `calc` gives it.
NAMES = {"price": "value", "goods_code": "code", "net_mass": "quantities", "supplementary_quantity": "quantities"}


def named(path: str) -> str:
    """The input field behind a path of the form."""
    name = path.rpartition("/")[2]
    return NAMES.get(name, name)


class LineRefused(Exception):
    """One input line cannot be answered: what, where, and what to do."""

    def __init__(self, code: str, where: str, message: str) -> None:
        super().__init__(message)
        self.code, self.where, self.message = code, where, message


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="write one JSON object for each line")
    parser.add_argument("--no-demo", action="store_true", help="leave the invented demonstration tariff out")


def run(chosen: argparse.Namespace) -> int:
    return answer(sys.stdin, sys.stdout, as_json=chosen.json, demo=not chosen.no_demo)


def answer(lines: Iterable[str], out: TextIO, *, as_json: bool, demo: bool = True) -> int:
    """Answer every line, in order; a refusal is an answer."""
    for line in lines:
        try:
            said = computed(line, demo=demo)
        except LineRefused as refused:
            said = {"error": {"code": refused.code, "where": refused.where, "message": refused.message}}
        out.write(json.dumps(said, ensure_ascii=False) + "\n" if as_json else table(said))
    return 0


def table(said: dict[str, Any]) -> str:
    """One answer as text for people."""
    if "error" in said:
        return f"! {said['error']['where']}: {said['error']['message']}\n"
    rows = [
        f"{row['kind']:<14}{row['base']:>18}  {row['rate']:<28}{row['amount']:>16}  {row['working']}"
        for row in said["lines"]
    ]
    return "\n".join([*rows, f"{'total':<62}{said['total']:>16}  {said['currency']}", ""])


def computed(line: str, *, demo: bool) -> dict[str, Any]:
    """The payment lines of one input. Raises LineRefused."""
    asked = _asked(line)
    day = _day(asked)
    exchange = [
        ExchangeRate(currency, day, 1, _decimal(text, f"exchange/{currency}"), "given", Confidence.DEMO)
        for currency, text in _mapping(asked, "exchange").items()
    ]
    try:
        law = shipped.on(day, exchange=exchange, demo=demo)
    except LawRefused as refused:
        raise LineRefused(refused.code, "date", sentence(refused.code, refused.values, "en")) from refused
    if asked.get("rates") is not None or asked.get("round") is not None:
        law = _what_if(law, asked)
    reading = read(files.form(), _content(asked))
    for fault in reading.malformed:
        raise LineRefused(fault.reason, named(fault.path), f"“{fault.found}” cannot stand there ({fault.reason}).")
    result = assess(reading.facts, files.form(), law)
    for problem in result.problems:
        if problem.severity == "error":
            values = ", ".join(f"{name} {value}" for name, value in problem.values)
            raise LineRefused(problem.code, named(problem.path), f"{problem.code.replace('_', ' ')}: {values}.")
    return _said(result)


def _said(result: Assessment) -> dict[str, Any]:
    lines = [
        {
            "kind": line.kind,
            "base": str(line.base),
            "rate": line.rate,
            "amount": str(line.amount),
            "working": line.text,
            "cites": list(line.cites),
        }
        for line in result.lines
        if line.item
    ]
    payable = [line.amount for line in result.lines if line.item and line.payable]
    total = sum(payable[1:], payable[0]) if payable else Decimal("0.00")
    return {"lines": lines, "total": str(total), "currency": result.currency}


def _asked(line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line, parse_float=_no_float)
    except (ValueError, RecursionError) as wrong:
        raise LineRefused("not_json", "line", f"The line is not JSON: {wrong}") from wrong
    if not isinstance(asked, dict):
        raise LineRefused("not_json", "line", "The line must be a JSON object.")
    for name in asked:
        if name not in KNOWN:
            raise LineRefused("unknown_field", name, f"There is no field {name}. Known: {', '.join(sorted(KNOWN))}.")
    for name in ("date", "value", "currency"):
        if not isinstance(asked.get(name), str) or not asked[name]:
            raise LineRefused("field_missing", name, f"{name} must be given as text in quotes.")
    return asked


def _no_float(text: str) -> Any:
    raise ValueError(f"{text} is a number without quotes; write amounts as text")


def _day(asked: dict[str, Any]) -> date:
    try:
        return date.fromisoformat(asked["date"])
    except ValueError as wrong:
        raise LineRefused("not_a_date", "date", f"{asked['date']} is not a date. Write it as 2026-01-31.") from wrong


def _mapping(asked: dict[str, Any], name: str) -> dict[str, str]:
    said = asked.get(name) or {}
    if not isinstance(said, dict):
        raise LineRefused("not_an_object", name, f"{name} must be an object.")
    return said


def _decimal(text: Any, where: str) -> Decimal:
    try:
        number = Decimal(text) if isinstance(text, str) else None
    except InvalidOperation:
        number = None
    if number is None or not number.is_finite() or number <= 0 or len(str(text)) > 20:
        raise LineRefused("not_a_number", where, f"{text} is not a positive number in quotes.")
    return number


def _content(asked: dict[str, Any]) -> dict[str, Any]:
    item = {
        "goods_code": str(asked.get("code") or ""),
        "item_origin_country": str(asked.get("country") or ""),
        "preference": str(asked.get("preference") or ""),
        "price": asked["value"],
    }
    slots = iter(("", "_2", "_3"))
    for unit, quantity in _mapping(asked, "quantities").items():
        if not isinstance(quantity, str):
            raise LineRefused("not_a_number", f"quantities/{unit}", "Quantities are text in quotes.")
        if unit == "KGM":
            item["net_mass"] = quantity
            continue
        suffix = next(slots, None)
        if suffix is None:
            raise LineRefused("too_many_units", "quantities", "At most three units besides kilograms can be given.")
        item[f"supplementary_unit{suffix}"], item[f"supplementary_quantity{suffix}"] = unit, quantity
    return {"currency": asked["currency"], "regime": str(asked.get("regime") or "FREE_CIRC"), "items": [item]}


def _what_if(law: Law, asked: dict[str, Any]) -> Law:
    """The law with the given rates in place of the stored measures, and the given rounding in every formula."""
    rounding = _mapping(asked, "round")
    digits, mode = rounding.get("digits", 2), rounding.get("mode", "HALF_UP")
    if mode not in MODES or not isinstance(digits, int) or not 0 <= digits <= 6:
        raise LineRefused("rounding_unknown", "round", f"digits is 0 to 6, mode one of {', '.join(MODES)}.")
    formulas = tuple(replace(f, text=f.text.replace("2, HALF_UP", f"{digits}, {mode}")) for f in law.formulas)
    rates = asked.get("rates")
    if rates is None:
        return replace(law, formulas=formulas)
    if not isinstance(rates, list) or not rates:
        raise LineRefused("rates_missing", "rates", "rates must be a list of texts such as 10%.")
    measures: list[Measure] = []
    made: list[Formula] = []
    for number, text in enumerate(rates, start=1):
        kind = "duty" if len(rates) == 1 else f"rate_{number}"
        try:
            components = read_rate(str(text))
        except RateRefused as refused:
            raise LineRefused(refused.code, f"rates/{number}", refused.message) from refused
        cites = Citation("given")
        measures.append(Measure(kind, kind, "", str(text), components, law.day, None, cites, Confidence.DEMO))
        formula = f"round(rate(value), {digits}, {mode})"
        made.append(
            Formula(kind, number, formula, law.formulas[0].label, law.day, None, cites, Confidence.DEMO, mandatory=True)
        )
    try:
        return Law.build(
            day=law.day, ruleset="given", measures=measures, formulas=made, areas=law.areas, codes=law.codes,
            exchange=[rate for rate in (law.exchange(c) for c in law.codes["currency"]) if rate],
        )  # fmt: skip
    except FormulaRefused as refused:
        raise LineRefused(refused.code, "rates", refused.detail) from refused
