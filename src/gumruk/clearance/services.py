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
    set_hold,
)
from gumruk.clearance.impact import impact
from gumruk.clearance.lodging import check, lodge, prelodge, prepare, present, submit, withdraw
from gumruk.clearance.replaying import replay, what_if

__all__ = [
    "answer",
    "ask",
    "check",
    "close_audit",
    "decide_amendment",
    "decide_cancellation",
    "impact",
    "lift_hold",
    "lodge",
    "open_audit",
    "pay_from_account",
    "prelodge",
    "prepare",
    "present",
    "propose_amendment",
    "receive_payment",
    "record_control",
    "record_exit",
    "reject",
    "release",
    "replay",
    "request_cancellation",
    "reroute",
    "set_hold",
    "submit",
    "what_if",
    "withdraw",
]
