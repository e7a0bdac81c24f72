"""`gumruk rate`: reads rate texts, one a line, and writes their structure or a clear refusal."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from typing import Any, TextIO

from gumruk.cli.lines import Line, LineRefused, answer_input
from gumruk.rules.rates import RateRefused, read_rate, write_rate

FIELDS = """\
Each line of standard input is one rate text, as a tariff prints it.

  echo '10% but not less than 0.5 EUR/kg' | gumruk rate --json

docs/reference/calc-and-rate.md has what comes back.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="write one JSON object for each line")
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.epilog = FIELDS


def run(chosen: argparse.Namespace) -> int:
    return answer_input(lambda lines, out: answer(lines, out, as_json=chosen.json))


def answer(lines: Iterable[Line], out: TextIO, *, as_json: bool) -> int:
    """Answer every line, in order."""
    for line in lines:
        said = line.said if isinstance(line, LineRefused) else structure(line.rstrip("\r\n"))
        out.write(json.dumps(said, ensure_ascii=False) + "\n" if as_json else plain(line, said))
    return 0


def plain(line: Line, said: dict[str, Any]) -> str:
    """One answer for people."""
    text = "" if isinstance(line, LineRefused) else line.rstrip("\r\n")
    if "error" in said:
        return f"{text}\t! {said['error']['where']}: {said['error']['message']}\n"
    return f"{text}\t{write_rate(read_rate(text))}\n"


def structure(text: str) -> dict[str, Any]:
    """The components of one rate text, or the refusal."""
    try:
        parts = read_rate(text)
    except RateRefused as refused:
        return LineRefused(refused.code, refused.where, refused.message).said
    components = [
        {
            "op": part.op,
            "amount": format(part.amount, "f"),
            "percent": part.percent,
            "currency": part.currency,
            "per": None if part.per is None else format(part.per, "f"),
            "unit": part.unit,
        }
        for part in parts
    ]
    return {"text": text, "components": components}
