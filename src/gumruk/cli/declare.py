"""`gumruk declare FILE --as BROKER`: from a file to a lodged and assessed declaration, or only to what would be said of it.

Ends with 0 when it was accepted (or would be), 1 when findings stop it, 2 when the file or the command is wrong. The answer
goes to standard output, everything else to standard error.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gumruk.cli import declare_reasons
from gumruk.cli.declare_reasons import Reasons

if TYPE_CHECKING:
    from gumruk.exchange.types import ParsedFile
    from gumruk.trust.types import Person

ACCEPTED, STOPPED, WRONG = 0, 1, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", help="ASYCUDA World XML, WCO XML, JSON, XLSX or CSV; - for standard input")
    parser.add_argument("--as", dest="person", required=True, help="sign-in name of the broker")
    parser.add_argument("--json", action="store_true", help="write JSON in place of a table")
    parser.add_argument("--dry-run", action="store_true", help="check only: nothing is stored")
    parser.add_argument("--language", choices=["tg", "ru", "en"], default="en")
    declare_reasons.add_arguments(parser)


def run(chosen: argparse.Namespace) -> int:
    from django.utils import translation

    from gumruk.exchange.types import FileRefused
    from gumruk.toolkit import clock
    from gumruk.trust import selectors as trust

    at = clock.now()
    with translation.override(chosen.language):
        person = trust.person_named(username=chosen.person, day=clock.law_day(at))
        if person is None:
            return wrong(translation.gettext("There is no person %(name)s.") % {"name": chosen.person})
        try:
            parsed = read(chosen.file)
        except OSError as failed:
            return wrong(f"{chosen.file}: {failed.strerror}")
        except FileRefused as refused:
            return wrong(*file_sentences(refused, chosen.language))
        for sentence in (*(note.worded(chosen.language) for note in parsed.notes), *unused_sentences(parsed)):
            print(sentence, file=sys.stderr)
        return answer(chosen, parsed, person, at)


def read(file: str) -> ParsedFile:
    """The content of the named file, or of standard input."""
    from gumruk.exchange import formats

    return formats.parse(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())


def answer(chosen: argparse.Namespace, parsed: ParsedFile, person: Person, at: datetime) -> int:
    """Check or lodge, and say what came of it."""
    from gumruk.clearance.types import ClearanceRefused
    from gumruk.cli.declare_words import refusal, table, without_warning
    from gumruk.declarations.types import DeclarationRefused

    reasons = Reasons(tuple(chosen.reasons), chosen.reason_all)
    try:
        said = checked(parsed, reasons, at) if chosen.dry_run else lodged(parsed, reasons, person, at)
    except (DeclarationRefused, ClearanceRefused) as refused:
        return wrong(refusal(refused))
    for key in reasons.idle(said["findings"]):
        print(without_warning(key), file=sys.stderr)
    said = as_data(said, parsed, chosen.language, at)
    print(json.dumps(said, ensure_ascii=False, indent=2) if chosen.json else table(said))
    return ACCEPTED if said["accepted"] else STOPPED


def checked(parsed: ParsedFile, reasons: Reasons, at: datetime) -> dict[str, Any]:
    """What would be said: nothing is stored."""
    from gumruk.clearance import services as clearance

    seen = clearance.check(content=parsed.content, at=at)
    left = declare_reasons.unexplained(seen.findings, reasons.answers(seen.findings))
    return {
        "declaration": "", "state": "", "registration": "", "lane": "", "accepted": not seen.blocking and not left,
        "findings": seen.findings, "unexplained": left, "assessment": seen.assessment,
    }  # fmt: skip


def lodged(parsed: ParsedFile, reasons: Reasons, person: Person, at: datetime) -> dict[str, Any]:
    """Store the draft and lodge it; a draft that findings stop stays, to be mended."""
    from gumruk.clearance import services as clearance
    from gumruk.declarations import selectors as declarations
    from gumruk.declarations import services as drafts

    draft = drafts.create_draft(
        content=parsed.content, by=person, at=at, origin="file", residue=parsed.residue, source_format=parsed.format
    )
    # A reason is filed under the place of its finding: places are known after a check only.
    said = reasons.answers(clearance.check(content=parsed.content, at=at).findings) if reasons != Reasons() else {}
    done = clearance.lodge(declaration=draft, by=person, at=at, reasons=said)
    # The broker sees the lane, never why.
    lane = declarations.get(declaration=draft, person=person).summary.lane
    return {
        "declaration": str(draft), "state": done.state.value, "registration": done.registration,
        "lane": lane.value if lane else "", "accepted": done.accepted, "findings": done.findings,
        "unexplained": done.unexplained, "assessment": done.assessment,
    }  # fmt: skip


def as_data(said: dict[str, Any], parsed: ParsedFile, language: str, at: datetime) -> dict[str, Any]:
    """The answer as plain data, with sentences in `language`."""
    from gumruk.clearance.types import reason_key
    from gumruk.exchange.wording import sentence
    from gumruk.lawbook import selectors as lawbook
    from gumruk.toolkit import clock
    from gumruk.web.shared.working import explained

    day = clock.law_day(at)
    findings, left, assessment = said.pop("findings"), said.pop("unexplained"), said.pop("assessment")
    return {
        **said,
        "format": parsed.format,
        "findings": [
            {"code": one.code, "severity": one.severity.value, "path": one.path, "box": one.box, "found": one.found,
             "expected": one.expected, "cites": one.cites, "message": sentence(one, language, day), "reason_key": reason_key(one)}
            for one in findings
        ],
        "unexplained": [reason_key(one) for one in left],
        "lines": [
            {"item": line.item, "kind": line.kind, "name": lawbook.payment_label(line.kind, language) or line.kind,
             "base": str(line.base), "rate": line.rate, "amount": str(line.amount), "payable": line.payable,
             "working": line.text, "steps": list(told.steps), "cites": list(line.cites)}
            for line, told in zip(assessment.lines, explained(assessment.lines), strict=True)
        ],
        "total": str(assessment.total),
        "currency": assessment.currency,
        "notes": [note.worded(language) for note in parsed.notes],
        "unused": [{"path": one.path, "example": one.example, "times": one.times} for one in parsed.unused],
    }  # fmt: skip


def unused_sentences(parsed: ParsedFile) -> list[str]:
    """What the file says and the form does not hold."""
    from django.utils.translation import gettext

    head = [gettext("Not used from the file:")] if parsed.unused else []
    return [*head, *(f"  {one.path}: {one.example}" for one in parsed.unused)]


def file_sentences(refused: Any, language: str) -> list[str]:
    """Why the file is not taken; for a sheet every cell."""
    from gumruk.exchange.sheets import SheetRefused

    faults = refused.faults if isinstance(refused, SheetRefused) else ()
    return [refused.worded(refused.code, language, refused.values), *(fault.worded(language) for fault in faults)]


def wrong(*sentences: str) -> int:
    """Say why nothing was done."""
    for sentence in sentences:
        print(f"gumruk: {sentence}", file=sys.stderr)
    return WRONG
