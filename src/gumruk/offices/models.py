"""Working data of offices, shifts, and who is on them. Private: others use selectors and services."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from gumruk.offices.types import CONTACT_LENGTH, NAME_LENGTH, NOTE_LENGTH
from gumruk.toolkit.rows import Row


class _Days(Func):
    """The days of a row as a range."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Workplace(Row):
    """How one office works: where on the clock, when open, how reached."""

    office = models.CharField(max_length=12, unique=True)
    zone = models.CharField(max_length=40, default="Asia/Dushanbe")
    hours = models.JSONField(default=dict)
    phone = models.CharField(max_length=CONTACT_LENGTH, blank=True)
    contact = models.CharField(max_length=CONTACT_LENGTH, blank=True)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True)


class Shift(Row):
    """One shift of an office, from a day up to, not including, another. Never deleted: ended."""

    office = models.CharField(max_length=12)
    name = models.CharField(max_length=NAME_LENGTH)
    starts = models.TimeField()
    ends = models.TimeField()
    days = models.JSONField(default=list)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["office", "since"], name="shift_of_office")]
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="shift_ends_later"),
            ExclusionConstraint(
                name="shift_named_once",
                expressions=[
                    ("office", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    (_Days("since", "until", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
        ]


class Member(Row):
    """One person on a shift for a time. Never deleted: ended."""

    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, related_name="members")
    person = models.UUIDField()
    person_name = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="member_leaves_later"
            ),
            ExclusionConstraint(
                name="on_a_shift_once",
                expressions=[
                    ("shift", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (_Days("since", "until", Value("[)")), RangeOperators.OVERLAPS),
                ],
            ),
        ]
