"""What the law data does not know for sure on a day: the list that must be empty before the service goes live."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gumruk.law.types import Confidence
from gumruk.lawbook import files


@dataclass(frozen=True, slots=True)
class Gap:
    """One value that is unknown, unconfirmed or invented."""

    kind: str
    name: str
    confidence: str
    note: str


def gaps_on(day: date, *, demo: bool = True) -> tuple[Gap, ...]:
    """Every legal value of `day` that is not confirmed, and every demonstration row in use."""
    found = [
        Gap("measure", measure.id, measure.confidence, measure.note)
        for measure in files.measures(demo=demo)
        if measure.holds_on(day) and measure.confidence is not Confidence.CONFIRMED
    ]
    found += [
        Gap("formula", formula.kind, formula.confidence, formula.text)
        for formula in files.formulas()
        if formula.holds_on(day) and formula.confidence is not Confidence.CONFIRMED
    ]
    known = files.brackets(demo=False)
    found += [
        Gap(
            "fee table",
            formula.kind,
            Confidence.UNKNOWN,
            "the table ships empty: the amounts in force were not readable",
        )
        for formula in files.formulas()
        if formula.scope in ("declaration", "service") and formula.holds_on(day) and formula.kind not in known
    ]
    if demo:
        found += [Gap("fee table", kind, Confidence.DEMO, "invented brackets") for kind in files.brackets(demo=True)]
    found += [
        Gap("code list", f"{name}/{code}", str(row["confidence"]), str(row.get("en", "")))
        for name, rows in sorted(files.code_lists().items())
        for code, row in rows.items()
        if row.get("confidence", "confirmed") != "confirmed"
    ]
    return tuple(found)
