"""Addresses of the cash desk, the bank, refunds and accounts."""

from __future__ import annotations

from django.urls import URLPattern, path
from django.utils.translation import gettext_noop as _

from gumruk.trust.types import Role
from gumruk.web.cashier import accounts, bank, closing, desk, receipts, statement_pages
from gumruk.web.navigation import Entry

urlpatterns: list[URLPattern] = [
    path("cash-desk", desk.desk, name="cash-desk"),
    path("cash-desk/open", desk.open_shift, name="open-shift"),
    path("cash-desk/act", desk.act, name="desk-act"),
    path("cash-desk/shifts/<uuid:shift>", closing.shift, name="shift"),
    path("cash-desk/shifts/<uuid:shift>/close", closing.close, name="close-shift"),
    path("daybook", closing.daybook, name="daybook"),
    path("bank", bank.bank, name="bank"),
    path("bank/<uuid:credit>/assign", bank.assign, name="assign-credit"),
    path("receipts/<uuid:receipt>", receipts.receipt, name="receipt"),
    path("refunds", receipts.refunds, name="refunds"),
    path("refunds/<uuid:refund>", receipts.decide, name="decide-refund"),
    path("accounts", accounts.accounts, name="accounts"),
    path("accounts/statement", statement_pages.statement, name="statement"),
    path("accounts/statement.xlsx", statement_pages.sheet, name="statement-sheet"),
    path("accounts/statement.pdf", statement_pages.printed, name="statement-print"),
    path("accounts/refund", accounts.ask_refund, name="ask-refund"),
    path("accounts/demo-bank/<uuid:declaration>", accounts.demo_bank, name="demo-bank"),
]
_DESK = frozenset({Role.CASHIER, Role.SUPERVISOR})
navigation = (
    Entry(_("Cash desk"), "cash-desk", frozenset({Role.CASHIER}), 5),
    Entry(_("Daybook"), "daybook", _DESK, 60),
    Entry(_("Bank"), "bank", _DESK, 61),
    Entry(_("Refunds"), "refunds", frozenset({Role.SUPERVISOR}), 62),
    Entry(_("Accounts"), "accounts", frozenset({Role.BROKER}), 30),
)
