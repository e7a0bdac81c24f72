"""Makes the sheets that `documents` prints, from the same views and the same formatting as the pages: one number, one look."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from gumruk.declarations.types import EventView, Summary, VersionView
from gumruk.documents.marks import masked
from gumruk.documents.types import Form, Sheet, Subject
from gumruk.lawbook import selectors as lawbook
from gumruk.payments.types import ChargeView, Operation, ReceiptView
from gumruk.rules.duty import PaymentLine
from gumruk.tariff.types import StoredAssessment
from gumruk.toolkit.clock import law_day
from gumruk.toolkit.rows import month_of
from gumruk.web.prints.boxes import header_boxes, item_boxes, titles
from gumruk.web.shared.working import Explained, explained
from gumruk.web.templatetags.gumruk_format import moment, money, payment_kind

ZERO = Decimal("0.00")


def _name(list_name: str, code: str, language: str) -> str:
    return dict(lawbook.codes(list_name, language)).get(code, code)


def named_office(code: str, language: str) -> str:
    """The code of an office with its name."""
    name = _name("office", code, language)
    return code if name == code else f"{code} {name}"


def _line(one: Explained) -> dict[str, Any]:
    line = one.line
    acts = [f"{cited.title}{', ' if cited.point else ''}{cited.point}" for cited in one.acts]
    return {
        "item": str(line.item or "–"), "kind": payment_kind(line.kind), "base": money(line.base), "rate": line.rate,
        "amount": money(line.amount), "suspended": not line.payable,
        "working": "; ".join(one.steps) or line.text, "law": "; ".join(acts),
    }  # fmt: skip


def _lines(lines: Iterable[PaymentLine]) -> list[dict[str, Any]]:
    return [_line(one) for one in explained(lines)]


def _is_demo(stored: StoredAssessment | None) -> bool:
    return stored is not None and any("demo" in line.cites for line in stored.result.lines)


def _totals(stored: StoredAssessment | None) -> list[list[str]]:
    return [[payment_kind(kind), money(amount)] for kind, amount in stored.result.totals] if stored else []


def _balance(charge: ChargeView | None) -> dict[str, str]:
    return {
        "paid": money(charge.paid if charge else ZERO),
        "left": money(charge.left if charge and not charge.cancelled else ZERO),
    }


def declaration_sheet(
    *,
    summary: Summary,
    version: VersionView,
    stored: StoredAssessment | None,
    charge: ChargeView | None,
    timeline: Iterable[EventView],
    language: str,
) -> Sheet:
    """The cargo customs declaration with its boxes, continuation sheets and payments sheet."""
    with translation.override(language):
        content = version.content
        result = stored.result if stored else None
        values = {row.item: row.value for row in result.items} if result else {}
        total = money(result.total if result else ZERO)
        items = [
            {
                "number": number,
                "boxes": item_boxes(item, language, {"32": str(number), "45": money(values.get(number))}),
                "lines": (lines := _lines(line for line in result.lines if line.item == number) if result else []),
                "total": money(
                    sum((line.amount for line in result.lines if line.item == number and line.payable), ZERO)
                )
                if lines and result
                else "",
            }
            for number, item in enumerate(content.get("items") or [{}], start=1)
        ]
        released = [
            f"{gettext('Goods released')}: {moment(e.at)} {e.by_name}" for e in timeline if e.name == "released"
        ]
        computed = {"12": money(result.value if result else None), "D": "\n".join(released)}
        boxes = header_boxes(content, language, computed)
        boxes["A"] = "\n".join([boxes.get("A", ""), summary.registration, moment(summary.registered_at)])
        registered = summary.registered_at or version.made_at
        return Sheet(
            form=Form.DECLARATION, language=language, dated=law_day(registered), title=gettext("Cargo customs declaration"),
            subject=Subject(summary.id, summary.office, month_of(registered), summary.registration, version.number),
            content={
                "titles": titles(language), "boxes": boxes, "items": items, "total": total, "totals": _totals(stored),
                "lines": _lines(result.lines) if result else [], "demo": _is_demo(stored), **_balance(charge),
                "declared": version.hash,
            },
            facts=(
                (_("Declaration"), summary.registration), (_("Date"), moment(law_day(registered))),
                (_("Declarant number"), masked(summary.declarant_tin)), (_("Total, TJS"), masked(total)),
            ),
        )  # fmt: skip


def assessment_sheet(*, summary: Summary, stored: StoredAssessment, charge: ChargeView | None, language: str) -> Sheet:
    """The notice of assessment: what is owed, why, and how to pay it."""
    with translation.override(language):
        result = stored.result
        total = money(result.total)
        balance = _balance(charge)
        return Sheet(
            form=Form.ASSESSMENT, language=language, dated=law_day(stored.at), title=gettext("Notice of assessment"),
            subject=Subject(summary.id, summary.office, month_of(stored.at), stored.number, stored.version),
            content={
                "rows": [
                    [gettext("Declaration number"), summary.registration], [gettext("Version No."), str(stored.version)],
                    [gettext("Customs office"), named_office(summary.office, language)],
                    [gettext("Payer"), f"{summary.declarant_tin} {summary.declarant_name}".strip()],
                    [gettext("Customs value, total (TJS)"), money(result.value)],
                    [gettext("Law of the day"), moment(stored.day)],
                    [gettext("Change set of the law"), f"{stored.change_set} · {stored.ruleset[:12]}"],
                ],
                "lines": _lines(result.lines), "totals": _totals(stored), "total": total, "demo": _is_demo(stored),
                "balance": [
                    [gettext("Total due"), f"{total} TJS"], [gettext("Paid"), f"{balance['paid']} TJS"],
                    [gettext("Left to pay"), f"{balance['left']} TJS"], [gettext("Payment reference"), summary.registration],
                ],
            },
            facts=(
                (_("Assessment"), stored.number), (_("Declaration"), summary.registration),
                (_("Date"), moment(law_day(stored.at))), (_("Total, TJS"), masked(total)),
            ),
        )  # fmt: skip


def receipt_sheet(*, receipt: ReceiptView, charge: ChargeView | None, demo: bool, language: str) -> Sheet:
    """A receipt; for a declaration with what its charge is made of."""
    with translation.override(language):
        amount = money(abs(receipt.signed))
        out = receipt.signed < 0
        rows = [
            [gettext("Customs office"), named_office(receipt.office, language)],
            [gettext("Date"), moment(receipt.at)],
            [gettext("Means of payment"), _name("payment_means", receipt.means, language)],
            [gettext("Payer"), receipt.payer], [gettext("Declaration"), receipt.reference],
            [gettext("For"), receipt.purpose], [gettext("Account of the budget"), receipt.revenue_account],
            [gettext("Reason"), receipt.reason],
        ]  # fmt: skip
        if receipt.daybook:
            place = f"{moment(receipt.daybook)} · {receipt.shift_number} · {receipt.operation_number}"
            rows.insert(2, [gettext("Daybook day, shift, operation"), place])
        kinds = charge.kinds if charge and receipt.operation is Operation.DECLARATION else ()
        return Sheet(
            form=Form.RECEIPT, language=language, dated=law_day(receipt.at), title=_receipt_title(receipt.operation),
            subject=Subject(receipt.id, receipt.office, month_of(receipt.at), receipt.number, 1),
            content={
                "rows": [row for row in rows if row[1]], "kinds": [[payment_kind(kind), money(due)] for kind, due in kinds],
                "due": money(charge.due if charge else ZERO),
                "amount": amount, "amount_label": gettext("Given out") if out else gettext("Received"),
                "cashier": receipt.cashier or "–", "demo": demo,
            },
            facts=(
                (_("Receipt"), receipt.number), (_("Date"), moment(law_day(receipt.at))),
                (_("Payer"), masked(receipt.payer)), (_("Amount, TJS"), masked(amount)),
            ),
        )  # fmt: skip


def _receipt_title(operation: Operation) -> str:
    titles = {
        Operation.DECLARATION: gettext("Receipt of customs payments"),
        Operation.OTHER: gettext("Receipt of other payments"),
        Operation.DEPOSIT: gettext("Receipt of a deposit"),
        Operation.PAYOUT: gettext("Payout of a refund"),
        Operation.REVERSAL: gettext("Reversal of a receipt"),
    }
    return titles[operation]
