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
LANE_REASONS = {
    "not_drawn": _("Random selection: not drawn"), "drawn_at_random": _("Random selection: drawn"),
    "no_share_set": _("Random selection: no share is set for this office"), "rerouted": _("Changed by an officer"),
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
    "cancellation_refused": _("Cancellation refused"), "cancelled": _("Cancelled"), "taken": _("Taken in hand"),
    "assigned": _("Assigned"), "handed_on": _("Handed on"), "put_back": _("Put back to the queue"),
}  # fmt: skip
