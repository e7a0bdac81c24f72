"""Serial numbers without gaps: given inside the caller's transaction, given back when it fails."""

from __future__ import annotations

from django.db import connection

_NEXT = """
INSERT INTO toolkit_serial (kind, office, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (kind, office, year) DO UPDATE SET last = toolkit_serial.last + 1
RETURNING last
"""


def next_serial(*, kind: str, office: str, year: int) -> int:
    """The next number of `kind` for an office and year. The row stays locked until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [kind, office, year])
        row = cursor.fetchone()
    return int(row[0])
