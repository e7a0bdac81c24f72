"""`gumruk bank FILE --as CASHIER`: take a statement of the bank in; sending it again changes nothing."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="statement in JSON or CSV (docs/reference/bank-statement.md)")
    parser.add_argument("--as", dest="person", required=True, help="sign-in name of the cashier")
    parser.add_argument("--json", action="store_true", help="write one JSON object per row in place of a table")


def run(chosen: argparse.Namespace) -> int:
    from gumruk.exchange.bank import receive_bank_statement
    from gumruk.exchange.bank_files import StatementRefused
    from gumruk.payments.types import PaymentRefused
    from gumruk.toolkit import clock
    from gumruk.trust import selectors as trust

    at = clock.now()
    person = trust.person_named(username=chosen.person, day=clock.law_day(at))
    if person is None:
        print(f"gumruk: there is no person {chosen.person}.", file=sys.stderr)
        return 2
    try:
        outcomes = receive_bank_statement(data=chosen.file.read_bytes(), by=person, at=at)
    except OSError as wrong:
        print(f"gumruk: {chosen.file} cannot be read: {wrong.strerror}.", file=sys.stderr)
        return 2
    except (StatementRefused, PaymentRefused) as refused:
        print(f"gumruk: {refused}", file=sys.stderr)
        return 2
    for one in outcomes:
        if chosen.json:
            print(json.dumps(asdict(one), ensure_ascii=False))
        else:
            print(f"{one.line:>6}  {one.reference:<40}{one.outcome:<12}{one.field} {one.detail}".rstrip())
    return 1 if any(one.outcome == "refused" for one in outcomes) else 0
