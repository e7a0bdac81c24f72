"""The public face of payments: every change to money that clearance, exchange and doors may make."""

from gumruk.payments.accounts import ask_refund, decide_refund, deposit, deposit_play_money
from gumruk.payments.bank import apply_credit, lock_credit, take_credit
from gumruk.payments.charges import cancel_charges, pay_from_account, raise_charges, receive, reverse
from gumruk.payments.desk import close_shift, open_shift, pay_out, receive_deposit, receive_other

__all__ = [
    "apply_credit",
    "ask_refund",
    "cancel_charges",
    "close_shift",
    "decide_refund",
    "deposit",
    "deposit_play_money",
    "lock_credit",
    "open_shift",
    "pay_from_account",
    "pay_out",
    "raise_charges",
    "receive",
    "receive_deposit",
    "receive_other",
    "reverse",
    "take_credit",
]
