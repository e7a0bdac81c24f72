"""Shares of random selection and the record of each screening."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q

from gumruk.toolkit.rows import PartRow, Row


class LaneShare(Row):
    """How many of 10,000 declarations of an office go to yellow and red at random, while it holds."""

    office = models.CharField(max_length=12, blank=True)
    yellow = models.PositiveIntegerField()
    red = models.PositiveIntegerField()
    valid = DateRangeField()
    reason = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(yellow__lte=10000) & Q(red__lte=10000), name="share_within_all"),
            ExclusionConstraint(
                name="one_share_at_a_time",
                expressions=[("office", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
            ),
        ]


class Screening(PartRow):
    """One selection of a lane: by draw, or by an officer's re-route with a reason. Never changed."""

    lane = models.CharField(max_length=6)
    reasons = models.JSONField()
    draw = models.PositiveIntegerField(null=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["root", "-id"], name="screening_root")]
