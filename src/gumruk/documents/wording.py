"""The words that stand on the forms themselves, in the language of the print."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

WORDS = {
    "service": _("Customs Service under the Government of the Republic of Tajikistan"),
    "declaration": _("Cargo customs declaration"),
    "continuation": _("Continuation sheet"),
    "payments_sheet": _("Payments and their working"),
    "annex": _("Boxes in full"),
    "in_annex": _("in full on the last sheet"),
    "receipt": _("Receipt"),
    "assessment": _("Notice of assessment"),
    "number": _("Number"),
    "version": _("Version"),
    "page": _("Page"),
    "of": _("of"),
    "copy": _("COPY"),
    "copy_number": _("Copy"),
    "hash": _("Hash"),
    "verify": _("Verify"),
    "verify_hint": _("Scan the code or open the address to see whether this print is genuine."),
    "item": _("Item"),
    "kind": _("Payment"),
    "base": _("Base"),
    "rate": _("Rate"),
    "amount": _("Amount, TJS"),
    "payable": _("Paid now"),
    "suspended": _("suspended"),
    "working": _("Working"),
    "law": _("Law"),
    "total": _("Total"),
    "total_item": _("Total of the item"),
    "total_due": _("Total due"),
    "paid": _("Paid"),
    "left": _("Left to pay"),
    "received": _("Received"),
    "given_out": _("Given out"),
    "from": _("From"),
    "to": _("To"),
    "purpose": _("For"),
    "means": _("Means of payment"),
    "date": _("Date"),
    "office": _("Customs office"),
    "daybook": _("Daybook day"),
    "shift": _("Shift"),
    "operation": _("Operation"),
    "cashier": _("Cashier"),
    "signature": _("Signature"),
    "seal": _("Place of the seal"),
    "officer": _("Customs officer"),
    "payer": _("Payer"),
    "reference": _("Payment reference"),
    "declaration_number": _("Declaration number"),
    "law_day": _("Law of the day"),
    "change_set": _("Change set of the law"),
    "receipts": _("Receipts"),
    "how_to_pay": _(
        "Write the payment reference in the text of the bank transfer, or show this page at the cash desk."
    ),
    "demo": _("Some rates in this print are invented for demonstration. It is not a document."),
    "payments_box": _("Calculation of payments"),
    "more_lines": _("further lines on the payments sheet"),
    "accounting": _("Details of the calculation"),
    "transit_offices": _("Intended offices of transit"),
    "departure_office": _("Office of departure"),
    "control": _("Control by the office"),
    "empty": "",
}


def words(language: str) -> dict[str, str]:
    """Every word of the forms in `language`."""
    with translation.override(language):
        return {name: gettext(text) if text else "" for name, text in WORDS.items()}
