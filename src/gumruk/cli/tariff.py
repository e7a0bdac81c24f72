"""`gumruk tariff`: the national tariff from a CSV or XLSX file: a preview with every fault, then a draft change set."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gumruk.lawbook.tariff_draft import TariffDifference
    from gumruk.lawbook.tariff_sheet import TariffSheet
    from gumruk.toolkit.sheets import Row

SHOWN = 200


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="CSV or XLSX with code, names, rate, supplementary unit and days")
    parser.add_argument("--preview", action="store_true", help="say what would change and draft nothing")
    parser.add_argument("--act", default="", help="id of the legal act that sets the tariff (`gumruk law acts`)")
    parser.add_argument("--as", dest="username", default="", help="sign-in name of the person who drafts")
    parser.add_argument("--since", type=date.fromisoformat, metavar="DAY", help="first day of rows that say none")
    parser.add_argument(
        "--whole", type=date.fromisoformat, metavar="DAY", help="the whole tariff: other codes end on DAY"
    )
    parser.add_argument("--mapping", type=Path, help="CSV of old and new six-digit codes, for another HS edition")
    parser.add_argument("--title", default="", help="title of the draft")
    parser.add_argument("--reason", default="", help="reason of the draft")
    parser.add_argument("--errors", type=Path, metavar="XLSX", help="write the sheet back with a column of faults")
    parser.add_argument("--language", choices=("tg", "ru", "en"), default="en", help="language of messages")
    parser.add_argument("--json", action="store_true", help="write JSON")


def run(chosen: argparse.Namespace) -> int:
    from gumruk.lawbook.tariff_draft import known_to_law
    from gumruk.lawbook.tariff_sheet import read_tariff
    from gumruk.lawbook.tariff_wording import refusal
    from gumruk.lawbook.types import LawbookRefused
    from gumruk.lawbook.wording import sentence
    from gumruk.toolkit.sheets import SheetRefused, read_sheet

    try:
        mapping = _mapping(chosen.mapping) if chosen.mapping else {}
        rows = read_sheet(chosen.file.read_bytes())
        sheet = read_tariff(rows, known=known_to_law(mapping), since=chosen.since)
        return _answer(chosen, rows, sheet)
    except OSError as missing:
        print(f"gumruk: {missing}", file=sys.stderr)
        return 2
    except SheetRefused as refused:
        print(refusal(refused.code, chosen.language, refused.values), file=sys.stderr)
        return 1
    except LawbookRefused as refused:
        print(sentence(refused.code, refused.values, chosen.language), file=sys.stderr)
        return 1


def _mapping(file: Path) -> dict[str, str]:
    with file.open(encoding="utf-8-sig", newline="") as opened:
        return {row[0].strip(): row[1].strip() for row in csv.reader(opened) if len(row) > 1}


def _answer(chosen: argparse.Namespace, rows: list[Row], sheet: TariffSheet) -> int:
    from gumruk.lawbook.tariff_draft import against_law, draft_tariff
    from gumruk.lawbook.tariff_wording import marked_workbook
    from gumruk.toolkit import clock
    from gumruk.trust import selectors as trust

    if chosen.errors and sheet.faults:
        chosen.errors.write_bytes(marked_workbook(rows, sheet, chosen.language))
    if sheet.errors:
        _say(chosen, sheet, None, "")
        return 1
    change = against_law(sheet, act=chosen.act or "demo", source=chosen.file.name, whole_since=chosen.whole)
    if chosen.preview:
        _say(chosen, sheet, change, "")
        return 0
    at = clock.now()
    person = trust.person_named(username=chosen.username, day=clock.law_day(at)) if chosen.username else None
    if person is None or not chosen.act:
        print(
            "gumruk: say with --as who drafts and with --act which act sets the tariff, or --preview", file=sys.stderr
        )
        return 2
    title = chosen.title or f"Tariff: {chosen.file.name}"
    made = draft_tariff(change=change, title=title, reason=chosen.reason, act=chosen.act, by=person, at=at)
    _say(chosen, sheet, change, made.id.hex[-8:])
    return 0


def _say(chosen: argparse.Namespace, sheet: TariffSheet, change: TariffDifference | None, draft: str) -> None:
    """Counts and faults, as lines or one JSON object."""
    from gumruk.lawbook.tariff_wording import row_fault

    counts = change.counts if change else {}
    if chosen.json:
        faults = [
            {"row": fault.row, "column": fault.column, "code": fault.code, "warning": fault.warning,
             "message": row_fault(fault, chosen.language)}
            for fault in sheet.faults
        ]  # fmt: skip
        print(json.dumps({"lines": len(sheet.lines), **counts, "draft": draft, "faults": faults}, ensure_ascii=False))
        return
    for fault in sheet.faults[:SHOWN]:
        print(("· " if fault.warning else "! ") + row_fault(fault, chosen.language), file=sys.stderr)
    if len(sheet.faults) > SHOWN:
        print(f"… and {len(sheet.faults) - SHOWN} more; --errors writes them all into a workbook", file=sys.stderr)
    print(
        f"Rows with a rate: {len(sheet.lines)}. "
        + " ".join(f"{name.capitalize()}: {count}." for name, count in counts.items())
    )
    if draft:
        print(f"Draft {draft}. Next: gumruk law check {draft} --as NAME, then approve and publish by another person.")
