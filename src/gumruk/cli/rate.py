"""`gumruk rate`: reads rate texts, one a line, and writes their structure or a clear refusal."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable
from typing import Any, TextIO

from gumruk.rules.rates import RateRefused, read_rate, write_rate


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="write one JSON object for each line")


def run(chosen: argparse.Namespace) -> int:
    return answer(sys.stdin, sys.stdout, as_json=chosen.json)


def answer(lines: Iterable[str], out: TextIO, *, as_json: bool) -> int:
    """Answer every line, in order."""
    for line in lines:
        text = line.rstrip("\r\n")
        said = structure(text)
        if as_json:
            out.write(json.dumps(said, ensure_ascii=False) + "\n")
        elif "error" in said:
            out.write(f"{text}\t! {said['error']['where']}: {said['error']['message']}\n")
        else:
            out.write(f"{text}\t{write_rate(read_rate(text))}\n")
    return 0


def structure(text: str) -> dict[str, Any]:
    """The components of one rate text, or the refusal."""
    try:
        parts = read_rate(text)
    except RateRefused as refused:
        return {"error": {"code": refused.code, "where": refused.where, "message": refused.message}}
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
