"""`gumruk declare FILE --as BROKER`: from a file to a lodged and assessed declaration."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="ASYCUDA World XML or JSON")
    parser.add_argument("--as", dest="person", required=True, help="sign-in name of the broker")
    parser.add_argument("--json", action="store_true", help="write JSON in place of a table")
    parser.add_argument("--language", choices=["tg", "ru", "en"], default="en")


def run(chosen: argparse.Namespace) -> int:
    from gumruk.clearance import services as clearance
    from gumruk.declarations import services as declarations
    from gumruk.declarations.types import DeclarationRefused
    from gumruk.exchange import formats
    from gumruk.exchange.types import FileRefused
    from gumruk.toolkit import clock
    from gumruk.trust import selectors as trust

    at = clock.now()
    person = trust.person_named(username=chosen.person, day=clock.law_day(at))
    if person is None:
        print(f"gumruk: there is no person {chosen.person}.", file=sys.stderr)
        return 2
    try:
        parsed = formats.parse(chosen.file.read_bytes())
        draft = declarations.create_draft(
            content=parsed.content, by=person, at=at, origin="file", residue=parsed.residue, source_format=parsed.format
        )
        lodged = clearance.lodge(declaration=draft, by=person, at=at)
    except OSError as wrong:
        print(f"gumruk: {chosen.file} cannot be read: {wrong.strerror}.", file=sys.stderr)
        return 2
    except (FileRefused, DeclarationRefused) as refused:
        print(f"gumruk: {refused}", file=sys.stderr)
        return 2
    except clearance_refused() as refused:
        print(f"gumruk: {refused}", file=sys.stderr)
        return 2
    said = {
        "declaration": str(lodged.declaration),
        "accepted": lodged.accepted,
        "state": lodged.state.value,
        "registration": lodged.registration,
        "findings": [worded(finding, chosen.language, clock.law_day(at)) for finding in lodged.findings],
        "lines": [
            {"item": line.item, "kind": line.kind, "base": str(line.base), "rate": line.rate, "amount": str(line.amount),
             "working": line.text, "cites": list(line.cites)}
            for line in lodged.assessment.lines
        ],
        "total": str(lodged.assessment.total),
    }  # fmt: skip
    print(json.dumps(said, ensure_ascii=False, indent=2) if chosen.json else table(said))
    return 0 if lodged.accepted else 1


def clearance_refused() -> type[Exception]:
    """The refusal of clearance, imported late so that the command starts fast."""
    from gumruk.clearance.types import ClearanceRefused

    return ClearanceRefused


def worded(finding: Any, language: str, day: Any) -> dict[str, str]:
    """A finding with its sentence."""
    from gumruk.exchange.wording import sentence

    return {
        "code": finding.code,
        "severity": str(finding.severity),
        "path": finding.path,
        "box": finding.box,
        "found": finding.found,
        "expected": finding.expected,
        "cites": finding.cites,
        "message": sentence(finding, language, day),
    }


def table(said: dict[str, Any]) -> str:
    """The answer for people."""
    rows = [f"{said['state']}  {said['registration'] or 'not registered'}"]
    rows += [f"  {f['severity']:<8}{f['code']:<14}{f['message']}" for f in said["findings"]]
    rows += [
        f"  {row['item'] or '-':>3}  {row['kind']:<15}{row['base']:>16}  {row['rate']:<30}{row['amount']:>15}"
        for row in said["lines"]
    ]
    return "\n".join([*rows, f"  {'total':<66}{said['total']:>15} TJS"])
