"""Reads of acts that wait for a second person."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet

from gumruk.clearance.models import ProposedAct
from gumruk.clearance.types import ProposedView
from gumruk.trust.types import Person, Role

MOST = 100  # a count of it means that many or more


def _view(row: ProposedAct) -> ProposedView:
    return ProposedView(
        row.id, row.root, row.office, row.registration, row.act, row.said, row.reason, row.by, row.by_name, row.at
    )


def _waiting_for(person: Person) -> QuerySet[ProposedAct]:
    """What another official proposed at the person's offices."""
    rows = ProposedAct.objects.filter(outcome=ProposedAct.Outcome.WAITING).exclude(by=person.id)
    offices = person.offices(Role.OFFICER) | person.offices(Role.SUPERVISOR)
    return rows if "" in offices else rows.filter(office__in=sorted(offices))


def waiting_for(*, person: Person) -> tuple[ProposedView, ...]:
    """What the person may confirm or refuse, the oldest first; one query."""
    return tuple(_view(row) for row in _waiting_for(person).order_by("id")[:MOST])


def count_waiting_for(*, person: Person) -> int:
    """How many wait for the person, counted up to MOST; one query along the index of what waits."""
    return _waiting_for(person)[:MOST].count()


def waiting_on(*, declaration: uuid.UUID) -> tuple[ProposedView, ...]:
    """What waits for a second person on a declaration; one query."""
    rows = ProposedAct.objects.filter(root=declaration, outcome=ProposedAct.Outcome.WAITING).order_by("id")
    return tuple(_view(row) for row in rows)
