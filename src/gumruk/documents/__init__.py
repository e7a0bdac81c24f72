"""Printed forms: typeset, numbered as copies, and verifiable by a code. Knows no declarations: it prints what it is given."""
