"""`gumruk check --go-live`: what the law data does not know for sure. Exit 1 while anything is left."""

from __future__ import annotations

import argparse
import sys
import textwrap
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from gumruk.toolkit import clock

if TYPE_CHECKING:
    from gumruk.lawbook.gaps import Gap

WIDTH, NARROWEST = 120, 40


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
    print("\n".join(table(gaps)))
    print(
        f"{len(gaps)} values are not confirmed on {day.isoformat()}."
        if gaps
        else f"Nothing is open on {day.isoformat()}."
    )
    return 1 if gaps else 0


def table(gaps: Sequence[Gap]) -> list[str]:
    """The gaps by kind, each kind with its count; a note that is long goes on below itself."""
    rows: list[str] = []
    for kind in dict.fromkeys(gap.kind for gap in gaps):
        alike = [gap for gap in gaps if gap.kind == kind]
        rows += [*([""] if rows else []), f"{kind} ({len(alike)})"]
        first = max(len(gap.confidence) for gap in alike)
        second = max(len(gap.name) for gap in alike)
        for gap in alike:
            head = f"  {gap.confidence:<{first}}  {gap.name:<{second}}  "
            notes = textwrap.wrap(gap.note, max(WIDTH - len(head), NARROWEST)) or [""]
            rows.append((head + notes[0]).rstrip())
            rows += [" " * len(head) + note for note in notes[1:]]
    return [*rows, ""] if rows else []
