"""How many items a declaration may have: what the form says, in one place for every parser and for the grid."""

from __future__ import annotations

from gumruk.lawbook import selectors as lawbook

# More was never measured, in the grid or in a parser: technical, and no statement about the law.
PROVED = 2_000


def most_items() -> int:
    """What the form allows (`most` of box 5 in the register of fields), else what was proved to work."""
    field = lawbook.form().header.get("items_total")
    return min(field.most or PROVED, PROVED) if field else PROVED
