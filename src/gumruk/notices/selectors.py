"""Reads of the inbox, by cursor, newest first."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from gumruk.notices.models import Notice as Row
from gumruk.notices.types import Notice, NoticePage

UNREAD_LIMIT = 100


def page(*, parties: Collection[str], after: str = "", size: int = 50, unread_only: bool = False) -> NoticePage:
    """The newest notices to any of `parties`; one query. Raises ValueError when `after` is no cursor."""
    rows = Row.objects.filter(party__in=sorted(parties))
    if unread_only:
        rows = rows.filter(read_at__isnull=True)
    if after:
        rows = rows.filter(id__lt=uuid.UUID(after))
    found = list(rows.order_by("-id")[: size + 1])
    more, found = len(found) > size, found[:size]
    return NoticePage(tuple(_view(row) for row in found), str(found[-1].id) if more else "")


def unread(*, parties: Collection[str]) -> int:
    """How many notices nobody has read, counted to a hundred; one query."""
    return Row.objects.filter(party__in=sorted(parties), read_at__isnull=True)[:UNREAD_LIMIT].count()


def _view(row: Row) -> Notice:
    return Notice(row.id, row.party, row.name, row.root, row.subject, row.happened_at, row.delivered_at, row.read_at)
