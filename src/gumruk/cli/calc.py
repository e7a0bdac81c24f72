"""`gumruk calc`: payments of one line of goods for each JSON line, under the law of its day or under rates of its own.

Fees on a declaration as a whole are no part of it: one line of goods is not a declaration.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any, TextIO

from gumruk.cli.calc_input import Asked, Rounding, read_line
from gumruk.cli.lines import Line, LineRefused, answer_input
from gumruk.law.day import Law, LawRefused
from gumruk.law.types import Citation, Confidence, ExchangeRate, Formula, Measure
from gumruk.lawbook import files, shipped, wording
from gumruk.rules.duty import Assessment, Problem, assess
from gumruk.rules.duty.words import PROBLEMS, reason_words
from gumruk.rules.form import read
from gumruk.rules.rates import RateRefused, read_rate
from gumruk.rules.types import Severity

# Our field → the name that a line of `calc` gives it.
NAMES = {
    "price": "value", "goods_code": "code", "net_mass": "quantities", "declaration_date": "date", "value_total": "value",
    **{f"supplementary_{name}{suffix}": "quantities" for name in ("quantity", "unit") for suffix in ("", "_2", "_3")},
}  # fmt: skip


def named(path: str) -> str:
    """The input field behind a path of the form."""
    name = path.rpartition("/")[2]
    return NAMES.get(name, name)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="write one JSON object for each line")
    parser.add_argument("--no-demo", action="store_true", help="leave the invented demonstration tariff out")


def run(chosen: argparse.Namespace) -> int:
    return answer_input(lambda lines, out: answer(lines, out, as_json=chosen.json, demo=not chosen.no_demo))


def answer(lines: Iterable[Line], out: TextIO, *, as_json: bool, demo: bool = True) -> int:
    """Answer every line, in order; a refusal is an answer."""
    for line in lines:
        try:
            if isinstance(line, LineRefused):
                raise line
            result = computed(line, demo=demo)
        except LineRefused as refused:
            out.write(json.dumps(refused.said, ensure_ascii=False) + "\n" if as_json else refusal(refused))
            continue
        out.write(json.dumps(said_of(result), ensure_ascii=False) + "\n" if as_json else table(result))
    return 0


def refusal(refused: LineRefused) -> str:
    """A refusal for people."""
    return f"! {refused.where}: {refused.message}\n"


def table(result: Assessment) -> str:
    """One answer for people, with what was put aside and why."""
    rows: list[str] = []
    for line in result.lines:
        if not line.item:
            continue
        rows.append(f"{line.kind:<14}{line.base!s:>18}  {line.rate:<28}{line.amount!s:>16}  {line.text}")
        rows += [f"{'':<14}- {put.measure}: {reason_words(put).in_language('en')}" for put in line.rejected]
    said = said_of(result)
    rows.append(f"{'total':<62}{said['total']:>16}  {said['currency']}")
    if result.guaranteed:
        rows.append(f"{'to be guaranteed':<62}{result.guaranteed!s:>16}  {said['currency']}")
    return "\n".join([*rows, ""])


def computed(line: str, *, demo: bool) -> Assessment:
    """The payments of one input. Raises LineRefused."""
    asked = read_line(line)
    exchange = [
        ExchangeRate(currency, asked.day, 1, rate, "given", Confidence.DEMO)
        for currency, rate in asked.exchange.items()
    ]
    try:
        law = shipped.on(asked.day, exchange=exchange, demo=demo)
    except LawRefused as refused:
        raise LineRefused(refused.code, "date", wording.sentence(refused.code, refused.values, "en")) from refused
    _known(asked, law)
    if asked.rates is not None or asked.rounding is not None:
        law = _what_if(law, asked)
    reading = read(files.form(), asked.content)
    for fault in reading.malformed:
        raise LineRefused(fault.reason, named(fault.path), f"“{fault.found}” cannot stand there ({fault.reason}).")
    result = assess(reading.facts, files.form(), law)
    for problem in result.problems:
        if problem.severity is Severity.ERROR:
            raise LineRefused(problem.code, named(problem.path), sentence(problem))
    return result


def sentence(problem: Problem) -> str:
    """What is wrong, in English, with the numbers."""
    return PROBLEMS[problem.code].en.format(**dict(problem.values))


def said_of(result: Assessment) -> dict[str, Any]:
    """The answer as JSON data: amounts are text."""
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


def _known(asked: Asked, law: Law) -> None:
    """Codes that no list has are refused: a wrong country would quietly lose its preference."""
    item = asked.content["items"][0]
    for field, list_name, code in (
        ("country", "country", item["item_origin_country"]),
        ("currency", "currency", asked.content["currency"]),
    ):
        if code and code not in law.codes[list_name]:
            raise LineRefused(f"{field}_unknown", field, f"{code} is no {field} code in use.")


def _what_if(law: Law, asked: Asked) -> Law:
    """The law with the given rates in place of the stored measures, and the given rounding in every formula."""
    rounding = asked.rounding or Rounding(2, "HALF_UP")
    formulas = law.formulas
    if asked.rounding is not None:
        ending = f", {rounding.digits}, {rounding.mode})"
        formulas = tuple(
            formula
            if formula.scope == "value"
            else replace(formula, text=re.sub(r", [0-9], [A-Z_]+\)", ending, formula.text))
            for formula in law.formulas
        )
    if asked.rates is None or not law.formulas:
        return replace(law, formulas=formulas)
    kept = [formula for formula in law.formulas if formula.scope == "value"]
    measures: list[Measure] = []
    cites = Citation("given")
    for place, text in enumerate(asked.rates, start=1):
        kind = "duty" if len(asked.rates) == 1 else f"rate_{place}"
        try:
            components = read_rate(text)
        except RateRefused as refused:
            raise LineRefused(refused.code, f"rates/{place}", refused.message) from refused
        measures.append(Measure(kind, kind, "", text, components, law.day, None, cites, Confidence.DEMO))
        formula = f"round(rate(value), {rounding.digits}, {rounding.mode})"
        kept.append(
            Formula(kind, place, formula, law.formulas[0].label, law.day, None, cites, Confidence.DEMO, mandatory=True)
        )
    return Law.build(
        day=law.day, ruleset="given", measures=measures, formulas=kept, areas=law.areas, codes=law.codes,
        exchange=[rate for rate in map(law.exchange, law.currencies) if rate],
        attributes={"regime": {code: law.attributes("regime", code) for code in law.codes["regime"]}},
    )  # fmt: skip
