"""Words of the cash desk; translated where they are shown."""

from __future__ import annotations

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

from gumruk.exchange.refusals import refusal_sentence

OPERATIONS = {
    "declaration": _("Declaration"), "other": _("Other payment"), "deposit": _("Deposit"), "payout": _("Refund paid out"),
    "reversal": _("Reversal"),
}  # fmt: skip
MOVEMENTS = {
    "deposit": _("Deposit"), "payment": _("Payment of a declaration"), "credit": _("Credit of a declaration"),
    "refund": _("Refund approved"), "reversal": _("Reversal"),
}  # fmt: skip
REFUND_STATES = {"asked": _("asked"), "approved": _("approved"), "refused": _("refused"), "paid": _("paid out")}
OUTCOMES = {
    "paid": _("Paid a declaration"), "prepayment": _("Put on an account"), "suspense": _("Waits to be assigned"),
    "repeated": _("Known already"), "refused": _("Refused"),
}  # fmt: skip
DETAILS = {
    "currency_not_tjs": _("The currency must be TJS."), "malformed": _("This field cannot be read."),
    "not_text": _("This field must be text."), "nothing_named": _("The text names no declaration and no account."),
    "reference_differs": _("This reference is known already, but these fields differ. Ask the bank."),
}  # fmt: skip
DESK_REFUSALS = {
    "no_open_shift": _("You have no open shift at this office. Open a shift first."),
    "shift_is_open": _("Your shift is open already. Close it before you open another."),
    "shift_closed": _("This shift is closed. A correction is a new entry."),
    "not_positive": _("Write the amount as a number above zero with at most two decimals, such as 1250.50."),
    "difference_unexplained": _("The counted cash differs from what was expected. Count again, or give the reason."),
    "charge_unknown": _("There is no charge with this reference. Check the number of the declaration."),
    "charge_cancelled": _("This charge was cancelled. Nothing can be paid on it."),
    "more_than_owed": _("This is more than is owed. Take what is left, or a deposit for the account."),
    "already_counted": _("This was recorded already. Nothing was counted twice."),
    "means_unknown": _("This means of payment is not in use today. Choose another."),
    "not_at_the_desk": _("This means of payment is not taken at the cash desk. Choose another."),
    "purpose_missing": _("Write what is paid for, and the account of the budget."),
    "party_missing": _("Write the taxpayer number of the firm."),
    "drawer_short": _("The drawer does not hold enough cash for this."),
    "balance_too_large": _("The account cannot hold so much. Check the amount."),
    "not_approved": _("This refund is not approved, or it was paid out."),
    "already_decided": _("This refund was decided already."),
    "second_person_needed": _("A second person must do this: you made the entry yourself."),
    "not_reversible": _("A reversal cannot be reversed. Record a new payment."),
    "already_credited": _("Part of this money was credited to the account after an amendment. Refund it from there."),
    "credit_applied": _("This money was assigned already."),
    "party_malformed": _("A taxpayer number has digits only, seventeen at most. Check it."),
    "other_office": _("This refund is paid out at the office that decided it."),
    "office_unknown": _("There is no customs office with this code. Choose one from the list."),
    "office_missing": _("Choose the customs office."),
    "period_wrong": _("The last day comes before the first. Change one of them."),
    "period_too_long": _("This period is too long. Choose a year at most."),
    "too_many_rows": _("This period has too many movements for one statement. Choose a shorter one."),
    "play_money": _("This declaration belongs to the sandbox. No real money is taken for it."),
    "demo_only": _("The demonstration bank serves demonstration people only."),
    "not_a_statement": _("This file is no bank statement. Send JSON or CSV with the columns of the example."),
    "not_utf8": _("The file is not written in UTF-8. Save it again as UTF-8."),
    "too_large": _("The file is too large. Split it."),
}  # fmt: skip


def worded(refused: Exception) -> str:
    """A refusal as a sentence in the page's language."""
    code, values = getattr(refused, "code", ""), getattr(refused, "values", {})
    here = DESK_REFUSALS.get(code)
    return gettext(here) if here else refusal_sentence(code, get_language() or "en", values)
