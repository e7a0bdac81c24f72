"""Inspection reports as pages and prints show them: codes in words, who may be given a control."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from gumruk.declarations.types import DeclarationView, State
from gumruk.inspection import selectors as reports
from gumruk.inspection.types import WRITABLE, ReportView, Status
from gumruk.lawbook import selectors as lawbook
from gumruk.toolkit import clock
from gumruk.trust import selectors as people
from gumruk.trust.types import Person
from gumruk.web.labels import INSPECTION_KINDS, REPORT_STATES
from gumruk.web.shared.colleagues import ROLES

TONES = {"assigned": "calm", "draft": "care", "closed": "", "superseded": ""}


@dataclass(frozen=True, slots=True)
class WordedResult:
    """What was found at an item, in words; `item` 0 is the whole consignment."""

    item: int
    words: str
    conform: bool
    found: str
    note: str


@dataclass(frozen=True, slots=True)
class WordedReport:
    """A report with its codes in words."""

    report: ReportView
    kind: str
    status: str
    tone: str
    results: tuple[WordedResult, ...]
    measures: tuple[str, ...]


def worded_report(report: ReportView, language: str = "") -> WordedReport:
    """The report in the language of the page, or in `language` for a print."""
    spoken = language or get_language() or "en"
    results, rows = dict(lawbook.codes("inspection_result", spoken)), lawbook.code_rows("inspection_result")
    measures = dict(lawbook.codes("inspection_measure", spoken))
    tone = "wrong" if report.conform is False else "good" if report.conform else TONES[report.status.value]
    return WordedReport(
        report,
        gettext(INSPECTION_KINDS[report.kind.value]),
        gettext(REPORT_STATES[report.status.value]),
        tone,
        tuple(
            WordedResult(
                one.item,
                results.get(one.result, one.result),
                str(rows.get(one.result, {}).get("conform", "")) == "1",
                one.found,
                one.note,
            )
            for one in report.said.items
        ),
        tuple(measures.get(code, code) for code in report.said.measures),
    )


def inspections(seen: DeclarationView, _: Person) -> dict[str, Any]:
    """Reports of control, newest first; the declarant sees those that are closed."""
    found = reports.of_declaration(declaration=seen.id, sealed=seen.sealed)
    return {
        "reports": [worded_report(one) for one in found],
        "writable": not seen.sealed and seen.state in (State.UNDER_CONTROL, State.DISCREPANCY),
        "colleagues": [] if seen.sealed else colleagues(seen.summary.office),
        "inspection_kinds": [(kind, gettext(label)) for kind, label in INSPECTION_KINDS.items()],
    }


def control_of(declaration: uuid.UUID) -> dict[str, Any]:
    """What the next act needs to know: the report that is being written, the last closed one, its differences in words."""
    found = reports.of_declaration(declaration=declaration)
    closed = next((one for one in found if one.status is Status.CLOSED), None)
    return {
        "open_report": next((one for one in found if one.status in WRITABLE), None),
        "last_report": closed,
        "differences": differences(worded_report(closed)) if closed else "",
    }


def differences(report: WordedReport) -> str:
    """What control found otherwise, a line for each item, as a text that goes to the declarant."""
    lines = [
        " · ".join(part for part in (_item(one.item), one.words, one.found, one.note) if part)
        for one in report.results
        if not one.conform
    ]
    return "\n".join(lines)


def _item(number: int) -> str:
    return gettext("Item {number}").format(number=number) if number else gettext("Whole consignment")


def colleagues(office: str) -> list[tuple[str, str]]:
    """Who may be given a control at an office: id and name."""
    found = people.working_at(offices=[office], roles=ROLES, day=clock.law_day(clock.now()))
    return [(str(one.id), one.name) for one in found if any(one.may(role, office) for role in ROLES)]
