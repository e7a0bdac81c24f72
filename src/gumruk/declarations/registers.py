"""Registers of declarations: what was registered or released in a time, in order, a page at a time, and its sums.

A page walks one index; the sums of the whole are one query. Sandbox left out. Used by: the pages and prints of registers.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from django.db.models import Count, Q, QuerySet, Sum

from gumruk.declarations.models import Declaration

Moment = Literal["registered_at", "released_at"]
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Entry:
    """One declaration as a line of a register."""

    id: uuid.UUID
    office: str
    registration: str
    direction: str
    regime: str
    lane: str
    state: str
    declarant_name: str
    consignee_name: str
    goods: str
    items: int
    value: Decimal | None
    due: Decimal | None
    registered_at: datetime
    released_at: datetime | None


_LISTED = tuple(Entry.__dataclass_fields__)


def _inside(by: Moment, since: datetime, until: datetime, offices: Collection[str] | None) -> QuerySet[Declaration]:
    rows = Declaration.objects.filter(**{f"{by}__gte": since, f"{by}__lt": until}, sandbox=False)
    if offices is None:
        return rows
    return rows.filter(office=next(iter(offices))) if len(offices) == 1 else rows.filter(office__in=sorted(offices))


def entries(
    *,
    by: Moment,
    since: datetime,
    until: datetime,
    offices: Collection[str] | None,
    after: tuple[datetime, uuid.UUID] | None,
    size: int,
) -> list[Entry]:
    """Up to `size` lines in order of the moment, those behind `after`; one query. `offices` None is every one."""
    rows = _inside(by, since, until, offices)
    if after is not None:
        moment, last = after
        # The first part lets the index be entered at the right place.
        rows = rows.filter(Q(**{f"{by}__gte": moment})).filter(
            Q(**{f"{by}__gt": moment}) | Q(**{by: moment}, id__gt=last)
        )
    return [Entry(**row) for row in rows.order_by(by, "id").values(*_LISTED)[:size]]


def sums(
    *, by: Moment, since: datetime, until: datetime, offices: Collection[str] | None
) -> tuple[int, dict[str, Decimal]]:
    """How many lines there are, and the sums of value and of what was assessed; one query."""
    found: dict[str, Any] = _inside(by, since, until, offices).aggregate(
        number=Count("id"), value=Sum("value"), due=Sum("due")
    )
    return found["number"], {"value": found["value"] or ZERO, "due": found["due"] or ZERO}


def numbers_of(declarations: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """The registration numbers of declarations; one query."""
    return dict(Declaration.objects.filter(id__in=list(declarations)).values_list("id", "registration"))
