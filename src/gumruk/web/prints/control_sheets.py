"""Sheets of control and release: the inspection report as it was closed, and the note with which goods leave."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gumruk.declarations.freezing import decimal_or_none
from gumruk.declarations.types import DeclarationView, EventView
from gumruk.documents.marks import masked
from gumruk.documents.types import Form, Sheet, Subject
from gumruk.inspection.types import ReportView, Status
from gumruk.lawbook import selectors as lawbook
from gumruk.rules.form import Content
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.rows import month_of
from gumruk.web.prints.boxes import number
from gumruk.web.prints.sheets import named_office
from gumruk.web.shared.reports import worded_report
from gumruk.web.templatetags.gumruk_format import moment

ZERO = Decimal(0)


def inspection_sheet(*, seen: DeclarationView, report: ReportView, language: str) -> Sheet:
    """A closed report: who looked, where and when, what was found at each item, seals, samples, measures."""
    with translation.override(language):
        worded, said, summary = worded_report(report, language), report.said, seen.summary
        items = seen.content.get("items", [])
        closed = report.closed_at or report.changed_at
        present = "" if said.declarant_present is None else gettext("Yes") if said.declarant_present else gettext("No")
        rows = [
            [gettext("Declaration"), summary.registration],
            [gettext("Customs office"), named_office(summary.office, language)],
            [gettext("What is looked at"), worded.kind], [gettext("Place"), said.place],
            [gettext("Start of the inspection"), moment(said.started_at)],
            [gettext("End of the inspection"), moment(said.ended_at)],
            [gettext("Officers present"), ", ".join(said.officers)], [gettext("Declarant present"), present],
            [gettext("Packages opened"), said.packages_opened], [gettext("Seals removed"), ", ".join(said.seals_removed)],
            [gettext("Seals put on"), ", ".join(said.seals_applied)], [gettext("Samples taken"), said.samples],
            [gettext("Measures proposed"), ", ".join(worded.measures)], [gettext("Why it was corrected"), report.reason],
        ]  # fmt: skip
        results = [
            {
                "item": str(one.item) if one.item else gettext("all"),
                "goods": _goods(items[one.item - 1]) if 0 < one.item <= len(items) else "",
                "result": one.words, "conform": one.conform,
                "found": " · ".join(text for text in (one.found, one.note) if text),
            }
            for one in worded.results
        ]  # fmt: skip
        outcome = gettext("as declared") if report.conform else gettext("differences found")
        return Sheet(
            form=Form.INSPECTION, language=language, dated=law_day(closed), title=gettext("Inspection report"),
            subject=Subject(
                report.id, report.office, month_of(report.made_at), f"{summary.registration}/{report.number}", report.version
            ),
            content={
                "rows": [row for row in rows if row[1]], "results": results, "outcome": outcome, "conform": report.conform,
                "said": said.text, "closed": [[gettext("Closed"), f"{moment(closed)} · {report.closed_by}"]],
                "report_hash": report.hash,
            },
            facts=(
                (_("Declaration"), summary.registration), (_("Date"), moment(law_day(closed))),
                (_("Declarant number"), masked(summary.declarant_tin)),
            ),
        )  # fmt: skip


def _goods(item: Content) -> str:
    return f"{item.get('goods_code', '')} {item.get('description', '')}".strip()


def release_sheet(
    *, seen: DeclarationView, timeline: Iterable[EventView], reports: Iterable[ReportView], language: str
) -> Sheet:
    """The note with which the goods leave: goods, packages, seals, vehicle, conditions."""
    with translation.override(language):
        summary, content = seen.summary, seen.content
        released = next(one for one in reversed(list(timeline)) if one.name == "released")
        packages = dict(lawbook.codes("package", language))
        closed = [one for one in reports if one.status is Status.CLOSED]
        seals = ", ".join(dict.fromkeys(seal for one in closed for seal in one.said.seals_applied))
        vehicles = dict.fromkeys(
            str(content.get(name, "")) for name in ("arrival_transport_identity", "border_transport_identity")
        )
        containers = dict.fromkeys(
            row.get("number", "") for item in content.get("items", []) for row in item.get("containers", [])
        )
        rows = [
            [gettext("Declaration"), summary.registration],
            [gettext("Customs office"), named_office(summary.office, language)],
            [gettext("Goods released"), f"{moment(released.at)} · {released.by_name}"],
            [gettext("Consignee"), summary.consignee_name],
            [gettext("Declarant"), f"{summary.declarant_tin} {summary.declarant_name}".strip()],
            [gettext("Regime"), dict(lawbook.codes("regime", language)).get(summary.regime, summary.regime)],
            [gettext("Vehicle"), ", ".join(text for text in vehicles if text)],
            [gettext("Containers"), ", ".join(text for text in containers if text)],
            [gettext("Seals put on"), seals], [gettext("Location of goods"), str(content.get("goods_location", ""))],
            [gettext("Conditions"), released.reason],
        ]  # fmt: skip
        goods = [
            {
                "item": str(place), "code": str(item.get("goods_code", "")), "description": str(item.get("description", "")),
                "packages": ", ".join(
                    f"{number(str(row.get('count', '')))} {packages.get(row.get('kind', ''), row.get('kind', ''))}"
                    for row in item.get("packages", [])
                ),
                "gross": number(str(item.get("gross_mass", ""))),
            }
            for place, item in enumerate(content.get("items", []), start=1)
        ]  # fmt: skip
        gross = sum(
            (decimal_or_none(str(item.get("gross_mass", "")), 14, 6) or ZERO for item in content.get("items", [])), ZERO
        )
        return Sheet(
            form=Form.RELEASE, language=language, dated=law_day(released.at), title=gettext("Release note"),
            subject=Subject(
                summary.id, summary.office, month_of(summary.registered_at or released.at), summary.registration, seen.version
            ),
            content={
                "rows": [row for row in rows if row[1]], "goods": goods, "gross": number(f"{gross.normalize():f}"),
                "heads": [gettext("Item"), gettext("Code"), gettext("Goods"), gettext("Packages"), gettext("Gross, kg")],
                "all": gettext("Total"),
            },
            facts=(
                (_("Declaration"), summary.registration), (_("Date"), moment(law_day(released.at))),
                (_("Declarant number"), masked(summary.declarant_tin)),
            ),
        )  # fmt: skip
