"""The public face of clearance: every step that a door may take."""

from gumruk.clearance.acts import (
    answer,
    ask,
    ask_for_amendment,
    close_audit,
    lift_hold,
    open_audit,
    pay_from_account,
    receive_payment,
    record_exit,
    reject,
    release,
    reroute,
    reverse_payment,
    set_hold,
)
from gumruk.clearance.assigning import assign, end_shift, put_back, take, works_at
from gumruk.clearance.batches import each
from gumruk.clearance.changing import (
    decide_amendment,
    decide_cancellation,
    discard,
    propose_amendment,
    request_cancellation,
)
from gumruk.clearance.confirming import confirm, refuse
from gumruk.clearance.impact import impact
from gumruk.clearance.inspecting import (
    assign_control,
    begin_inspection,
    correct_inspection,
    record_control,
    record_inspection,
    save_inspection,
)
from gumruk.clearance.lodging import check, check_rows, lodge, prelodge, prepare, present, submit, withdraw
from gumruk.clearance.reassessing import reassess, reassessment
from gumruk.clearance.replaying import replay, what_if
from gumruk.declarations.moves import as_seen

__all__ = [
    "answer",
    "as_seen",
    "ask",
    "ask_for_amendment",
    "assign",
    "assign_control",
    "begin_inspection",
    "check",
    "check_rows",
    "close_audit",
    "confirm",
    "correct_inspection",
    "decide_amendment",
    "decide_cancellation",
    "discard",
    "each",
    "end_shift",
    "impact",
    "lift_hold",
    "lodge",
    "open_audit",
    "pay_from_account",
    "prelodge",
    "prepare",
    "present",
    "propose_amendment",
    "put_back",
    "reassess",
    "reassessment",
    "receive_payment",
    "record_control",
    "record_exit",
    "record_inspection",
    "refuse",
    "reject",
    "release",
    "replay",
    "request_cancellation",
    "reroute",
    "reverse_payment",
    "save_inspection",
    "set_hold",
    "submit",
    "take",
    "what_if",
    "withdraw",
    "works_at",
]
