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
from gumruk.law.types import Citation, Confidence, ExchangeRate, Formula, Measure, Words
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

TOTAL = Words("Ҳамагӣ", "Итого", "Total")
GUARANTEED = Words("Кафолат дода мешавад", "К обеспечению", "To be guaranteed")
FIELDS = """\
Each line of standard input is one JSON object; amounts, masses and rates are text in quotes.

  date         day whose law is applied, 2026-01-15 (required)
  value        customs value of the goods (required)
  currency     its currency, three letters (required)
  code         goods code, 2 to 10 digits (required unless rates are given)
  country      country of origin, two letters
  regime       customs regime (FREE_CIRC)
  quantities   {"KGM": "10", "LTR": "5"}: kilograms and up to three other units
  documents    list of kinds of documents shown, such as ["COO"]
  preference   code of the preference that is claimed
  rates        list of rate texts in place of the stored tariff
  exchange     {"EUR": "11.8740"}: TJS for one unit; required for each currency but TJS
  round        {"digits": 2, "mode": "HALF_UP"} in place of the law's rounding

  echo '{"date": "2026-01-15", "code": "0207120000", "country": "BR", "value": "100.00", "currency": "TJS"}' | gumruk calc

docs/reference/calc-and-rate.md has what comes back.
"""


def named(path: str) -> str:
    """The input field behind a path of the form."""
    name = path.rpartition("/")[2]
    return NAMES.get(name, name)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="write one JSON object for each line")
    parser.add_argument("--no-demo", action="store_true", help="leave the invented demonstration tariff out")
    parser.add_argument("--language", choices=["tg", "ru", "en"], default="en", help="language of names and reasons")
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = FIELDS


def run(chosen: argparse.Namespace) -> int:
    return answer_input(
        lambda lines, out: answer(lines, out, as_json=chosen.json, demo=not chosen.no_demo, language=chosen.language)
    )


def answer(lines: Iterable[Line], out: TextIO, *, as_json: bool, demo: bool = True, language: str = "en") -> int:
    """Answer every line, in order; a refusal is an answer."""
    for line in lines:
        try:
            if isinstance(line, LineRefused):
                raise line
            result = computed(line, demo=demo, language=language)
        except LineRefused as refused:
            out.write(json.dumps(refused.said, ensure_ascii=False) + "\n" if as_json else refusal(refused))
            continue
        out.write(json.dumps(said_of(result), ensure_ascii=False) + "\n" if as_json else table(result, language))
    return 0


def refusal(refused: LineRefused) -> str:
    """A refusal for people."""
    return f"! {refused.where}: {refused.message}\n"


def table(result: Assessment, language: str) -> str:
    """One answer for people, with what was put aside and why."""
    rows: list[str] = []
    labels = shipped.snapshot().payment_labels
    for line in result.lines:
        if not line.item:
            continue
        name = labels[line.kind].in_language(language) if line.kind in labels else line.kind
        rows.append(f"{name:<30}{line.base!s:>18}  {line.rate:<28}{line.amount!s:>16}  {line.text}")
        rows += [f"{'':<30}- {put.measure}: {reason_words(put).in_language(language)}" for put in line.rejected]
    said = said_of(result)
    rows.append(f"{TOTAL.in_language(language):<78}{said['total']:>16}  {said['currency']}")
    if result.guaranteed:
        rows.append(f"{GUARANTEED.in_language(language):<78}{result.guaranteed!s:>16}  {said['currency']}")
    return "\n".join([*rows, ""])


def computed(line: str, *, demo: bool, language: str = "en") -> Assessment:
    """The payments of one input. Raises LineRefused."""
    asked = read_line(line)
    exchange = [
        ExchangeRate(currency, asked.day, 1, rate, "given", Confidence.DEMO)
        for currency, rate in asked.exchange.items()
    ]
    try:
        law = shipped.on(asked.day, exchange=exchange, demo=demo)
    except LawRefused as refused:
        raise LineRefused(refused.code, "date", wording.sentence(refused.code, refused.values, language)) from refused
    _known(asked, law)
    if asked.rates is not None or asked.rounding is not None:
        law = _what_if(law, asked)
    reading = read(files.form(), asked.content)
    for fault in reading.malformed:
        raise LineRefused(fault.reason, named(fault.path), f"“{fault.found}” cannot stand there ({fault.reason}).")
    result = assess(reading.facts, files.form(), law)
    for problem in result.problems:
        if problem.severity is Severity.ERROR:
            raise LineRefused(problem.code, named(problem.path), sentence(problem, language))
    return result


def sentence(problem: Problem, language: str) -> str:
    """What is wrong, with the numbers."""
    return PROBLEMS[problem.code].in_language(language).format(**dict(problem.values))


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
