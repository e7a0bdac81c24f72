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
SEVERITY_GROUPS = {"error": _("Errors"), "warning": _("Warnings"), "notice": _("Notices")}
ROLES = {
    "broker": _("Broker"), "officer": _("Customs officer"), "supervisor": _("Supervisor"), "cashier": _("Cashier"),
    "law_editor": _("Law editor"), "law_approver": _("Law approver"), "administrator": _("Administrator"),
}  # fmt: skip
STAGES = {
    "intake": _("To take in"), "control": _("To control"), "discrepancy": _("Discrepancies"),
    "amendment": _("Amendments to decide"), "release": _("To release"), "cancellation": _("Cancellations to decide"),
}  # fmt: skip
# What a declarant may expect next, by the state in which nothing is asked of them.
NEXT = {
    "REGISTERED": _("Customs works out the payments and chooses the lane."),
    "ASSESSED": _("Customs asks for the payments next."),
    "SECURED": _("Everything is paid. Customs looks at it, or releases the goods at once."),
    "UNDER_CONTROL": _("An officer looks at documents or goods. If something is needed you get a question."),
    "DISCREPANCY": _("Something did not agree. An officer decides what follows; you may propose an amendment."),
    "RELEASABLE": _("Nothing stands in the way. An officer releases the goods next."),
    "AWAITING_EXIT": _("The goods leave the country next; the border office records it."),
    "UNDER_AUDIT": _("Customs looks at the papers after release. Keep the documents at hand."),
}  # fmt: skip
# What an event means to who declared, said plainly; what needs no more words is left out.
MEANS = {
    "registered": _("Customs took the declaration in. It can no longer be edited; changes go through an amendment."),
    "assessed": _("Customs worked out what is to be paid, each payment with its working."),
    "demand_payment": _("Pay the charge: from the account, at the bank or at the cash desk. Then customs goes on by itself."),
    "secure": _("Everything is paid. Customs goes on by itself."),
    "lane_chosen": _("It was decided how closely customs looks: green at nothing, yellow at documents, red at the goods."),
    "take_under_control": _("An officer looks at documents or goods. You are told when something is needed."),
    "make_releasable": _("Nothing stands in the way. An officer releases the goods next."),
    "released": _("The goods may be taken."),
    "asked": _("Customs waits for your answer. Nothing goes on before it."),
    "answered": _("Your answer is with the officer."),
    "rejected": _("The declaration is a draft again. Mend what the officer wrote and lodge it once more."),
    "held": _("Another agency or customs stopped the release until it is lifted."),
    "amendment_proposed": _("An officer decides on your change. Until then what was registered stands."),
    "cancellation_requested": _("An officer decides on your request."),
    "cancelled": _("It has no effect any more. What was paid lies on the prepayment account."),
    "prelodged": _("It waits for the goods. Present them when they arrive."),
}  # fmt: skip
LANE_REASONS = {
    "not_drawn": _("Random selection: not drawn"), "drawn_at_random": _("Random selection: drawn"),
    "no_share_set": _("Random selection: no share is set for this office"), "rerouted": _("Changed by an officer"),
}  # fmt: skip
INSPECTION_KINDS = {"documents": _("Documents"), "goods": _("Goods"), "scan": _("Scan image")}
REPORT_STATES = {
    "assigned": _("assigned"), "draft": _("being written"), "closed": _("closed"), "superseded": _("replaced"),
}  # fmt: skip
REPORT_FAULTS = {
    "place_missing": _("Write the place of the inspection."), "times_missing": _("Give the start and the end."),
    "times_reversed": _("The end is before the start. Correct one of them."),
    "officers_missing": _("Name the officers who were present."),
    "presence_missing": _("Say whether the declarant was present."),
    "nothing_found_written": _("Write for at least one item what was found."),
    "item_unknown": _("The declaration has no such item."), "result_unknown": _("Choose what was found from the list."),
    "found_missing": _("Write what was found in place of what is declared."),
    "note_missing": _("Write a remark that explains it."),
}  # fmt: skip
SECOND_PERSON_ACTS = {
    "cancel_paid": _("Cancel a paid declaration"), "reroute_green": _("Change to the green lane"),
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
    "control_assigned": _("Control assigned"), "reassessed": _("Assessed again by an officer"),
    "act_proposed": _("A second person is asked"), "act_refused": _("The second person refused"),
    "cancellation_refused": _("Cancellation refused"), "cancelled": _("Cancelled"), "taken": _("Taken in hand"),
    "assigned": _("Assigned"), "handed_on": _("Handed on"), "put_back": _("Put back to the queue"),
    "prelodged": _("Lodged before arrival"), "withdrawn": _("Taken back into a draft"), "discarded": _("Thrown away"),
    "prior_lodging_expired": _("Draft again: the goods did not arrive in time"), "exit_awaited": _("Exit awaited"),
    "payment_reversed": _("Payment taken back"), "exited": _("Goods left the country"),
    "audit_opened": _("Audit opened"), "audit_closed": _("Audit closed"), "await_exit": _("Exit awaited"),
    "expire": _("Draft again: the goods did not arrive in time"), "withdraw": _("Taken back into a draft"),
}  # fmt: skip
