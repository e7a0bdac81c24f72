"""Registers: declarations, receipts, releases and inspections of a time, on the page, as a sheet and on paper."""
