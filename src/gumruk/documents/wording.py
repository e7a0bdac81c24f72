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
    "version": _("Version No."),
    "page": _("Page"),
    "copy": _("COPY"),
    "copy_number": _("Copy No."),
    "hash": _("Hash"),
    "verify": _("Verify"),
    "verify_hint": _("Scan the code or open the address to see whether this print is genuine."),
    "item": _("Item"),
    "kind": _("Payment"),
    "base": _("Base"),
    "rate": _("Rate"),
    "amount": _("Amount, TJS"),
    "suspended": _("suspended"),
    "working": _("Working"),
    "law": _("Law"),
    "total": _("Total"),
    "total_item": _("Total of the item"),
    "total_due": _("Total due"),
    "paid": _("Paid"),
    "left": _("Left to pay"),
    "cashier": _("Cashier"),
    "signature": _("Signature"),
    "seal": _("Place of the seal"),
    "officer": _("Customs officer"),
    "payer": _("Payer"),
    "how_to_pay": _(
        "Write the payment reference in the text of the bank transfer, or show this page at the cash desk."
    ),
    "demo": _("Some rates in this print are invented for demonstration. It is not a document."),
    "payments_box": _("Calculation of payments"),
    "more_lines": _("further lines on the payments sheet"),
    "goods": _("Goods"),
    "result": _("Result"),
    "found": _("Found"),
    "found_outcome": _("What was found"),
    "declarant": _("Declarant"),
    "accounting": _("Details of the calculation"),
    "page_total": _("Total of the page"),
    "so_far": _("Total from the beginning"),
    "register_total": _("Total of the register"),
}


def words(language: str) -> dict[str, str]:
    """Every word of the forms in `language`."""
    with translation.override(language):
        return {name: gettext(text) for name, text in WORDS.items()}
