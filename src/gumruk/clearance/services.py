"""The public face of clearance: every step that a door may take."""

from gumruk.clearance.acts import (
    answer,
    ask,
    decide_amendment,
    decide_cancellation,
    lift_hold,
    pay_from_account,
    propose_amendment,
    receive_payment,
    record_control,
    reject,
    release,
    request_cancellation,
    reroute,
    reverse_payment,
    set_hold,
)
from gumruk.clearance.lodging import check, lodge, prepare, submit
from gumruk.clearance.replaying import replay

__all__ = [
    "answer",
    "ask",
    "check",
    "decide_amendment",
    "decide_cancellation",
    "lift_hold",
    "lodge",
    "pay_from_account",
    "prepare",
    "propose_amendment",
    "receive_payment",
    "record_control",
    "reject",
    "release",
    "replay",
    "request_cancellation",
    "reroute",
    "reverse_payment",
    "set_hold",
    "submit",
]
