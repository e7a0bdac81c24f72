"""The public face of clearance: every step that a door may take."""

from gumruk.clearance.acts import (
    answer,
    ask,
    close_audit,
    decide_amendment,
    decide_cancellation,
    lift_hold,
    open_audit,
    pay_from_account,
    propose_amendment,
    receive_payment,
    record_control,
    record_exit,
    reject,
    release,
    request_cancellation,
    reroute,
    reverse_payment,
    set_hold,
)
from gumruk.clearance.assigning import assign, end_shift, put_back, take, works_at
from gumruk.clearance.batches import each
from gumruk.clearance.impact import impact
from gumruk.clearance.lodging import check, lodge, prelodge, prepare, present, submit, withdraw
from gumruk.clearance.replaying import replay, what_if
from gumruk.declarations.moves import as_seen

__all__ = [
    "answer",
    "as_seen",
    "ask",
    "assign",
    "check",
    "close_audit",
    "decide_amendment",
    "decide_cancellation",
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
    "receive_payment",
    "record_control",
    "record_exit",
    "reject",
    "release",
    "replay",
    "request_cancellation",
    "reroute",
    "reverse_payment",
    "set_hold",
    "submit",
    "take",
    "what_if",
    "withdraw",
    "works_at",
]
