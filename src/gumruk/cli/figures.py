"""`gumruk figures`: the figures of the page as JSON or CSV; `gumruk figures rebuild` counts everything anew.

Without a person: whoever runs commands on the machine sees the whole service.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import uuid
from datetime import date
from decimal import Decimal

from gumruk.trust.types import Grant, Person, Role


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "act", nargs="?", choices=["show", "rebuild"], default="show", help="show (default) or count anew"
    )
    parser.add_argument("--since", help="first day, 2026-11-01; without days the last thirty")
    parser.add_argument("--until", help="last day, 2026-11-30")
    parser.add_argument("--place", default="", help="an office, or region:TJ-SU; the whole service when left out")
    parser.add_argument("--direction", default="", help="IM or EX")
    parser.add_argument("--regime", default="", help="code of a customs regime")
    parser.add_argument("--chart", default="", help="one table only, by the name it has in JSON")
    parser.add_argument("--language", choices=["tg", "ru", "en"], default="en", help="language of the words (en)")
    parser.add_argument("--format", choices=["json", "csv"], default="json", help="json, or csv of one table (--chart)")


def run(chosen: argparse.Namespace) -> int:
    return rebuild() if chosen.act == "rebuild" else show(chosen)


def rebuild() -> int:
    """Count everything anew, saying each month on standard error."""
    from gumruk.figures import services
    from gumruk.toolkit import clock

    def told(month: date) -> None:
        print(f"   {month:%Y-%m}", file=sys.stderr)

    cells = services.rebuild(at=clock.now(), told=told)
    print(f"Figures counted anew: {cells} rows of days.")
    return 0


def show(chosen: argparse.Namespace) -> int:
    from django.utils import translation

    from gumruk.toolkit import clock
    from gumruk.web.figures import asking, charts, files, seen

    query = {name: getattr(chosen, name) or "" for name in ("since", "until", "place", "direction", "regime")}
    asked = asking.read(query, everyone(), clock.law_day(clock.now()))
    wrong = [name for name in ("since", "place") if query[name] and not asked.said[name]]
    if wrong or bool(query["since"]) != bool(query["until"]):
        print("gumruk: write both days as 2026-11-01, and a place as an office or region:TJ-SU.", file=sys.stderr)
        return 2
    if chosen.chart and chosen.chart not in charts.LEADERS:
        print(f"gumruk: there is no table {chosen.chart}. Choose one of {', '.join(charts.LEADERS)}.", file=sys.stderr)
        return 2
    if chosen.format == "csv" and not chosen.chart:
        print("gumruk: csv is one table: name it with --chart.", file=sys.stderr)
        return 2
    with translation.override(chosen.language):
        found = seen.read(asked)
        made = {name: chart(found) for name, chart in charts.LEADERS.items() if chosen.chart in ("", name)}
        if chosen.format == "csv":
            csv.writer(sys.stdout).writerows(files.rows_of(made[chosen.chart]))
            return 0
        said = {
            "since": asked.wanted.since.isoformat(),
            "until": asked.last.isoformat(),
            "counted_at": found.counted_at.isoformat() if found.counted_at else None,
            "charts": {
                name: {
                    "title": chart.title,
                    "definition": chart.definition,
                    "columns": [{"word": files.heading(one), "kind": one.kind} for one in chart.columns],
                    "rows": [[_plain(cell) for cell in row] for row in chart.rows],
                }
                for name, chart in made.items()
            },
        }
    print(json.dumps(said, ensure_ascii=False, indent=1))
    return 0


def everyone() -> Person:
    """Who runs the machine: sees the whole service, signs nothing."""
    grant = Grant(Role.ADMINISTRATOR, "", "", date.min, None)
    return Person(uuid.UUID(int=0), "console", "console", "en", (grant,))


def _plain(cell: object) -> object:
    """Amounts travel as text, counts and times as numbers."""
    return str(cell) if isinstance(cell, Decimal) else cell
