"""Words for states, lanes and events; translated where they are shown."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

STATES = {
    "DRAFT": _("Draft"), "PRELODGED": _("Lodged before arrival"), "REJECTED": _("Rejected"), "REGISTERED": _("Registered"),
    "ASSESSED": _("Assessed"), "PAYMENT_DUE": _("Payment due"), "SECURED": _("Paid"), "UNDER_CONTROL": _("Under control"),
    "DOCS_REQUIRED": _("Documents required"), "QUERIED": _("Question asked"), "DISCREPANCY": _("Discrepancy"),
    "RELEASABLE": _("Ready for release"), "RELEASED": _("Released"), "AWAITING_EXIT": _("Awaiting exit"), "EXITED": _("Exited"),
    "UNDER_AUDIT": _("Under audit"), "CANCEL_REQUESTED": _("Cancellation requested"), "CANCELLED": _("Cancelled"),
}  # fmt: skip
STATE_TONES = {
    "REJECTED": "wrong", "DISCREPANCY": "wrong", "PAYMENT_DUE": "care", "DOCS_REQUIRED": "care", "QUERIED": "care",
    "CANCEL_REQUESTED": "care", "REGISTERED": "calm", "ASSESSED": "calm", "PRELODGED": "calm", "UNDER_CONTROL": "calm",
    "UNDER_AUDIT": "calm", "SECURED": "good", "RELEASABLE": "good", "RELEASED": "good", "AWAITING_EXIT": "good",
    "EXITED": "good",
}  # fmt: skip
LANES = {"green": _("Green"), "yellow": _("Yellow"), "red": _("Red"), "blue": _("Blue")}
OPEN_STATES = frozenset({"REGISTERED", "ASSESSED", "PAYMENT_DUE", "SECURED", "UNDER_CONTROL", "RELEASABLE", "QUERIED",
                         "DOCS_REQUIRED", "DISCREPANCY"})  # fmt: skip
VERSIONS = {
    "prepared": _("prepared"), "standing": _("standing"), "proposed": _("proposed"), "refused": _("refused"),
    "superseded": _("superseded"),
}  # fmt: skip
CONFIDENCES = {
    "confirmed": _("confirmed source"), "secondary": _("secondary source"), "conflict": _("sources disagree"),
    "uncertain": _("uncertain source"), "unknown": _("source unknown"), "demo": _("invented for demonstration"),
}  # fmt: skip
SEVERITIES = {"error": _("Fault"), "warning": _("Warning"), "notice": _("Notice")}
ROLES = {
    "broker": _("Broker"), "officer": _("Customs officer"), "supervisor": _("Supervisor"), "cashier": _("Cashier"),
    "law_editor": _("Law editor"), "law_approver": _("Law approver"), "administrator": _("Administrator"),
}  # fmt: skip
LANE_REASONS = {
    "not_drawn": _("Not drawn by the random share"), "drawn_at_random": _("Drawn by the random share"),
    "no_share_set": _("No random share is set for this office"), "rerouted": _("Changed by an officer"),
}  # fmt: skip
KINDS = {"duty": _("Import duty")}
EVENTS = {
    "draft_made": _("Draft made"), "registered": _("Registered"), "assessed": _("Payments assessed"),
    "lane_chosen": _("Lane chosen"), "demand_payment": _("Payment demanded"), "secure": _("Payment settled"),
    "take_under_control": _("Taken under control"), "make_releasable": _("Ready for release"),
    "payment_received": _("Payment received"), "released": _("Goods released"), "asked": _("Question asked"),
    "answered": _("Question answered"), "rerouted": _("Lane changed"), "controlled": _("Control recorded"),
    "rejected": _("Rejected"), "held": _("Hold set"), "hold_lifted": _("Hold lifted"),
    "amendment_proposed": _("Amendment proposed"), "amendment_accepted": _("Amendment accepted"),
    "amendment_refused": _("Amendment refused"), "cancellation_requested": _("Cancellation requested"),
    "cancellation_refused": _("Cancellation refused"), "cancelled": _("Cancelled"),
}  # fmt: skip
REFUSALS = {
    "label_missing": _("Write what the token is for, so that you know it again."),
    "label_too_long": _("The name of the token is too long. Write at most 80 letters."),
    "until_past": _("The last day has passed already. Choose a later day, or leave it empty."),
    "token_unknown": _("You have no such token. Nothing was changed."),
    "token_ended": _("This token was ended already."),
    "sign_in_failed": _("The sign-in name or the password is wrong. Try again."),
    "not_now": _("This is not possible in the present state of the declaration."),
    "not_yours": _("This declaration belongs to another firm."),
    "no_right": _("You do not have the right for this at this office."),
    "reason_missing": _("Give the reason."),
    "hold_stands": _("A hold stands. It must be lifted first."),
    "amendment_waits": _("An amendment waits for a decision. Decide it first."),
    "same_lane": _("The declaration is in this lane already."),
    "office_missing": _("Choose the customs office in box A first."),
    "changed_meanwhile": _("Somebody saved this draft after you opened it. Open it again to see the newer text."),
    "not_a_broker": _("You may not file for the declarant of box 14. Write the number of a firm that you file for."),
    "insufficient_balance": _("The prepayment account does not hold enough. Deposit money or pay at the bank."),
    "nothing_changed": _("Nothing was changed. Change a box first."),
    "key_field_changed": _("The office, the declarant and the declaration type cannot be amended."),
    "not_clean": _("The amended declaration has faults. Mend them and propose again."),
    "faults_today": _(
        "By the law of today the declaration has faults. See the findings; take it back into a draft to mend them."
    ),
    "nothing_owed": _("Nothing is owed."),
    "statement_stale": _("The draft changed after it was checked. Check it once more."),
}
OTHER_REFUSAL = _("This was refused and nothing was changed.")
