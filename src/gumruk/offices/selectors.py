"""Reads of offices at work."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q

from gumruk.offices.models import Member as MemberRow
from gumruk.offices.models import Shift as ShiftRow
from gumruk.offices.models import Workplace as WorkplaceRow
from gumruk.offices.types import Member, Shift, Workplace


def workplaces() -> dict[str, Workplace]:
    """The working data of every office that has some; one query."""
    return {row.office: _workplace(row) for row in WorkplaceRow.objects.all()}


def workplace(*, office: str) -> Workplace:
    """The working data of one office; empty when nobody wrote any; one query."""
    row = WorkplaceRow.objects.filter(office=office).first()
    return _workplace(row or WorkplaceRow(office=office))


def shifts(*, office: str, day: date) -> tuple[Shift, ...]:
    """The shifts of an office that hold on `day` or later, with who is on them then or later; two queries."""
    later = Q(until__isnull=True) | Q(until__gt=day)
    people = Prefetch("members", queryset=MemberRow.objects.filter(later).order_by("since", "person_name"))
    rows = ShiftRow.objects.filter(later, office=office).prefetch_related(people).order_by("starts", "name")
    return tuple(_shift(row) for row in rows)


def _workplace(row: WorkplaceRow) -> Workplace:
    return Workplace(row.office, row.zone, dict(row.hours), row.phone, row.contact, row.note)


def _shift(row: ShiftRow) -> Shift:
    people = tuple(Member(one.id, one.person, one.person_name, one.since, one.until) for one in row.members.all())
    return Shift(row.id, row.office, row.name, row.starts, row.ends, tuple(row.days), row.since, row.until, people)
