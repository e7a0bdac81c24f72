"""Stored assessments, never recomputed silently, never changed; and what is used of quotas."""

from __future__ import annotations

from django.db import models

from gumruk.toolkit.rows import PartRow, Row


class Assessment(PartRow):
    """What was due on one version under the law of one day, as canonical bytes, with the keys that replay needs."""

    number = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    day = models.DateField()
    change_set = models.IntegerField()
    ruleset = models.CharField(max_length=64)
    engine = models.CharField(max_length=10)
    result = models.TextField()
    total = models.DecimalField(max_digits=18, decimal_places=2)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number", "month"], name="assessment_number_once")]
        indexes = [models.Index(fields=["root", "-id"], name="assessment_root")]


class Quota(Row):
    """How much of one quota period was allotted and is used: the row that whoever reserves locks."""

    quota = models.CharField(max_length=40)
    since = models.DateField()
    unit = models.CharField(max_length=3)
    allotted = models.DecimalField(max_digits=20, decimal_places=6)
    used = models.DecimalField(max_digits=20, decimal_places=6, default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["quota", "since"], name="quota_period_once"),
            models.CheckConstraint(condition=models.Q(used__gte=0), name="quota_not_below_zero"),
            models.CheckConstraint(condition=models.Q(used__lte=models.F("allotted")), name="quota_not_overdrawn"),
        ]


class QuotaEntry(PartRow):
    """One reservation (positive) or release (negative) of a declaration. Never changed, never deleted."""

    quota = models.CharField(max_length=40)
    since = models.DateField()
    amount = models.DecimalField(max_digits=20, decimal_places=6)
    left = models.DecimalField(max_digits=20, decimal_places=6)
    reason = models.CharField(max_length=40)
    assessment = models.UUIDField(null=True)
    by = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(amount=0), name="quota_entry_moves")]
        indexes = [
            models.Index(fields=["root"], name="quota_entry_root"),
            models.Index(fields=["quota", "since", "-id"], name="quota_entry_quota"),
        ]
