"""The declaration on one screen, for officers: item lines with what is owed and found, totals, and one item with its working."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from gumruk.clearance import selectors as waiting
from gumruk.declarations import noting
from gumruk.declarations import selectors as declarations
from gumruk.declarations.freezing import decimal_or_none
from gumruk.declarations.types import DeclarationView
from gumruk.inspection import selectors as reports
from gumruk.inspection.types import ReportView, Status
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content
from gumruk.rules.types import Finding, Severity
from gumruk.tariff import selectors as tariff
from gumruk.tariff.types import StoredAssessment
from gumruk.toolkit import clock
from gumruk.web.shared.controls import Sheet
from gumruk.web.shared.reading import Read, read
from gumruk.web.shared.seen import of_declaration
from gumruk.web.shared.working import explained

LINES = 200  # item lines shown at once; the rest are a page away
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item as a line of the desk."""

    number: int
    code: str
    description: str
    origin: str
    procedure: str
    gross: str
    net: str
    packages: Decimal
    value: Decimal | None
    due: Decimal | None
    findings: int
    worst: str
    documents: int
    inspected: str  # empty, `conform` or `differs`


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over every item, shown or not."""

    gross: Decimal
    net: Decimal
    packages: Decimal
    value: Decimal | None
    due: Decimal | None


def desk(seen: DeclarationView, request: HttpRequest) -> dict[str, Any]:
    """What the one screen shows beside that which stands beside every section."""
    items = seen.content.get("items", [])
    stored = tariff.latest(declaration=seen.id)
    attempt = declarations.last_attempt(declaration=seen.id)
    findings = attempt.findings if attempt else ()
    found = _looked_at(reports.of_declaration(declaration=seen.id))
    chosen = _number(request.GET.get("item", ""), len(items))
    start = (chosen - 1) // LINES * LINES if chosen else 0
    return {
        "attempt": attempt,
        "findings": sorted(findings, key=lambda one: (one.severity is not Severity.ERROR, one.path)),
        "lines": _lines(items, start, stored, findings, found),
        "totals": _totals(items, stored),
        "currency": seen.content.get("currency", ""),
        "before": start + 1 - LINES if start else 0,
        "after": start + LINES + 1 if start + LINES < len(items) else 0,
        "chosen": item_details(seen, chosen, stored=stored, findings=findings) if chosen else None,
        "whole": [one for one in explained(stored.result.lines) if not one.line.item] if stored else [],
        "notes": noting.notes(declaration=seen.id, sealed=seen.sealed),
        "seconds": waiting.waiting_on(declaration=seen.id),
    }


def _number(text: str, items: int) -> int:
    """The chosen item: the one the address names, else the first; 0 when there is none."""
    said = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    return said if 1 <= said <= items else min(items, 1)


def _looked_at(found: Iterable[ReportView]) -> Mapping[int, str]:
    """Item → `conform` or `differs`, by the newest closed report that looked at it."""
    marks: dict[int, str] = {}
    codes = lawbook.code_rows("inspection_result")
    for report in found:
        if report.status is Status.CLOSED:
            for one in report.said.items:
                conform = str(codes.get(one.result, {}).get("conform", "")) == "1"
                marks.setdefault(one.item, "conform" if conform else "differs")
    return marks


def _lines(
    items: list[Content],
    start: int,
    stored: StoredAssessment | None,
    findings: Iterable[Finding],
    looked_at: Mapping[int, str],
) -> list[ItemLine]:
    values = {one.item: one.value for one in stored.result.items} if stored else {}
    due: dict[int, Decimal] = {}
    for line in stored.result.lines if stored else ():
        if line.payable:
            due[line.item] = due.get(line.item, ZERO) + line.amount
    marks: dict[str, list[Finding]] = {}
    for one in findings:
        marks.setdefault(_item_of(one), []).append(one)
    shown = []
    for number, item in enumerate(items[start : start + LINES], start=start + 1):
        mine = marks.get(str(number), [])
        shown.append(
            ItemLine(
                number, str(item.get("goods_code", "")), str(item.get("description", "")),
                str(item.get("item_origin_country", "")), str(item.get("procedure", "")),
                str(item.get("gross_mass", "")), str(item.get("net_mass", "")), _packages(item),
                values.get(number), due.get(number) if stored else None, len(mine), _worst(mine),
                len(item.get("documents", [])), looked_at.get(number, looked_at.get(0, "")),
            )
        )  # fmt: skip
    return shown


def _item_of(finding: Finding) -> str:
    parts = finding.path.split("/")
    return parts[1] if parts[0] == "items" and len(parts) > 1 else ""


def _worst(findings: Iterable[Finding]) -> str:
    found = {one.severity for one in findings}
    return "error" if Severity.ERROR in found else "warning" if Severity.WARNING in found else "notice" if found else ""


def _packages(item: Content) -> Decimal:
    counts = (decimal_or_none(str(row.get("count", "")), 8, 3) or ZERO for row in item.get("packages", []))
    return sum(counts, ZERO).normalize()


def _totals(items: Iterable[Content], stored: StoredAssessment | None) -> Totals:
    gross, net, packages = ZERO, ZERO, ZERO
    for item in items:
        gross += decimal_or_none(str(item.get("gross_mass", "")), 14, 6) or ZERO
        net += decimal_or_none(str(item.get("net_mass", "")), 14, 6) or ZERO
        packages += _packages(item)
    return Totals(
        gross.normalize(),
        net.normalize(),
        packages.normalize(),
        stored.result.value if stored else None,
        stored.result.total if stored else None,
    )


def item_details(
    seen: DeclarationView, number: int, *, stored: StoredAssessment | None, findings: Iterable[Finding]
) -> dict[str, Any]:
    """Every filled box of an item, what it owes with the working, what was found about it, its documents."""
    sheet, form = Sheet(get_language() or "en"), lawbook.form()
    item = seen.content["items"][number - 1]
    boxes = [
        (field.box, field.label.in_language(sheet.language), read(sheet, field, str(item[field.name])))
        for field in form.item.values()
        if item.get(field.name) and field.name not in ("item_number", "goods_code", "description")
    ]
    documents = [(Read(sheet.name_of("document", row.get("kind", "")) or row.get("kind", "")), row.get("number", ""))
                 for row in item.get("documents", [])]  # fmt: skip
    packages = [
        (
            row.get("count", ""),
            sheet.name_of("package", row.get("kind", "")) or row.get("kind", ""),
            row.get("marks", ""),
        )
        for row in item.get("packages", [])
    ]
    lines = [line for line in stored.result.lines if line.item == number] if stored else []
    value = next((one for one in stored.result.items if one.item == number), None) if stored else None
    return {
        "number": number,
        "item": item,
        "goods": sheet.name_of("goods", str(item.get("goods_code", ""))),
        "boxes": boxes,
        "documents": documents,
        "packages": packages,
        "containers": [row.get("number", "") for row in item.get("containers", [])],
        "lines": explained(lines),
        "value": value,
        "findings": [one for one in findings if _item_of(one) == str(number)],
        "before": number - 1,
        "after": number + 1 if number < len(seen.content["items"]) else 0,
    }


@require_GET
@of_declaration
def item(request: HttpRequest, seen: DeclarationView, number: int) -> HttpResponse:
    """One item of the desk by itself, for who goes through the lines with the keys."""
    if seen.sealed or not 1 <= number <= len(seen.content.get("items", [])):
        raise Http404
    attempt = declarations.last_attempt(declaration=seen.id)
    chosen = item_details(
        seen, number, stored=tariff.latest(declaration=seen.id), findings=attempt.findings if attempt else ()
    )
    context = {"seen": seen, "chosen": chosen, "day": clock.law_day(clock.now())}
    return render(request, "web/officer/desk_item.html", context)
