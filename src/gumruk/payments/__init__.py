"""Charges, receipts, prepayment accounts and the double-entry ledger under them."""
