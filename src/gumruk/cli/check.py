"""`gumruk check --go-live`: what the law data does not know for sure. Exit 1 while anything is left."""

from __future__ import annotations

import argparse
import sys
from datetime import date

from gumruk.toolkit import clock


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--go-live", action="store_true", required=True, help="list what must be settled before real use"
    )
    parser.add_argument("--day", type=date.fromisoformat, help="the day whose law is looked at (today)")
    parser.add_argument("--no-demo", action="store_true", help="leave the demonstration rows out")


def run(chosen: argparse.Namespace) -> int:
    from gumruk.lawbook import selectors as lawbook
    from gumruk.lawbook.types import LawbookRefused
    from gumruk.lawbook.wording import sentence

    day = chosen.day or clock.law_day(clock.now())
    try:
        gaps = lawbook.gaps_on(day, demo=not chosen.no_demo)
    except LawbookRefused as refused:
        print(f"gumruk: {sentence(refused.code, refused.values, 'en')}", file=sys.stderr)
        return 2
    for gap in gaps:
        print(f"{gap.confidence:<11}{gap.kind:<11}{gap.name:<28}{gap.note}")
    print(
        f"{len(gaps)} values are not confirmed on {day.isoformat()}."
        if gaps
        else f"Nothing is open on {day.isoformat()}."
    )
    return 1 if gaps else 0
